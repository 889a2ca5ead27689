#include "bench/measure.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <vector>

#include "bench/ceiling.hpp"
#include "bench/copy.hpp"
#include "dsgd/error.hpp"
#include "dsgd/observable.hpp"
#include "dsgd/sweep.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/definition/reference.hpp"

namespace dsgd {
namespace {

using Summaries = std::vector<Summary>;

Batch notebook_batch(std::uint32_t workers) {
  Sweep sweep;
  sweep.workers = {workers};
  Batch batch{stream_of(sweep, OrderStatistic{1}, workers), {}};
  for (Point const& point : expand(sweep)) batch.observables.push_back(observable(point));
  return batch;
}

Summaries run(Engine& engine, Batch const& batch, std::uint64_t iterations) {
  Summaries summaries(batch.observables.size());
  Work const work{&batch, {0, iterations}, summaries};
  engine.run({&work, 1});
  return summaries;
}

struct RunTimes {
  double wall, processor;  ///< seconds; the processor's are those of all threads
};

RunTimes timed(Engine& engine, Batch const& batch, std::uint64_t iterations) {
  double const processor = processor_seconds();
  auto const start = std::chrono::steady_clock::now();
  run(engine, batch, iterations);
  double const wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return {wall, processor_seconds() - processor};
}

/// Compares an engine with `reference`, for about a second: a fast wrong answer is worth nothing.
void verify(EngineRow const& row, Engine& engine, Batch const& batch, std::uint32_t workers) {
  std::uint64_t const iterations = std::max<std::uint64_t>(1, 2'000'000 / workers);
  if (run(engine, batch, iterations) != run(*make_reference_engine(), batch, iterations))
    throw Error(ExitCode::validation,
                "engine " + std::string(row.name) + " differs from reference at " + std::to_string(workers) +
                    " workers",
                "its speed would mean nothing", "please report it");
}

/// Number of iterations that take the wanted time. Runs grow from one iteration until they take a good part
/// of it, which is also a warm-up.
std::uint64_t calibrate(Engine& engine, Batch const& batch, double seconds) {
  for (std::uint64_t iterations = 1;; iterations *= 4) {
    double const took = timed(engine, batch, iterations).wall;
    if (took > seconds / 8 || iterations >= max_iterations / 8)
      return std::clamp<std::uint64_t>(
          static_cast<std::uint64_t>(static_cast<double>(iterations) * seconds / std::max(took, 1e-9)), 1,
          max_iterations);
  }
}

/// Least cycles of one core per draw, by the vector ports that the operations share. A block of four words
/// takes rounds 4 to 10 in 8, 5 times 6 and 6 operations per vector, then 4 minima and maxima.
std::optional<double> bound_cycles_per_draw() {
  std::string_view const isa = choose_instruction_set().name;
  // AVX-512: three-way exclusive or, two ports, 8 lanes of 4 words.
  if (isa == "avx512") return (8 + 5 * 6 + 6 + 4) / 2.0 / 32;
  // AVX2: two operations more in every other round, three ports, 4 lanes of 4 words.
  if (isa == "avx2") return (8 + 5 * 6 + 3 * 2 + 6 + 4) / 3.0 / 16;
  return std::nullopt;
}

/// Calibrations of the devices that a GPU engine uses.
std::vector<CudaCalibration> calibrate_devices(EngineRow const& row, EngineOptions const& options) {
  std::vector<int> ordinals = options.devices;
  if (ordinals.empty())
    for (CudaDevice const& device : cuda_inventory().devices) ordinals.push_back(device.ordinal);
  if (row.one_device) ordinals.resize(1);
  std::vector<CudaCalibration> calibrations;
  calibrations.reserve(ordinals.size());
  for (int const ordinal : ordinals) calibrations.push_back(calibrate_cuda(ordinal));
  return calibrations;
}

}  // namespace

BenchRow measure(EngineRow const& row, EngineOptions const& options, BenchRequest const& request) {
  std::unique_ptr<Engine> const engine = row.make(options);
  Batch const batch = notebook_batch(request.workers);
  verify(row, *engine, batch, request.workers);
  std::uint64_t const iterations =
      request.iterations == 0 ? calibrate(*engine, batch, request.seconds) : request.iterations;

  bool const on_host = !row.has_devices;
  unsigned const cores = row.cores(options);
  std::vector<double> seconds;
  // Cycles per draw that each run got, by the clock measured around it: waiting for a core does not count.
  std::vector<double> cycles;
  double share = 1;
  double const draws = static_cast<double>(iterations) * request.workers;
  timed(*engine, batch, iterations);  // a warm-up
  for (unsigned i = 0; i < request.repeat; ++i) {
    ClockProbe const before = probe_clock(cores);
    RunTimes const timing = timed(*engine, batch, iterations);
    seconds.push_back(timing.wall);
    ClockProbe const after = probe_clock(cores);
    share = std::min({share, before.share, after.share});
    // Where processor time is limited, some kernels count it in milliseconds: short runs then take none.
    if (on_host && before.hertz && after.hertz && timing.processor > 0)
      cycles.push_back(timing.processor * (*before.hertz + *after.hertz) / 2 / draws);
  }

  std::sort(seconds.begin(), seconds.end());
  std::sort(cycles.begin(), cycles.end());
  double const median = seconds[seconds.size() / 2];
  BenchRow result{std::string(row.name),
                  engine->device(),
                  request.workers,
                  iterations,
                  request.repeat,
                  draws / median,
                  draws / seconds.back(),
                  draws / seconds.front(),
                  median / draws * 1e9,
                  static_cast<double>(iterations) / median,
                  {},
                  {},
                  {},
                  share,
                  {}};
  if (!cycles.empty()) {
    result.cycles_per_draw = cycles[cycles.size() / 2];
    std::optional<double> const bound =
        row.ceiling == Ceiling::vector_ports ? bound_cycles_per_draw() : std::nullopt;
    if (bound) result.ceiling_fraction = *bound / *result.cycles_per_draw;
  }
  if (row.ceiling == Ceiling::host_memory) result.copy_bytes_per_second = copy_bytes_per_second(cores);
  if (result.copy_bytes_per_second)
    result.ceiling_fraction = result.draws_per_second / copy_ceiling(*result.copy_bytes_per_second);
  if (!on_host) {
    result.calibration = calibrate_devices(row, options);
    if (auto const ceiling = gpu_ceiling(row.ceiling, result.calibration))
      result.ceiling_fraction = result.draws_per_second / *ceiling;
  }
  return result;
}

}  // namespace dsgd
