/// What the engines on GPUs ask of the inventory.
#pragma once

#include <string>
#include <vector>

#include "dsgd/engine/cuda.hpp"

namespace dsgd::kernels {

/// @throws Error engine_unavailable where no device can be used
CudaInventory require_cuda(std::string const& engine);

/// @throws Error engine_unavailable where there is no such device
CudaDevice find_device(CudaInventory const& inventory, int ordinal);

/// For provenance: "NVIDIA H100 (device 0, sm_90, driver for CUDA 13.0)".
std::string describe(CudaDevice const& device, CudaInventory const& inventory);

/// Makes a device the calling thread's current one. @throws Error device
void enter_device(int ordinal);

/// Can the current device run the kernels of this build? @throws Error engine_unavailable where it is too old
void check_kernels_run();

}  // namespace dsgd::kernels
