#include <gtest/gtest.h>

#include "dsgd/engine/cuda.hpp"
#include "dsgd/error.hpp"

namespace dsgd {
namespace {

TEST(CudaInventory, HasDevicesOrSaysWhyNot) {
  CudaInventory const inventory = cuda_inventory();
  EXPECT_EQ(inventory.devices.empty(), !inventory.problem.empty()) << inventory.problem;
  EXPECT_EQ(inventory.problem.find('\n'), std::string::npos);
  for (CudaDevice const& device : inventory.devices) {
    EXPECT_FALSE(device.name.empty());
    EXPECT_GT(device.major, 0);
    EXPECT_GT(device.memory_bytes, 0u);
  }
}

TEST(CudaMaterialized, IsUnavailableOnADeviceThatIsNotThere) {
  int const missing = static_cast<int>(cuda_inventory().devices.size());
  for (int ordinal : {missing, -1}) {
    try {
      make_cuda_materialized_engine(ordinal);
      FAIL() << "device " << ordinal;
    } catch (Error const& error) {
      EXPECT_EQ(error.code(), ExitCode::engine_unavailable) << error.what();
    }
  }
}

}  // namespace
}  // namespace dsgd
