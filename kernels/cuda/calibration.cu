#include "kernels/cuda/calibration.cuh"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "dsgd/engine/cuda.hpp"
#include "kernels/cuda/cuda_devices.hpp"
#include "kernels/cuda/cuda_error.hpp"
#include "kernels/cuda/device_memory.hpp"
#include "kernels/cuda/multiprocessors.hpp"

namespace dsgd {
namespace kernels {
namespace {

constexpr char const* doing = "calibrating the device";
constexpr int repeats = 5;

/// Median of the seconds that a stream takes for what `queue` puts there, after a first run that is not
/// measured.
template <class Queue>
double median_seconds(CudaStream const& stream, Queue const& queue) {
  CudaEvent const start, end;
  std::vector<double> seconds;
  queue();
  for (int i = 0; i < repeats; ++i) {
    check_cuda(cudaEventRecord(start.get(), stream.get()), "cudaEventRecord", doing);
    queue();
    check_cuda(cudaEventRecord(end.get(), stream.get()), "cudaEventRecord", doing);
    check_cuda(cudaEventSynchronize(end.get()), "cudaEventSynchronize", doing);
    float milliseconds = 0;
    check_cuda(cudaEventElapsedTime(&milliseconds, start.get(), end.get()), "cudaEventElapsedTime", doing);
    seconds.push_back(1e-3 * static_cast<double>(milliseconds));
  }
  std::sort(seconds.begin(), seconds.end());
  return seconds[repeats / 2];
}

struct OperationRate {
  double per_second, clock_hertz;
};

/// Measures one operation: for some milliseconds all multiprocessors are full of threads that do it.
template <class Operation>
OperationRate measure(unsigned multiprocessors) {
  constexpr std::uint32_t turns = 2000;
  unsigned const blocks = 8 * multiprocessors;
  CudaStream const stream;
  DeviceBuffer const memory(sizeof(CalibrationTime) + sizeof(std::uint32_t));
  auto* const time = reinterpret_cast<CalibrationTime*>(memory.data());
  auto* const result = reinterpret_cast<std::uint32_t*>(memory.data() + sizeof(CalibrationTime));
  double const seconds = median_seconds(stream, [&] {
    calibration_kernel<Operation><<<blocks, calibration_threads, 0, stream.get()>>>(turns, 3, time, result);
    check_cuda(cudaGetLastError(), "calibration_kernel", doing);
  });
  CalibrationTime first{};
  check_cuda(cudaMemcpy(&first, time, sizeof first, cudaMemcpyDeviceToHost), "cudaMemcpy", doing);
  double const operations = double{calibration_threads} * blocks * calibration_operations(turns);
  return {operations / seconds,
          1e9 * static_cast<double>(first.cycles) / static_cast<double>(first.nanoseconds)};
}

/// Measures how many bytes are read and written per second.
double measure_copy() {
  constexpr int copies = 4;
  std::size_t free = 0, total = 0;
  check_cuda(cudaMemGetInfo(&free, &total), "cudaMemGetInfo", doing);
  std::uint64_t const bytes =
      std::min<std::uint64_t>(free / 4, std::uint64_t{1} << 28);  // far beyond the caches
  CudaStream const stream;
  DeviceBuffer const from(bytes), to(bytes);
  check_cuda(cudaMemsetAsync(from.data(), 0x5a, bytes, stream.get()), "cudaMemsetAsync", doing);
  double const seconds = median_seconds(stream, [&] {
    for (int i = 0; i < copies; ++i)
      check_cuda(cudaMemcpyAsync(to.data(), from.data(), bytes, cudaMemcpyDeviceToDevice, stream.get()),
                 "cudaMemcpyAsync", doing);
  });
  return 2.0 * copies * static_cast<double>(bytes) / seconds;
}

}  // namespace
}  // namespace kernels

CudaCalibration calibrate_cuda(int ordinal) {
  kernels::find_device(kernels::require_cuda("cuda"), ordinal);
  kernels::enter_device(ordinal);
  unsigned const multiprocessors = kernels::current_multiprocessors();
  kernels::OperationRate const multiplies = kernels::measure<kernels::WideMultiply>(multiprocessors);
  return {ordinal,
          multiprocessors,
          multiplies.clock_hertz,
          multiplies.per_second,
          kernels::measure<kernels::Logic>(multiprocessors).per_second,
          kernels::measure<kernels::Minimum>(multiprocessors).per_second,
          kernels::measure_copy()};
}

}  // namespace dsgd
