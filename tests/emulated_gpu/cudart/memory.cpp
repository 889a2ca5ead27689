// CUDA's runtime: memory and copies.
#include <cuda_runtime_api.h>

#include <vector>

#include "runtime/call.hpp"
#include "runtime/fail.hpp"
#include "runtime/memory.hpp"
#include "runtime/settings.hpp"
#include "runtime/stream.hpp"

using namespace emulated_gpu;

namespace {

/// What a stream does of a copy. Host memory is not checked.
void copy(void* to, void const* from, std::size_t bytes, u32 operation) {
  if (int const device = device_of(from); device >= 0)
    device_memory(device).use(from, bytes, Use::read, operation);
  if (int const device = device_of(to); device >= 0)
    device_memory(device).use(to, bytes, Use::write, operation);
  std::memcpy(to, from, bytes);
}

void expect_direction(void const* to, void const* from, cudaMemcpyKind kind) {
  bool const to_device = device_of(to) >= 0, from_device = device_of(from) >= 0;
  bool const fits = kind == cudaMemcpyDefault ||
                    (to_device == (kind == cudaMemcpyHostToDevice || kind == cudaMemcpyDeviceToDevice) &&
                     from_device == (kind == cudaMemcpyDeviceToHost || kind == cudaMemcpyDeviceToDevice));
  if (!fits) fail("a copy goes in another direction than it says");
}

cudaError_t set(void* at, int value, std::size_t bytes, cudaStream_t handle) {
  Stream& stream = stream_of(handle, current_device());
  if (bytes == 0) return cudaSuccess;
  int const device = device_of(at);
  if (device < 0) fail("cudaMemset of memory that is no device's");
  enqueue(stream, [=](u32 operation) {
    device_memory(device).use(at, bytes, Use::write, operation);
    std::memset(at, value, bytes);
  });
  return cudaSuccess;
}

}  // namespace

cudaError_t cudaMalloc(void** address, std::size_t bytes) {
  Call const call("cudaMalloc");
  if (!call) return call.end();
  *address = bytes ? device_memory(current_device()).allocate(bytes) : nullptr;
  return call.end(*address || bytes == 0 ? cudaSuccess : cudaErrorMemoryAllocation);
}

/// Waits for the device.
cudaError_t cudaFree(void* address) {
  if (!address) return cudaSuccess;
  Call const call("cudaFree");
  if (!call) return call.end();
  wait_for_all();
  int const device = device_of(address);
  if (device < 0) fail("cudaFree of memory that is no device's");
  device_memory(device).free(address);
  return call.end();
}

cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
  Call const call("cudaMemGetInfo");
  if (!call) return call.end();
  *total = settings().memory_bytes;
  *free = *total - device_memory(current_device()).used_bytes();
  return call.end();
}

cudaError_t cudaMemcpy(void* to, void const* from, std::size_t bytes, cudaMemcpyKind kind) {
  Call const call("cudaMemcpy");
  if (!call) return call.end();
  expect_direction(to, from, kind);
  Stream& stream = stream_of(nullptr, current_device());
  enqueue(stream, [=](u32 operation) { copy(to, from, bytes, operation); });
  wait_for(stream);
  return call.end();
}

/// Host memory is pageable: it has been read when a copy to the device returns, and a copy to the host has ended.
cudaError_t cudaMemcpyAsync(void* to, void const* from, std::size_t bytes, cudaMemcpyKind kind,
                            cudaStream_t handle) {
  Call const call("cudaMemcpyAsync");
  if (!call) return call.end();
  expect_direction(to, from, kind);
  Stream& stream = stream_of(handle, current_device());
  if (device_of(from) < 0) {
    auto const* const bytes_now = static_cast<u8 const*>(from);
    enqueue(stream, [=, staged = std::vector<u8>(bytes_now, bytes_now + bytes)](u32 operation) {
      copy(to, staged.data(), bytes, operation);
    });
  } else {
    enqueue(stream, [=](u32 operation) { copy(to, from, bytes, operation); });
    if (device_of(to) < 0) wait_for(stream);
  }
  return call.end();
}

cudaError_t cudaMemsetAsync(void* at, int value, std::size_t bytes, cudaStream_t stream) {
  Call const call("cudaMemsetAsync");
  return call.end(call ? set(at, value, bytes, stream) : cudaSuccess);
}

cudaError_t cudaMemset(void* at, int value, std::size_t bytes) {
  Call const call("cudaMemset");
  return call.end(call ? set(at, value, bytes, nullptr) : cudaSuccess);
}
