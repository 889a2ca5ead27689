#include "engines/table.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <thread>
#include <vector>

#include "dsgd/engine/cuda.hpp"
#include "dsgd/engine/fused_refusal.hpp"
#include "dsgd/engine/materialized.hpp"
#include "dsgd/error.hpp"
#include "engines/cpu/cpu.hpp"
#include "engines/definition/reference.hpp"
#include "text/warn.hpp"

namespace dsgd {
namespace {

std::string no_problem() { return {}; }
std::string no_refusal(Observable const&) { return {}; }

constexpr std::string_view extremes_served = "fastest and slowest of equal workers, no quantiles";

/// Says what an engine does not serve that keeps only the largest and the smallest delay of an iteration.
std::string extremes_alone(Observable const& observable) {
  auto const* const statistic = std::get_if<OrderStatistic>(&observable.runtime);
  if (std::holds_alternative<SampledOrderStatistic>(observable.runtime))
    return "it draws every worker, and cannot sample order statistics";
  if (std::holds_alternative<Clocks>(observable.runtime)) return "it does not follow clocks";
  if (std::holds_alternative<SlowestSum>(observable.runtime)) return "it does not add up steps";
  if (statistic == nullptr) return "it has neither deadlines nor copies";
  if (statistic->rank != 1 && statistic->rank != observable.workers())
    return "it keeps only the fastest and the slowest worker";
  if (!observable.has_equal_workers()) return "it needs workers of one law";
  if (observable.histogram) return "it keeps no histograms for quantiles";
  return {};
}

/// Seconds per draw on one thread of a server of 2023. The orders of magnitude matter, not the digits.
constexpr double reference_seconds = 2e-8;
constexpr double cpu_seconds = 4e-10;
constexpr double cpu_materialized_seconds = 8e-9;
constexpr double cuda_materialized_seconds = 1e-11;  // counted from memory traffic, not measured
// Counted on machine code, not measured: 5e-13 and 5e-12 on the largest GPUs, more on small ones. With few
// workers the runtimes take longer than the draws.
constexpr double cuda_seconds = 2e-12;
constexpr double cuda_runtime_seconds = 2e-11;
constexpr double cuda_start_seconds = 0.5;  // a context, and loading the kernels

/// GPUs that the engine may use: each of the processes that share a machine has one of its own.
std::vector<int> own_devices(EngineOptions const& options) {
  if (!options.local_rank) return options.devices;
  std::vector<int> devices = options.devices;
  if (devices.empty())
    for (CudaDevice const& device : cuda_inventory().devices) devices.push_back(device.ordinal);
  if (devices.empty()) return devices;
  return {devices[static_cast<std::size_t>(*options.local_rank) % devices.size()]};
}

/// The GPU of an engine that uses only one. @throws Error engine_unavailable where several are named
int only_device(EngineOptions const& options) {
  std::vector<int> const devices = own_devices(options);
  if (devices.size() > 1)
    throw Error(ExitCode::engine_unavailable, "--devices names several GPUs",
                "--engine cuda-materialized runs on one", "name one, as --devices 0, or use --engine cuda");
  return devices.empty() ? 0 : devices.front();
}

double device_count(EngineOptions const& options) {
  if (options.local_rank) return 1;
  return std::max(1.0, static_cast<double>(options.devices.size()));
}

double shared_draws(DrawCounts const& draws) { return draws.shared; }
double separate_draws(DrawCounts const& draws) { return draws.separate; }

double no_traffic(DrawCounts const&) { return 0; }
std::uint64_t no_memory(EngineOptions const&) { return 0; }

/// Bytes of the delays as float32 and of the two extremes of each iteration.
double materialized_traffic(DrawCounts const& draws) { return 4 * draws.separate + 8 * draws.runtimes; }

/// More threads than cores share them.
unsigned busy_cores(EngineOptions const& options) {
  return std::min(options.threads, std::max(1u, std::thread::hardware_concurrency()));
}
unsigned one_core(EngineOptions const&) { return 1; }

std::uint64_t host_chunks(EngineOptions const& options) { return options.threads * host_chunk_bytes; }
std::uint64_t device_chunk(EngineOptions const&) { return device_chunk_bytes; }

constexpr std::array rows{
    EngineRow{
        .name = "reference",
        .meaning = "the definition of every number: scalar, one thread",
        .serves = "everything",
        .problem = no_problem,
        .refusal = no_refusal,
        .expected_seconds = [](DrawCounts const& draws,
                               EngineOptions const&) { return draws.separate * reference_seconds; },
        .draws = separate_draws,
        .memory_traffic = no_traffic,
        .memory = no_memory,
        .make = [](EngineOptions const&) { return make_reference_engine(); },
        .cores = one_core,
        .is_definition = true,
    },
    EngineRow{
        .name = "cpu",
        .meaning = "order statistics, sums and clocks in vector registers, on all cores",
        .serves = "everything",
        .problem = no_problem,
        .refusal = no_refusal,
        .expected_seconds =
            [](DrawCounts const& draws, EngineOptions const& options) {
              return draws.shared * cpu_seconds / busy_cores(options);
            },
        .draws = shared_draws,
        .memory_traffic = no_traffic,
        .memory = no_memory,
        .make = [](EngineOptions const& options) { return make_cpu_engine(options.threads); },
        .cores = busy_cores,
        .ceiling = Ceiling::vector_ports,
    },
    EngineRow{
        .name = "cpu-materialized",
        .meaning = "the GPU pipeline's Thrust code compiled for the host",
        .serves = extremes_served,
        .problem = no_problem,
        .refusal = extremes_alone,
        .expected_seconds =
            [](DrawCounts const& draws, EngineOptions const& options) {
              return draws.separate * cpu_materialized_seconds / busy_cores(options);
            },
        .draws = separate_draws,
        .memory_traffic = materialized_traffic,
        .memory = host_chunks,
        .make = [](EngineOptions const& options) { return make_cpu_materialized_engine(options.threads); },
        .cores = busy_cores,
        .ceiling = Ceiling::host_memory,
    },
    EngineRow{
        .name = "cuda",
        .meaning = "fused kernels on GPUs: order statistics, sums and clocks, by cuRAND's words",
        .serves = "all but clocks that pass a server",
        .problem = [] { return cuda_inventory().problem; },
        .refusal = fused_refusal,
        .expected_seconds =
            [](DrawCounts const& draws, EngineOptions const& options) {
              return cuda_start_seconds +
                     (draws.shared * cuda_seconds + draws.runtimes * cuda_runtime_seconds) /
                         device_count(options);
            },
        .draws = shared_draws,
        .memory_traffic = no_traffic,
        .memory = no_memory,
        .make = [](EngineOptions const& options) { return make_cuda_engine(own_devices(options), warn); },
        .cores = one_core,
        .ceiling = Ceiling::device_multiplies,
        .has_devices = true,
    },
    EngineRow{
        .name = "cuda-materialized",
        .meaning = "cuRAND kernel and Thrust segmented reductions on a GPU",
        .serves = extremes_served,
        .problem = [] { return cuda_inventory().problem; },
        .refusal = extremes_alone,
        .expected_seconds =
            [](DrawCounts const& draws, EngineOptions const&) {
              return cuda_start_seconds + draws.separate * cuda_materialized_seconds +
                     draws.runtimes * cuda_runtime_seconds;
            },
        .draws = separate_draws,
        .memory_traffic = materialized_traffic,
        .memory = device_chunk,
        .make =
            [](EngineOptions const& options) { return make_cuda_materialized_engine(only_device(options)); },
        .cores = one_core,
        .ceiling = Ceiling::device_memory_or_draws,
        .has_devices = true,
        .one_device = true,
    },
};

}  // namespace

std::span<EngineRow const> engine_table() { return rows; }

}  // namespace dsgd
