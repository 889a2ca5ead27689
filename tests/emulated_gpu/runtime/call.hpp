/// What every function of CUDA's runtime does first and last.
#pragma once

#include <cuda_runtime_api.h>

#include <mutex>

namespace emulated_gpu {

/// One call at a time. Begins a call of the runtime: counts it, and makes it fail where settings() say so.
class Call {
 public:
  explicit Call(char const* name);

  /// Whether it has to fail: then nothing else may be done.
  explicit operator bool() const { return planned_ == cudaSuccess; }

  /// What the function returns; an error is remembered for cudaGetLastError.
  cudaError_t end(cudaError_t status = cudaSuccess) const;

 private:
  std::lock_guard<std::recursive_mutex> lock_;
  cudaError_t planned_;
};

/// The device that is current in this thread.
int& current_device();

/// The last error of this thread.
cudaError_t& last_error();

}  // namespace emulated_gpu
