#include "kernels/cuda/cuda_devices.hpp"

#include <cuda_runtime_api.h>

#include "dsgd/error.hpp"
#include "kernels/cuda/cuda_error.hpp"

namespace dsgd::kernels {

CudaInventory require_cuda(std::string const& engine) {
  CudaInventory inventory = cuda_inventory();
  if (!inventory.problem.empty())
    throw Error(ExitCode::engine_unavailable, "--engine " + engine + " is not available", inventory.problem,
                "use --engine cpu");
  return inventory;
}

CudaDevice find_device(CudaInventory const& inventory, int ordinal) {
  for (CudaDevice const& device : inventory.devices)
    if (device.ordinal == ordinal) return device;
  throw Error(ExitCode::engine_unavailable, "--devices: there is no device " + std::to_string(ordinal),
              "this machine has " + std::to_string(inventory.devices.size()) + ", counted from 0",
              "see 'dsgd devices'");
}

std::string describe(CudaDevice const& device, CudaInventory const& inventory) {
  int const driver = inventory.driver_version;  // 13020 is 13.2
  return device.name + " (device " + std::to_string(device.ordinal) + ", sm_" + std::to_string(device.major) +
         std::to_string(device.minor) + ", driver for CUDA " + std::to_string(driver / 1000) + "." +
         std::to_string(driver % 1000 / 10) + ")";
}

void enter_device(int ordinal) { check_cuda(cudaSetDevice(ordinal), "cudaSetDevice", "choosing the device"); }

}  // namespace dsgd::kernels
