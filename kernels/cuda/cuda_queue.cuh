#pragma once

#include <algorithm>
#include <cstdint>

#include "kernels/cuda/cuda_error.hpp"
#include "kernels/cuda/device_memory.hpp"
#include "kernels/cuda/multiprocessors.hpp"

namespace dsgd::kernels {

/// A stream of the current device, as RuntimeLauncher and RaceLauncher want it.
class CudaQueue {
 public:
  using Buffer = DeviceBuffer;

  static constexpr std::uint64_t min_words_bytes = std::uint64_t{4} << 20;

  /// @param doing  what errors say was being done
  explicit CudaQueue(char const* doing) : doing_(doing) {}

  Buffer allocate(std::uint64_t bytes) const { return Buffer(bytes); }

  template <class... Parameters, class... Arguments>
  void launch(unsigned columns, unsigned rows, unsigned threads, void (*kernel)(Parameters...),
              Arguments const&... arguments) const {
    kernel<<<dim3(columns, rows), threads, 0, stream_.get()>>>(arguments...);
    check_cuda(cudaGetLastError(), "kernel launch", doing_);
  }

  void fill(void* memory, int byte, std::uint64_t bytes) const {
    check_cuda(cudaMemsetAsync(memory, byte, bytes, stream_.get()), "cudaMemsetAsync", doing_);
  }

  /// Copies to the device. From pageable memory the call returns once the source was read.
  void upload(void* to, void const* from, std::uint64_t bytes) const {
    check_cuda(cudaMemcpyAsync(to, from, bytes, cudaMemcpyHostToDevice, stream_.get()), "cudaMemcpyAsync",
               doing_);
  }

  void download(void* to, void const* from, std::uint64_t bytes) const {
    check_cuda(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToHost, stream_.get()), "cudaMemcpyAsync",
               doing_);
    check_cuda(cudaStreamSynchronize(stream_.get()), "cudaStreamSynchronize", doing_);
  }

  unsigned multiprocessors() const { return multiprocessors_; }

  /// Bytes for rows of 2 million iterations: launches take some 100 microseconds then, and their start is
  /// small beside that.
  std::uint64_t words_bytes() const {
    std::size_t free = 0, total = 0;
    check_cuda(cudaMemGetInfo(&free, &total), "cudaMemGetInfo", "asking for free device memory");
    return std::min<std::uint64_t>(free / 8, std::uint64_t{256} << 20);
  }

 private:
  char const* doing_;
  CudaStream stream_;
  unsigned multiprocessors_ = current_multiprocessors();
};

}  // namespace dsgd::kernels
