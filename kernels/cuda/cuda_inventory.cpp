#include <cuda_runtime_api.h>

#include "dsgd/engine/cuda.hpp"

namespace dsgd {
namespace {

/// True where a call succeeded; else the inventory gets the problem. Such a call left its output as it was.
bool asked(cudaError_t status, char const* what, CudaInventory& inventory) {
  if (status == cudaSuccess) return true;
  cudaGetLastError();
  inventory.problem = std::string(what) + ": " + cudaGetErrorString(status);
  return false;
}

}  // namespace

CudaInventory cuda_inventory() {
  CudaInventory inventory;
  int count = 0;
  if (!asked(cudaRuntimeGetVersion(&inventory.runtime_version), "no CUDA runtime", inventory))
    return inventory;
  if (!asked(cudaDriverGetVersion(&inventory.driver_version), "no NVIDIA driver", inventory))
    return inventory;
  if (inventory.driver_version == 0) {
    inventory.problem = "no NVIDIA driver";
    return inventory;
  }
  if (!asked(cudaGetDeviceCount(&count), "no device", inventory)) return inventory;
  for (int ordinal = 0; ordinal < count; ++ordinal) {
    cudaDeviceProp properties;
    if (!asked(cudaGetDeviceProperties(&properties, ordinal), "no properties of a device", inventory))
      continue;
    inventory.devices.push_back(
        {ordinal, properties.name, properties.major, properties.minor, properties.totalGlobalMem});
  }
  if (!inventory.devices.empty())
    inventory.problem.clear();
  else if (inventory.problem.empty())
    inventory.problem = "no device";
  return inventory;
}

}  // namespace dsgd
