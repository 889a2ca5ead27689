#include "dsgd/engine/cuda.hpp"
#include "kernels/cuda/cuda_devices.hpp"
#include "kernels/race/device.hpp"

namespace dsgd {

CudaRaces make_cuda_races() {
  CudaInventory const inventory = kernels::require_cuda("cuda");
  CudaDevice const device = kernels::find_device(inventory, inventory.devices.front().ordinal);
  kernels::enter_device(device.ordinal);
  kernels::check_kernels_run();
  return {kernels::make_device_races(), kernels::describe(device, inventory)};
}

}  // namespace dsgd
