/// Owners of device resources: move-only, and their destructors never throw (a failing destructor inside a
/// Thrust container would end the program).
#pragma once

#include <cuda_runtime_api.h>

#include <cstddef>
#include <cstdint>
#include <memory>

#include "kernels/cuda/cuda_error.hpp"
#include "kernels/cuda/out_of_memory.hpp"

namespace dsgd::kernels {

/// Device memory, 256-byte aligned.
class DeviceBuffer {
 public:
  /// @throws OutOfDeviceMemory with the bytes asked for; Error device
  explicit DeviceBuffer(std::uint64_t bytes) {
    void* memory = nullptr;
    cudaError_t const status = cudaMalloc(&memory, bytes);
    if (status == cudaErrorMemoryAllocation) {
      cudaGetLastError();
      throw OutOfDeviceMemory(bytes);
    }
    check_cuda(status, "cudaMalloc", "allocating device memory");
    memory_.reset(static_cast<std::byte*>(memory));
  }

  std::byte* data() const { return memory_.get(); }

 private:
  struct Free {
    void operator()(std::byte* memory) const { cudaFree(memory); }
  };
  std::unique_ptr<std::byte, Free> memory_;
};

/// A stream whose work does not wait for that of the default stream.
class CudaStream {
 public:
  CudaStream() {
    cudaStream_t stream = nullptr;
    check_cuda(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking), "cudaStreamCreateWithFlags",
               "making a stream");
    stream_.reset(stream);
  }

  cudaStream_t get() const { return stream_.get(); }

 private:
  struct Destroy {
    using pointer = cudaStream_t;
    void operator()(cudaStream_t stream) const { cudaStreamDestroy(stream); }
  };
  std::unique_ptr<cudaStream_t, Destroy> stream_;
};

/// A moment in the work of a stream, to measure time.
class CudaEvent {
 public:
  CudaEvent() {
    cudaEvent_t event = nullptr;
    check_cuda(cudaEventCreate(&event), "cudaEventCreate", "making an event");
    event_.reset(event);
  }

  cudaEvent_t get() const { return event_.get(); }

 private:
  struct Destroy {
    using pointer = cudaEvent_t;
    void operator()(cudaEvent_t event) const { cudaEventDestroy(event); }
  };
  std::unique_ptr<cudaEvent_t, Destroy> event_;
};

}  // namespace dsgd::kernels
