#include <gtest/gtest.h>

#include "dsgd/engine/cuda.hpp"
#include "tests/gpu/device_test.hpp"

namespace dsgd::test {
namespace {

class Calibration : public DeviceTest {};

/// Every device of compute capability 7.5 to 9 does 16 to 128 of an operation per cycle and multiprocessor.
TEST_F(Calibration, IsWhatADeviceCanDo) {
  CudaCalibration const device = calibrate_cuda(0);
  EXPECT_EQ(device.ordinal, 0);
  EXPECT_GT(device.multiprocessors, 0u);
  EXPECT_GT(device.clock_hertz, 2e8);
  EXPECT_LT(device.clock_hertz, 4e9);
  for (double const rate :
       {device.wide_multiplies_per_second, device.logic_per_second, device.minima_per_second}) {
    double const per_cycle = rate / device.clock_hertz / device.multiprocessors;
    EXPECT_GT(per_cycle, 14);
    EXPECT_LT(per_cycle, 130);
  }
  EXPECT_GT(device.copy_bytes_per_second, 1e10);
  EXPECT_LT(device.copy_bytes_per_second, 2e13);
}

TEST_F(Calibration, AgreesWithItself) {
  CudaCalibration const first = calibrate_cuda(0), second = calibrate_cuda(0);
  EXPECT_NEAR(first.wide_multiplies_per_second / second.wide_multiplies_per_second, 1, 0.2);
  EXPECT_NEAR(first.copy_bytes_per_second / second.copy_bytes_per_second, 1, 0.2);
}

}  // namespace
}  // namespace dsgd::test
