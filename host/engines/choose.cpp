#include "engines/choose.hpp"

#include <algorithm>
#include <exception>
#include <string>

#include "dsgd/error.hpp"
#include "text/nearest_name.hpp"

namespace dsgd {
namespace {

/// Names of the wanted engines, with commas between them.
template <class Wanted>
std::string names_of(Wanted&& wanted) {
  std::string names;
  for (EngineRow const& row : engine_table())
    if (wanted(row)) names.append(names.empty() ? "" : ", ").append(row.name);
  return names;
}

std::string known_names() {
  return names_of([](EngineRow const&) { return true; });
}

bool has_devices(EngineRow const& row) { return row.has_devices; }

/// Says what of a demand an engine does not serve; empty when it serves all.
std::string refusal(EngineRow const& row, Demand const& demand) {
  for (PlannedPoint const& point : demand.points)
    if (std::string reason = row.refusal(point.observable()); !reason.empty()) return reason;
  return {};
}

Error unknown_engine(std::string_view name, std::string const& known) {
  std::vector<std::string> names{"auto"};
  for (EngineRow const& row : engine_table()) names.emplace_back(row.name);
  return {ExitCode::usage, "--engine '" + std::string(name) + "' is unknown",
          name == "gpu" ? "did you mean cuda?" : did_you_mean(name, names, "no such engine"), "use " + known};
}

}  // namespace

EngineRow const& find_engine(std::string_view name) {
  for (EngineRow const& row : engine_table()) {
    if (row.name != name) continue;
    if (std::string const problem = row.problem(); !problem.empty())
      throw Error(ExitCode::engine_unavailable, "--engine " + std::string(name) + " is not available here",
                  problem, "'dsgd devices' lists the engines that are");
    return row;
  }
  throw unknown_engine(name, "one of " + known_names());
}

void check_engine_name(std::string_view name) {
  if (name == "auto") return;
  auto const has_name = [name](EngineRow const& row) { return row.name == name; };
  if (std::none_of(engine_table().begin(), engine_table().end(), has_name))
    throw unknown_engine(name, "auto, or one of " + known_names());
  find_engine(name);
}

std::vector<EngineRow const*> engines_by_speed(DrawCounts const& draws, EngineOptions const& options) {
  std::vector<EngineRow const*> engines;
  engines.reserve(engine_table().size());
  for (EngineRow const& row : engine_table()) engines.push_back(&row);
  std::stable_sort(engines.begin(), engines.end(), [&](EngineRow const* a, EngineRow const* b) {
    return a->expected_seconds(draws, options) < b->expected_seconds(draws, options);
  });
  return engines;
}

std::vector<EngineRow const*> usable_engines() {
  std::vector<EngineRow const*> engines;
  for (EngineRow const& row : engine_table())
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
  throw Error(ExitCode::usage, "--devices names GPUs", "no chosen engine uses a GPU: " + names,
              "remove it" + choose);
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
    throw Error(ExitCode::engine_unavailable, "--engine auto finds no engine", "none can be used here",
                "see 'dsgd devices'");
  if (problem) std::rethrow_exception(problem);
  throw Error(ExitCode::usage, "--devices names GPUs", names_of(has_devices) + " cannot run this sweep",
              "remove it");
}

}  // namespace

ChosenEngine make_engine(std::string_view name, Demand const& demand, EngineOptions const& options) {
  if (name == "auto") return make_fastest(demand, options);
  EngineRow const* const row = &find_engine(name);
  if (std::string const reason = refusal(*row, demand); !reason.empty())
    throw Error(
        ExitCode::usage, "--engine " + std::string(name) + " cannot run this sweep", reason,
        "use one of " + names_of([&](EngineRow const& other) { return refusal(other, demand).empty(); }));
  check_devices({&row, 1}, options);
  return {row, row->make(options)};
}

}  // namespace dsgd
