// The device's part of engine `cuda`: the pipeline's kernels, launched on a stream.
#include "kernels/fused/device.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>

#include "kernels/cuda/cuda_error.hpp"
#include "kernels/cuda/device_memory.hpp"
#include "kernels/cuda/multiprocessors.hpp"
#include "kernels/fused/pipeline.cuh"

namespace dsgd::kernels {
namespace {

class CudaQueue {
 public:
  using Buffer = DeviceBuffer;

  static constexpr std::uint64_t min_words_bytes = std::uint64_t{4} << 20;

  Buffer allocate(std::uint64_t bytes) const { return Buffer(bytes); }

  template <class... Parameters, class... Arguments>
  void launch(unsigned columns, unsigned rows, unsigned threads, void (*kernel)(Parameters...),
              Arguments const&... arguments) const {
    kernel<<<dim3(columns, rows), threads, 0, stream_.get()>>>(arguments...);
    check_cuda(cudaGetLastError(), "kernel launch", doing);
  }

  void fill(void* memory, int byte, std::uint64_t bytes) const {
    check_cuda(cudaMemsetAsync(memory, byte, bytes, stream_.get()), "cudaMemsetAsync", doing);
  }

  /// Copies to the device. From pageable memory the call returns once the source was read.
  void upload(void* to, void const* from, std::uint64_t bytes) const {
    check_cuda(cudaMemcpyAsync(to, from, bytes, cudaMemcpyHostToDevice, stream_.get()), "cudaMemcpyAsync",
               doing);
  }

  void download(void* to, void const* from, std::uint64_t bytes) const {
    check_cuda(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToHost, stream_.get()), "cudaMemcpyAsync",
               doing);
    check_cuda(cudaStreamSynchronize(stream_.get()), "cudaStreamSynchronize", doing);
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
  static constexpr char const* doing = "computing extremes";

  CudaStream stream_;
  unsigned multiprocessors_ = current_multiprocessors();
};

}  // namespace

std::unique_ptr<BlockComputer> make_fused_computer() {
  return std::make_unique<FusedPipeline<CudaQueue>>(CudaQueue());
}

}  // namespace dsgd::kernels
