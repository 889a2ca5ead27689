#include "tests/gpu/log_hash.hpp"

#include "kernels/cuda/cuda_error.hpp"
#include "kernels/cuda/device_memory.hpp"
#include "tests/gpu/log_hash.cuh"

namespace dsgd::test {

std::uint64_t log_hash_on_device(std::uint32_t step) {
  using kernels::check_cuda;
  char const* const doing = "hashing logarithms";
  kernels::DeviceBuffer const memory(sizeof(unsigned long long));
  auto* const sum = reinterpret_cast<unsigned long long*>(memory.data());
  unsigned long long hash = 0;
  check_cuda(cudaMemset(sum, 0, sizeof *sum), "cudaMemset", doing);
  log_hash_kernel<<<4096, 256>>>(step, sum);
  check_cuda(cudaGetLastError(), "log_hash_kernel", doing);
  check_cuda(cudaMemcpy(&hash, sum, sizeof hash, cudaMemcpyDeviceToHost), "cudaMemcpy", doing);
  return hash;
}

}  // namespace dsgd::test
