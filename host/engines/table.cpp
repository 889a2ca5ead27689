#include "engines/table.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <string>
#include <vector>

#include "dsgd/engine/cuda.hpp"
#include "dsgd/engine/fused_refusal.hpp"
#include "dsgd/engine/materialized.hpp"
#include "dsgd/error.hpp"
#include "engines/cpu/cpu.hpp"
#include "engines/definition/reference.hpp"
#include "text/nearest_name.hpp"
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
  if (statistic == nullptr) return "it does not add up steps";
  if (statistic->rank != 1 && statistic->rank != observable.workers)
    return "it keeps only the fastest and the slowest worker";
  if (!observable.groups.empty()) return "it needs workers of one law";
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
    throw Error(
        ExitCode::engine_unavailable,
        "--devices names several GPUs (--engine cuda-materialized runs on one): name one, as --devices 0, "
        "or use --engine cuda");
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

unsigned all_threads(EngineOptions const& options) { return options.threads; }
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
              return draws.shared * cpu_seconds / options.threads;
            },
        .draws = shared_draws,
        .memory_traffic = no_traffic,
        .memory = no_memory,
        .make = [](EngineOptions const& options) { return make_cpu_engine(options.threads); },
        .cores = all_threads,
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
              return draws.separate * cpu_materialized_seconds / options.threads;
            },
        .draws = separate_draws,
        .memory_traffic = materialized_traffic,
        .memory = host_chunks,
        .make = [](EngineOptions const& options) { return make_cpu_materialized_engine(options.threads); },
        .cores = all_threads,
        .ceiling = Ceiling::host_memory,
    },
    EngineRow{
        .name = "cuda",
        .meaning = "fused kernels on GPUs: order statistics, sums and clocks, by cuRAND's words",
        .serves = "all but unequal workers on clocks",
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

/// Names of the wanted engines, with commas between them.
template <class Wanted>
std::string names_of(Wanted&& wanted) {
  std::string names;
  for (EngineRow const& row : rows)
    if (wanted(row)) names.append(names.empty() ? "" : ", ").append(row.name);
  return names;
}

std::string known_names() {
  return names_of([](EngineRow const&) { return true; });
}

bool has_devices(EngineRow const& row) { return row.has_devices; }

Error unknown_engine(std::string_view name, std::string const& known) {
  std::vector<std::string> names{"auto"};
  for (EngineRow const& row : rows) names.emplace_back(row.name);
  return {ExitCode::usage,
          "--engine '" + std::string(name) + "' is unknown (" +
              (name == "gpu" ? "did you mean cuda?" : did_you_mean(name, names, "no such engine")) +
              "): use " + known};
}

}  // namespace

std::span<EngineRow const> engine_table() { return rows; }

EngineRow const& find_engine(std::string_view name) {
  for (EngineRow const& row : rows) {
    if (row.name != name) continue;
    if (std::string const problem = row.problem(); !problem.empty())
      throw Error(ExitCode::engine_unavailable, "--engine " + std::string(name) + " is not available here (" +
                                                    problem + "): 'dsgd devices' lists the engines that are");
    return row;
  }
  throw unknown_engine(name, "one of " + known_names());
}

void check_engine_name(std::string_view name) {
  if (name == "auto") return;
  auto const has_name = [name](EngineRow const& row) { return row.name == name; };
  if (std::none_of(rows.begin(), rows.end(), has_name))
    throw unknown_engine(name, "auto, or one of " + known_names());
  find_engine(name);
}

std::vector<EngineRow const*> engines_by_speed(DrawCounts const& draws, EngineOptions const& options) {
  std::vector<EngineRow const*> engines;
  engines.reserve(rows.size());
  for (EngineRow const& row : rows) engines.push_back(&row);
  std::stable_sort(engines.begin(), engines.end(), [&](EngineRow const* a, EngineRow const* b) {
    return a->expected_seconds(draws, options) < b->expected_seconds(draws, options);
  });
  return engines;
}

namespace {

/// Says what of a demand an engine does not serve; empty when it serves all.
std::string refusal(EngineRow const& row, Demand const& demand) {
  for (PlannedPoint const& point : demand.points)
    if (std::string reason = row.refusal(point.observable()); !reason.empty()) return reason;
  return {};
}

}  // namespace

std::vector<EngineRow const*> usable_engines() {
  std::vector<EngineRow const*> engines;
  for (EngineRow const& row : rows)
    if (row.problem().empty()) engines.push_back(&row);
  return engines;
}

void check_devices(std::span<EngineRow const* const> engines, EngineOptions const& options,
                   EngineChoice choice) {
  bool const any =
      std::any_of(engines.begin(), engines.end(), [](EngineRow const* e) { return e->has_devices; });
  if (options.devices.empty() || any) return;
  std::string names;
  for (EngineRow const* const engine : engines) names.append(names.empty() ? "" : ", ").append(engine->name);
  std::string const choose =
      choice == EngineChoice::none ? "" : ", or use --engine with one of " + names_of(has_devices);
  throw Error(ExitCode::usage,
              "--devices names GPUs (no chosen engine uses a GPU: " + names + "): remove it" + choose);
}

namespace {

/// Makes the engine that is expected to finish first. Engines are asked in the order of their expected times,
/// so that a small sweep never waits until CUDA has looked for devices. Where --devices names some, only
/// engines with devices are asked.
ChosenEngine make_fastest(Demand const& demand, EngineOptions const& options) {
  bool const on_devices = !options.devices.empty();
  if (on_devices) check_devices(usable_engines(), options);
  std::exception_ptr problem;
  for (EngineRow const* const row : engines_by_speed(demand.draws, options)) {
    if ((on_devices && !row->has_devices) || !refusal(*row, demand).empty()) continue;
    try {
      if (row->problem().empty()) return {row, row->make(options)};
    } catch (Error const& error) {
      bool const another_may_do =
          error.code() == ExitCode::engine_unavailable || error.code() == ExitCode::device;
      if (!another_may_do) throw;
      problem = std::current_exception();
    }
  }
  if (!on_devices)
    throw Error(ExitCode::engine_unavailable,
                "--engine auto finds no engine (none can be used here): see 'dsgd devices'");
  if (problem) std::rethrow_exception(problem);
  throw Error(ExitCode::usage,
              "--devices names GPUs (" + names_of(has_devices) + " cannot run this sweep): remove it");
}

}  // namespace

ChosenEngine make_engine(std::string_view name, Demand const& demand, EngineOptions const& options) {
  if (name == "auto") return make_fastest(demand, options);
  EngineRow const* const row = &find_engine(name);
  if (std::string const reason = refusal(*row, demand); !reason.empty())
    throw Error(ExitCode::usage,
                "--engine " + std::string(name) + " cannot run this sweep (" + reason + "): use one of " +
                    names_of([&](EngineRow const& other) { return refusal(other, demand).empty(); }));
  check_devices({&row, 1}, options);
  return {row, row->make(options)};
}

}  // namespace dsgd
