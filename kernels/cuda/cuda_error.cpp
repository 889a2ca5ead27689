#include "kernels/cuda/cuda_error.hpp"

#include <string>

#include "dsgd/error.hpp"
#include "kernels/cuda/out_of_memory.hpp"

namespace dsgd::kernels {

void throw_cuda_error(cudaError_t status, char const* call, char const* doing) {
  cudaGetLastError();
  if (status == cudaErrorMemoryAllocation) throw OutOfDeviceMemory(0);
  throw Error(ExitCode::device, std::string("CUDA failed while ") + doing,
              std::string(call) + ": " + cudaGetErrorName(status) + ", " + cudaGetErrorString(status),
              "look at `dsgd devices`, or use --engine cpu");
}

}  // namespace dsgd::kernels
