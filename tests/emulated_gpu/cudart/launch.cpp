// CUDA's runtime: kernels and launches, with the functions that nvcc's host code calls.
#include <cuda_runtime_api.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/block.hpp"
#include "runtime/call.hpp"
#include "runtime/fail.hpp"
#include "runtime/kernel.hpp"
#include "runtime/stream.hpp"

using namespace emulated_gpu;

namespace {

constexpr std::size_t most_shared_bytes = 48 << 10;

/// The kernel's name, by the address of the function that stands for it on the host.
std::unordered_map<void const*, std::string>& names() {
  static std::unordered_map<void const*, std::string> known;
  return known;
}

/// Null for what is no kernel. Fails for a kernel that was not translated.
Kernel const* find_kernel(void const* function) {
  auto const name = names().find(function);
  if (name == names().end()) return nullptr;
  auto const kernel = translated_kernels().find(name->second);
  if (kernel == translated_kernels().end()) fail("kernel " + name->second + " was not translated");
  return kernel->second;
}

/// Source: CUDA C++ Programming Guide, "Compute Capabilities".
bool is_possible(dim3 grid, dim3 size, Kernel const& kernel) {
  u64 const threads = u64{size.x} * size.y * size.z;
  return threads > 0 && threads <= 1024 && threads <= kernel.most_threads && size.z <= 64 && grid.x > 0 &&
         grid.x <= 0x7fffffff && grid.y > 0 && grid.y <= 65535 && grid.z > 0 && grid.z <= 65535;
}

cudaError_t launch(void const* function, dim3 grid, dim3 size, void** arguments, std::size_t shared,
                   cudaStream_t handle) {
  Kernel const* const kernel = find_kernel(function);
  if (!kernel) return cudaErrorInvalidDeviceFunction;
  if (!is_possible(grid, size, *kernel)) return cudaErrorInvalidConfiguration;
  std::size_t const shared_bytes = kernel->static_shared_bytes + (kernel->takes_dynamic_shared ? shared : 0);
  if (shared_bytes > most_shared_bytes) return cudaErrorInvalidValue;
  Launch launch{kernel,
                {grid.x, grid.y, grid.z},
                {size.x, size.y, size.z},
                static_cast<u32>(shared_bytes),
                std::vector<u8>(kernel->parameter_bytes),
                current_device()};
  for (std::size_t i = 0; i < kernel->parameters.size(); ++i)
    std::memcpy(launch.parameters.data() + kernel->parameters[i].offset, arguments[i],
                kernel->parameters[i].bytes);
  enqueue(stream_of(handle, current_device()),
          [launch = std::move(launch)](u32 operation) { run(launch, operation); });
  return cudaSuccess;
}

struct Configuration {
  dim3 grid, size;
  std::size_t shared;
  cudaStream_t stream;
};

thread_local std::vector<Configuration> configurations;

}  // namespace

cudaError_t cudaLaunchKernel(void const* function, dim3 grid, dim3 size, void** arguments, std::size_t shared,
                             cudaStream_t stream) {
  Call const call("cudaLaunchKernel");
  return call.end(call ? launch(function, grid, size, arguments, shared, stream) : cudaSuccess);
}

/// Kernels of one stream never overlap here, so that a launch that might begin early begins in time.
cudaError_t cudaLaunchKernelExC(cudaLaunchConfig_t const* with, void const* function, void** arguments) {
  Call const call("cudaLaunchKernelExC");
  if (!call) return call.end();
  for (unsigned i = 0; i < with->numAttrs; ++i)
    if (with->attrs[i].id != cudaLaunchAttributeProgrammaticStreamSerialization)
      fail("the launch attribute " + std::to_string(with->attrs[i].id) + " is not known");
  return call.end(
      launch(function, with->gridDim, with->blockDim, arguments, with->dynamicSmemBytes, with->stream));
}

cudaError_t cudaFuncGetAttributes(cudaFuncAttributes* attributes, void const* function) {
  Call const call("cudaFuncGetAttributes");
  if (!call) return call.end();
  Kernel const* const kernel = find_kernel(function);
  if (!kernel) return call.end(cudaErrorInvalidDeviceFunction);
  *attributes = {};
  attributes->sharedSizeBytes = kernel->static_shared_bytes;
  attributes->localSizeBytes = kernel->local_bytes;
  attributes->maxThreadsPerBlock = static_cast<int>(kernel->most_threads);
  attributes->maxDynamicSharedSizeBytes = static_cast<int>(most_shared_bytes - kernel->static_shared_bytes);
  attributes->numRegs = 32;
  attributes->ptxVersion = attributes->binaryVersion = EMULATED_ARCHITECTURE;
  return call.end();
}

cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int* blocks, void const*, int threads,
                                                                   std::size_t, unsigned) {
  Call const call("cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags");
  if (call) *blocks = std::min(32, 2048 / threads);
  return call.end();
}

// What a file of nvcc calls before main, and for <<<>>>. The names are the compiler's. NOLINTBEGIN(*reserved*)
extern "C" {

void** __cudaRegisterFatBinary(void*) {
  static void* handle;
  return &handle;
}

void __cudaRegisterFatBinaryEnd(void**) {}

void __cudaUnregisterFatBinary(void**) {}

void __cudaRegisterVar(void**, char*, char*, char const*, int, std::size_t, int, int) {}

void __cudaRegisterFunction(void**, char const* function, char* name, char const*, int, uint3*, uint3*, dim3*,
                            dim3*, int*) {
  names()[function] = name;
}

unsigned __cudaPushCallConfiguration(dim3 grid, dim3 size, std::size_t shared, CUstream_st* stream) {
  configurations.push_back({grid, size, shared, stream});
  return 0;
}

cudaError_t __cudaPopCallConfiguration(dim3* grid, dim3* size, std::size_t* shared, void* stream) {
  Configuration const last = configurations.back();
  configurations.pop_back();
  *grid = last.grid;
  *size = last.size;
  *shared = last.shared;
  *static_cast<cudaStream_t*>(stream) = last.stream;
  return cudaSuccess;
}

cudaError_t __cudaGetKernel(cudaKernel_t* kernel, void const* function) {
  *kernel = reinterpret_cast<cudaKernel_t>(const_cast<void*>(function));
  return cudaSuccess;
}

cudaError_t __cudaLaunchKernel(cudaKernel_t kernel, dim3 grid, dim3 size, void** arguments,
                               std::size_t shared, cudaStream_t stream) {
  return cudaLaunchKernel(kernel, grid, size, arguments, shared, stream);
}

}  // extern "C"
// NOLINTEND(*reserved*)
