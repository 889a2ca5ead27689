// CUDA's runtime: devices and errors.
#include <cstring>

#include <cuda_runtime_api.h>

#include "runtime/call.hpp"
#include "runtime/fail.hpp"
#include "runtime/memory.hpp"
#include "runtime/settings.hpp"

using namespace emulated_gpu;

namespace {

constexpr int version = CUDART_VERSION;
// The GPU that the PTX is made for: CUB takes what it has tuned for that.
constexpr int capability_major = EMULATED_ARCHITECTURE / 10, capability_minor = EMULATED_ARCHITECTURE % 10;

struct Description {
  cudaError_t error;
  char const *name, *text;
};

constexpr Description descriptions[] = {
    {cudaSuccess, "cudaSuccess", "no error"},
    {cudaErrorInvalidValue, "cudaErrorInvalidValue", "invalid argument"},
    {cudaErrorMemoryAllocation, "cudaErrorMemoryAllocation", "out of memory"},
    {cudaErrorInitializationError, "cudaErrorInitializationError", "initialization error"},
    {cudaErrorInvalidConfiguration, "cudaErrorInvalidConfiguration", "invalid configuration argument"},
    {cudaErrorInsufficientDriver, "cudaErrorInsufficientDriver",
     "CUDA driver version is insufficient for CUDA runtime version"},
    {cudaErrorDevicesUnavailable, "cudaErrorDevicesUnavailable",
     "CUDA-capable device(s) is/are busy or unavailable"},
    {cudaErrorInvalidDeviceFunction, "cudaErrorInvalidDeviceFunction", "invalid device function"},
    {cudaErrorNoDevice, "cudaErrorNoDevice", "no CUDA-capable device is detected"},
    {cudaErrorInvalidDevice, "cudaErrorInvalidDevice", "invalid device ordinal"},
    {cudaErrorECCUncorrectable, "cudaErrorECCUncorrectable", "uncorrectable ECC error encountered"},
    {cudaErrorIllegalAddress, "cudaErrorIllegalAddress", "an illegal memory access was encountered"},
    {cudaErrorLaunchFailure, "cudaErrorLaunchFailure", "unspecified launch failure"},
};

Description description(cudaError_t error) {
  for (Description const& known : descriptions)
    if (known.error == error) return known;
  return {error, "cudaErrorUnknown", "unknown error"};
}

bool is_device(int device) { return device >= 0 && device < settings().devices; }

}  // namespace

cudaError_t cudaGetLastError() {
  cudaError_t const error = last_error();
  last_error() = cudaSuccess;
  return error;
}

cudaError_t cudaPeekAtLastError() { return last_error(); }

char const* cudaGetErrorName(cudaError_t error) { return description(error).name; }

char const* cudaGetErrorString(cudaError_t error) { return description(error).text; }

cudaError_t cudaGetDevice(int* device) {
  Call const call("cudaGetDevice");
  if (call) *device = current_device();
  return call.end();
}

cudaError_t cudaSetDevice(int device) {
  Call const call("cudaSetDevice");
  if (!call) return call.end();
  if (!is_device(device)) return call.end(cudaErrorInvalidDevice);
  current_device() = device;
  return call.end();
}

cudaError_t cudaGetDeviceCount(int* count) {
  Call const call("cudaGetDeviceCount");
  if (!call) return call.end();
  if (settings().devices > most_devices)
    fail("EMULATED_GPU_DEVICES: at most " + std::to_string(most_devices));
  *count = settings().devices;
  return call.end(*count ? cudaSuccess : cudaErrorNoDevice);
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device) {
  Call const call("cudaGetDeviceProperties");
  if (!call) return call.end();
  if (!is_device(device)) return call.end(cudaErrorInvalidDevice);
  *properties = {};
  std::strcpy(properties->name, "emulated GPU");
  properties->major = capability_major;
  properties->minor = capability_minor;
  properties->totalGlobalMem = settings().memory_bytes;
  properties->multiProcessorCount = settings().multiprocessors;
  return call.end();
}

/// Source: the values of an H200, and the limits of CUDA C++ Programming Guide, "Compute Capabilities".
cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr attribute, int device) {
  Call const call("cudaDeviceGetAttribute");
  if (!call) return call.end();
  if (!is_device(device)) return call.end(cudaErrorInvalidDevice);
  switch (attribute) {
    case cudaDevAttrMultiProcessorCount:
      *value = settings().multiprocessors;
      break;
    case cudaDevAttrMaxGridDimX:
      *value = 0x7fffffff;
      break;
    case cudaDevAttrMaxGridDimY:
    case cudaDevAttrMaxGridDimZ:
      *value = 65535;
      break;
    case cudaDevAttrMaxSharedMemoryPerBlock:
      *value = 48 << 10;
      break;
    case cudaDevAttrMaxSharedMemoryPerMultiprocessor:
      *value = 228 << 10;
      break;
    case cudaDevAttrReservedSharedMemoryPerBlock:
      *value = 1 << 10;
      break;
    case cudaDevAttrMaxThreadsPerMultiProcessor:
      *value = 2048;
      break;
    case cudaDevAttrWarpSize:
      *value = 32;
      break;
    case cudaDevAttrComputeCapabilityMajor:
      *value = capability_major;
      break;
    case cudaDevAttrComputeCapabilityMinor:
      *value = capability_minor;
      break;
    case cudaDevAttrClockRate:
      *value = 1'980'000;
      break;
    case cudaDevAttrMemoryClockRate:
      *value = 2'619'000;
      break;
    case cudaDevAttrGlobalMemoryBusWidth:
      *value = 6144;
      break;
    default:
      fail("the device attribute " + std::to_string(attribute) + " is not known");
  }
  return call.end();
}

cudaError_t cudaDriverGetVersion(int* number) {
  Call const call("cudaDriverGetVersion");
  if (call) *number = version;
  return call.end();
}

cudaError_t cudaRuntimeGetVersion(int* number) {
  Call const call("cudaRuntimeGetVersion");
  if (call) *number = version;
  return call.end();
}
