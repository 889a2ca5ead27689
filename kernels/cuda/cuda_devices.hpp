/// Questions about devices that the engines on GPUs have in common.
#pragma once

#include <string>
#include <vector>

#include "dsgd/engine/cuda.hpp"

namespace dsgd::kernels {

/// The inventory of this machine. @throws Error engine_unavailable where no device can be used
CudaInventory require_cuda(std::string const& engine);

/// The device of an ordinal. @throws Error engine_unavailable where there is no such device
CudaDevice find_device(CudaInventory const& inventory, int ordinal);

/// Describes a device for provenance: "NVIDIA H100 (device 0, sm_90, driver for CUDA 13.0)".
std::string describe(CudaDevice const& device, CudaInventory const& inventory);

/// Makes a device the calling thread's current one. @throws Error device
void enter_device(int ordinal);

/// Checks that the current device can run the kernels of this build.
/// @throws Error engine_unavailable where it cannot; device on a CUDA error
void check_kernels_run();

}  // namespace dsgd::kernels
