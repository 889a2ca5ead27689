// The device's part of engine `cuda`: the pipeline's kernels, launched on a stream.
#include "kernels/fused/device.hpp"

#include <memory>

#include "kernels/cuda/cuda_queue.cuh"
#include "kernels/fused/pipeline.cuh"

namespace dsgd::kernels {

std::unique_ptr<BlockComputer> make_fused_computer() {
  return std::make_unique<FusedPipeline<CudaQueue>>(CudaQueue("computing extremes"));
}

}  // namespace dsgd::kernels
