/// Throughput of an engine: verified, warmed up, repeated, beside a ceiling measured in the same run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/clock.hpp"
#include "dsgd/engine/cuda.hpp"
#include "engines/table.hpp"

namespace dsgd {

struct BenchRequest {
  std::uint32_t workers;
  std::uint64_t iterations;  ///< 0: as many as take about `seconds`
  unsigned repeat;           ///< timed runs, >= 1
  double seconds = 0.2;
};

/// Both strategies of the notebook (slowest and fastest of the same draws) at one number of workers.
struct BenchRow {
  std::string engine, device;
  std::uint32_t workers;
  std::uint64_t iterations;
  unsigned repeat;
  double draws_per_second;                 ///< median
  double slowest, fastest;                 ///< draws per second of the slowest and fastest run
  double nanoseconds_per_draw;             ///< of the median run
  double iterations_per_second;            ///< of the median run
  std::optional<double> cycles_per_draw;   ///< of processor time, where the clock is known
  std::optional<double> ceiling_fraction;  ///< share of what the machine could do; absent if not known
  /// Speed of the host's memory right after the runs, for engines that it limits.
  std::optional<double> copy_bytes_per_second;
  double machine_share;  ///< lowest share of the processor that a probe between the runs got
  std::vector<CudaCalibration> calibration;  ///< of the GPUs that were used, right after the runs
};

/// Measures an engine. @throws Error validation when it differs from `reference`; whatever it throws
BenchRow measure(EngineRow const& row, EngineOptions const& options, BenchRequest const& request);

}  // namespace dsgd
