/// A sweep from request to document: what commands and programs in C++ call. Nothing here ends the process or
/// writes to standard output; errors are thrown, and users are told by the callbacks of the settings. Engine
/// `cuda` alone names GPUs that it leaves out on standard error.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engines/choose.hpp"
#include "output/document.hpp"
#include "request/planned_sweep.hpp"
#include "run/runner.hpp"
#include "sweep/stored_work.hpp"

namespace dsgd {

/// How a sweep is carried out: nothing of this changes a bit of its summaries.
struct SweepSettings {
  std::string engine = "auto";  ///< as make_engine() takes it
  EngineOptions hardware{1};
  std::optional<std::string> store = {};  ///< path of the file that keeps what is done
  Joining joining = Joining::refused;     ///< of the sweep's points and those of another sweep in the store
  bool continued = false;              ///< true where the store itself said what is swept, which is then told
  std::vector<std::string> argv = {};  ///< for the provenance
  /// False where nobody reads what a stopped sweep has if none of its points is finished: it has no rows then,
  /// as their exact values take time that whoever stops a run has not.
  bool unfinished_rows = true;
  std::function<void(Progress const&)> report = [](Progress const&) {
  };                                                  ///< after each slice; dropped at the end
  std::function<bool()> stop = [] { return false; };  ///< see RunOptions::stop
  /// Makes what computes of the engine: another one that shares its work among processes, or the same.
  std::function<std::unique_ptr<Engine>(std::unique_ptr<Engine> own)> share =
      [](std::unique_ptr<Engine> own) { return own; };
  std::function<void(std::string const&)> inform = [](std::string const&) {};  ///< with a line to tell users
  std::function<void(std::string const&)> warn = [](std::string const&) {};    ///< with a line to worry them
};

/// What became of a sweep.
struct SweepOutcome {
  Document document;
  RunResult run;               ///< without summaries: the document has what they tell
  std::optional<Store> store;  ///< still open
};

/// Makes the engine that is to run some points. @throws Error as make_engine()
ChosenEngine choose_engine(std::span<PlannedPoint const> points, SweepSettings const& settings);

/// Runs a sweep, or goes on with it where there is a store, until it is done or stopped.
/// @throws Error as choose_engine(), open_store() and run() do
SweepOutcome run_sweep(PlannedSweep const& sweep, SweepSettings settings);

/// Plans and runs a sweep.
/// @return a document that says whether it is complete
/// @throws Error as plan_sweep() and the above do; file where the store is no longer in its place
Document run_sweep(SweepRequest request, SweepSettings settings = {});

/// @throws Error file where a store is no longer in its place: nothing of it can be promised then
void require_in_place(Store const& store);

}  // namespace dsgd
