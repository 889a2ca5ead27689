/// The options of `dsgd sweep` and `dsgd plan`, and the sweep that they ask for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/destinations.hpp"
#include "cli/engine_options.hpp"
#include "request/planned_sweep.hpp"
#include "request/texts.hpp"
#include "sweep/stored_work.hpp"

namespace dsgd {

/// As typed; everything is parsed by our own functions and not by CLI11, whose number types accept -1, 010 and
/// 2^64 in silence.
struct SweepOptions {
  std::vector<std::string> argv;
  SweepTexts what;
  std::string engine = "auto";
  ThreadAndDevice hardware;
  ResultOptions results;
  std::string progress = "auto";
  std::optional<std::string> store;
  bool resume = false;
  bool add = false;        ///< points to a store of others
  bool says_what = false;  ///< some option says what is swept
  bool resumes = false;    ///< the store is there, and says what is swept
  bool plans = false;      ///< nothing is run, so that a shard needs no store
  std::optional<std::string> max_time;

  Joining joining() const { return add ? Joining::on_purpose : Joining::refused; }
};

/// Adds what says which points are computed, and by which engine. @param options  outlives the command
void add_point_options(CLI::App& command, SweepOptions* options);

/// Adds --engine and what it runs on. @param options  outlives the command
void add_engine_options(CLI::App& command, SweepOptions* options);

/// Adds --max-time and --progress. @param options  outlives the command
void add_watch_options(CLI::App& command, SweepOptions* options);

/// Adds all others: how long, where to, and what is kept. @param options  outlives the command
void add_run_options(CLI::App& command, SweepOptions* options);

/// True where an option of the command says what is swept, or which part of it; else a store can say it.
bool says_what_is_swept(CLI::App const& command);

/// Finds the sweep that the options' store is of.
/// @return nothing where there is no store yet, or where options say what is swept
/// @throws Error file or damaged, where the store cannot be read or describes no sweep
std::optional<PlannedSweep> stored_sweep(SweepOptions const& options);

/// Plans the sweep that the options ask for.
/// @throws Error usage; file where measured delays cannot be read
PlannedSweep typed_sweep(SweepOptions const& options);

/// Parses --max-time, seconds. @throws Error usage
std::optional<double> max_seconds(SweepOptions const& options);

}  // namespace dsgd
