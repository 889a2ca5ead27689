/// A race from request to document: what the command and programs in C++ call. Nothing here ends the process or
/// writes to standard output; errors are thrown, and what users should know is in the document.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "output/document.hpp"
#include "race/engine.hpp"
#include "race/request.hpp"

namespace dsgd {

/// The mean error of all replications at a time, or after some updates. Numbers have 12 significant digits.
struct RaceRow {
  std::optional<double> time;                 ///< time units; absent where the row is of a number of updates
  std::optional<double> error = {};           ///< mean over replications; absent where some diverge
  std::optional<double> standard_error = {};  ///< absent where replications do not differ
  std::optional<double> ci95_low = {}, ci95_high = {};  ///< Student's t
  std::optional<double> expected = {};                  ///< exact; absent where it is not known
  std::optional<double> z = {};                         ///< (error - expected) / standard_error, 4 decimals
  double updates = 0;                                   ///< mean; as asked for where the row is of a number
  std::optional<double> staleness = {};  ///< mean of the gradients so far, in updates; absent without any
};

/// When the target is reached, until the last time. Two different things, as a mean is below the target once
/// most replications are, or once those that are not are near.
struct TargetResult {
  std::optional<double> mean_error_time;  ///< when the mean error reaches it; absent where it does not
  std::optional<double> expected_time;  ///< the same of the exact mean error; absent where that is not known
  double reached = 0;                   ///< share of the replications that ever were there
  /// Mean and interval of the replications' own first times; absent where not all were there.
  std::optional<double> mean, standard_error, ci95_low, ci95_high;
  std::optional<double> q10, q50, q90;  ///< quantiles over all replications; absent where too few were there
};

/// What became of a strategy with a learning rate.
struct RaceResult {
  std::string law, strategy;  ///< canonical specs
  bool has_equal_workers = true;
  std::uint64_t workers;
  double learning_rate;
  std::vector<RaceRow> rows;        ///< by time, then by updates
  std::vector<RaceRow> curve = {};  ///< at many times, where curves are asked for
  std::optional<TargetResult> target = {};
};

struct RaceDocument {
  std::vector<RaceResult> results;  ///< at least one, in the order law, strategy, workers, learning rate
  Quadratic model;
  bool best_rates;  ///< true where learning rates were looked for
  std::optional<double> target;
  std::uint64_t replications, seed;
  Draws draws;
  std::optional<Communication> communication;
  std::string unit;                ///< of times, a label; empty where none is given
  std::vector<std::string> notes;  ///< of files that were read: a line each
  std::vector<std::string> warnings;
  Provenance provenance;
};

/// @param unit  of times, a label that fits into a table; may be empty
/// @param argv  for the provenance
/// @throws Error usage where no point remains, or where delays are always 0; stopped
RaceDocument race(RaceRequest const& request, RaceEngine const& engine, std::string unit = {},
                  std::vector<std::string> argv = {});

}  // namespace dsgd
