/// The options of `dsgd sweep`: as typed, and what they mean.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/destinations.hpp"
#include "cli/engine_options.hpp"
#include "cli/law_options.hpp"
#include "dsgd/planned_point.hpp"
#include "dsgd/sweep.hpp"

namespace dsgd {

/// As typed; everything is parsed here and not by CLI11, whose number types accept -1, 010 and 2^64 in
/// silence.
struct SweepOptions {
  std::vector<std::string> argv;
  std::optional<std::string> workers;
  LawOptions law;
  std::vector<std::string> strategies;
  std::string iterations = "5000";
  std::string seed = "1";
  std::string draws = "independent";
  std::string sampling = "workers";
  std::optional<std::string> communication;
  std::optional<std::string> quantiles;
  std::optional<std::string> updates;
  std::string engine = "auto";
  ThreadAndDevice hardware;
  ResultOptions results;
  std::string progress = "auto";
  std::optional<std::string> relative_error;
  std::optional<std::string> store;
  bool resume = false;
  bool add = false;        ///< points to a store of others
  bool says_what = false;  ///< some option says what is swept
  std::optional<std::string> shard;
  std::optional<std::string> max_time;
};

/// Adds what says which points are computed, and by which engine. @param options  outlives the command
void add_point_options(CLI::App& command, SweepOptions* options);

/// Adds all others: how long, where to, and what is kept. @param options  outlives the command
void add_run_options(CLI::App& command, SweepOptions* options);

/// True where an option of the command says what is swept, or which part of it; else a store can say it.
bool says_what_is_swept(CLI::App const& command);

/// @throws Error usage
Sweep parse_sweep(SweepOptions const& options);

/// Probabilities, ascending; none where none were asked for.
/// @throws Error usage
std::vector<double> parse_quantiles(SweepOptions const& options);

/// Updates in a row whose time is asked for. @throws Error usage
std::optional<std::uint64_t> parse_updates(SweepOptions const& options);

/// The points of a sweep, and what is said of those that are left out: a line for each reason.
struct SweptPoints {
  std::vector<PlannedPoint> points;
  std::vector<std::string> left_out;
};

/// @throws Error usage where no point remains, saying why the first cannot be
SweptPoints points_of(Sweep const& sweep);

/// Says what was read from files of measured delays.
void report_traces(Sweep const& sweep);

/// Says which points are left out, and which are not what users may think.
void warn_of_points(Sweep const& sweep, SweptPoints const& swept);

}  // namespace dsgd
