#pragma once

#include <cuda_runtime_api.h>

namespace dsgd::kernels {

/// Clears the error that CUDA keeps for the next caller, and throws.
/// @param call   which failed, or the library that made it: "cudaMalloc", "Thrust"
/// @param doing  what it was for, as in "reducing delays"
/// @throws Error device; OutOfDeviceMemory where the runtime itself found no memory
[[noreturn]] void throw_cuda_error(cudaError_t status, char const* call, char const* doing);

inline void check_cuda(cudaError_t status, char const* call, char const* doing) {
  if (status != cudaSuccess) throw_cuda_error(status, call, doing);
}

}  // namespace dsgd::kernels
