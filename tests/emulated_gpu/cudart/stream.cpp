// CUDA's runtime: streams and events. A function that the program begins to use and that is not here does not link.
#include <cuda_runtime_api.h>

#include "runtime/arithmetic.hpp"
#include "runtime/call.hpp"
#include "runtime/fail.hpp"
#include "runtime/stream.hpp"

using namespace emulated_gpu;

namespace {

struct Event {
  u64 nanoseconds = 0;
  Stream* stream = nullptr;  ///< that it was recorded in
};

Event& event(cudaEvent_t handle) { return *reinterpret_cast<Event*>(handle); }

}  // namespace

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* handle, unsigned flags) {
  Call const call("cudaStreamCreateWithFlags");
  if (!call) return call.end();
  if (flags != cudaStreamNonBlocking) fail("a stream that waits for the default stream is not known");
  *handle = reinterpret_cast<cudaStream_t>(&open_stream(current_device()));
  return call.end();
}

cudaError_t cudaStreamDestroy(cudaStream_t handle) {
  Call const call("cudaStreamDestroy");
  if (call) close_stream(*reinterpret_cast<Stream*>(handle));
  return call.end();
}

cudaError_t cudaStreamSynchronize(cudaStream_t handle) {
  Call const call("cudaStreamSynchronize");
  if (call) wait_for(stream_of(handle, current_device()));
  return call.end();
}

cudaError_t cudaDeviceSynchronize() {
  Call const call("cudaDeviceSynchronize");
  if (call) wait_for_all();
  return call.end();
}

cudaError_t cudaEventCreate(cudaEvent_t* handle) {
  Call const call("cudaEventCreate");
  if (call) *handle = reinterpret_cast<cudaEvent_t>(new Event);
  return call.end();
}

cudaError_t cudaEventDestroy(cudaEvent_t handle) {
  Call const call("cudaEventDestroy");
  if (call) delete &event(handle);
  return call.end();
}

cudaError_t cudaEventRecord(cudaEvent_t handle, cudaStream_t stream) {
  Call const call("cudaEventRecord");
  if (!call) return call.end();
  Event& recorded = event(handle);
  recorded.stream = &stream_of(stream, current_device());
  enqueue(*recorded.stream, [&recorded](u32) { recorded.nanoseconds = globaltimer(); });
  return call.end();
}

cudaError_t cudaEventSynchronize(cudaEvent_t handle) {
  Call const call("cudaEventSynchronize");
  if (!call) return call.end();
  if (!event(handle).stream) fail("an event is waited for that was never recorded");
  wait_for(*event(handle).stream);
  return call.end();
}

cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t from, cudaEvent_t to) {
  Call const call("cudaEventElapsedTime");
  if (call) *milliseconds = static_cast<float>(event(to).nanoseconds - event(from).nanoseconds) * 1e-6f;
  return call.end();
}
