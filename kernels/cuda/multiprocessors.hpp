#pragma once

#include <cuda_runtime_api.h>

#include "kernels/cuda/cuda_error.hpp"

namespace dsgd::kernels {

/// Number of multiprocessors of the current device. @throws Error device
inline unsigned current_multiprocessors() {
  char const* const doing = "asking for the number of multiprocessors";
  int device = 0, count = 0;
  check_cuda(cudaGetDevice(&device), "cudaGetDevice", doing);
  check_cuda(cudaDeviceGetAttribute(&count, cudaDevAttrMultiProcessorCount, device), "cudaDeviceGetAttribute",
             doing);
  return static_cast<unsigned>(count);
}

}  // namespace dsgd::kernels
