#include "bench/ceiling.hpp"

#include <algorithm>

namespace dsgd {
namespace {

/// Philox takes two multiplies in each of the seven rounds that stay in the inner loop, for four draws.
constexpr double wide_multiplies_per_draw = 2.0 * 7 / 4;

/// A float32 delay is written once and read once.
constexpr double bytes_per_draw = 8;

/// Philox with all of its rounds, the logarithm and the address take 282 instructions for four draws on
/// sm_90, by scripts/count_sass, without those of tail words.
constexpr double sampling_instructions_per_draw = 282.0 / 4;
constexpr double instructions_per_cycle = 4 * 32;  // a multiprocessor issues four warps

double fused_ceiling(CudaCalibration const& device) {
  return device.wide_multiplies_per_second / wide_multiplies_per_draw;
}

double materialized_ceiling(CudaCalibration const& device) {
  double const instructions = device.clock_hertz * device.multiprocessors * instructions_per_cycle;
  return std::min(copy_ceiling(device.copy_bytes_per_second), instructions / sampling_instructions_per_draw);
}

}  // namespace

double copy_ceiling(double copy_bytes_per_second) { return copy_bytes_per_second / bytes_per_draw; }

std::optional<double> gpu_ceiling(Ceiling bound, std::span<CudaCalibration const> devices) {
  double sum = 0;
  for (CudaCalibration const& device : devices) {
    switch (bound) {
      case Ceiling::device_multiplies:
        sum += fused_ceiling(device);
        break;
      case Ceiling::device_memory_or_draws:
        sum += materialized_ceiling(device);
        break;
      case Ceiling::unknown:
      case Ceiling::vector_ports:
      case Ceiling::host_memory:
        return std::nullopt;
    }
  }
  if (sum == 0) return std::nullopt;
  return sum;
}

}  // namespace dsgd
