#include "bench/ceiling.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace dsgd {
namespace {

/// A fair guess at an H200.
CudaCalibration const hopper{0, 132, 1.98e9, 8.4e12, 1.67e13, 1.67e13, 4.3e12};

TEST(GpuCeiling, OfTheFusedKernelIsTheMultiplies) {
  EXPECT_DOUBLE_EQ(gpu_ceiling(Ceiling::device_multiplies, {&hopper, 1}).value(), 8.4e12 / 3.5);
}

TEST(GpuCeiling, OfTheMaterializedPipelineIsTheMemoryOrTheInstructions) {
  double const memory = 4.3e12 / 8, instructions = 1.98e9 * 132 * 128 / 70.5;
  EXPECT_LT(instructions, memory);
  EXPECT_DOUBLE_EQ(gpu_ceiling(Ceiling::device_memory_or_draws, {&hopper, 1}).value(), instructions);
  CudaCalibration slow_memory = hopper;
  slow_memory.copy_bytes_per_second = 1e12;
  EXPECT_DOUBLE_EQ(gpu_ceiling(Ceiling::device_memory_or_draws, {&slow_memory, 1}).value(), 1e12 / 8);
}

TEST(CopyCeiling, CountsADelayWrittenAndRead) { EXPECT_DOUBLE_EQ(copy_ceiling(8e9), 1e9); }

TEST(GpuCeiling, OfSeveralDevicesIsTheirSum) {
  std::vector<CudaCalibration> const devices{hopper, hopper};
  EXPECT_DOUBLE_EQ(gpu_ceiling(Ceiling::device_multiplies, devices).value(), 2 * 8.4e12 / 3.5);
}

TEST(GpuCeiling, IsUnknownForOtherEnginesAndNoDevices) {
  EXPECT_FALSE(gpu_ceiling(Ceiling::vector_ports, {&hopper, 1}));
  EXPECT_FALSE(gpu_ceiling(Ceiling::device_multiplies, {}));
}

}  // namespace
}  // namespace dsgd
