/// A sweep's exact values alone, from request to document: nothing is drawn. Nothing here ends the process or
/// writes to standard output; errors are thrown, and what users should know is in the document.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "output/document.hpp"
#include "request/request.hpp"

namespace dsgd {

/// What is known exactly of a point. Times are in the unit of the law and have 12 digits of what varies.
struct ExactRow {
  std::string law, strategy;  ///< canonical specs
  bool has_equal_workers = true;
  std::uint64_t workers;
  double gradients;                 ///< mini-batches that enter an update, on average
  std::optional<double> mean = {};  ///< `infinite` where it does not exist; absent where not known
  std::optional<double> standard_deviation = {};  ///< the same
  std::optional<double> throughput = {};  ///< gradients per unit of time; absent without a finite mean
  std::vector<double> quantiles = {};     ///< one for each probability; empty where they are not known
  std::optional<TimeOfUpdates> updates =
      {};  ///< absent where updates depend on each other, or their mean is not known
};

struct ExactDocument {
  std::vector<ExactRow> rows;  ///< at least one, in the order law, strategy, workers
  std::optional<Communication> communication;
  std::optional<Law> server;
  std::optional<Stragglers> stragglers;
  std::vector<double> quantiles;         ///< probabilities that were asked for, ascending
  std::optional<std::uint64_t> updates;  ///< whose time in a row was asked for
  std::vector<std::string> notes;        ///< of files that were read: a line each
  std::vector<std::string> warnings;     ///< points without an exact value and the like: a line each
  Provenance provenance;
  std::string unit = {};  ///< of times, a label; empty where none is given
};

/// Finds what is known of each point of the sweep, whether or not it can be drawn. Iterations, seed, draws,
/// precision and shard of the request are not looked at.
/// @param argv  for the provenance
/// @pre         no list of the sweep is empty
/// @throws Error usage where no point remains
ExactDocument exact_values(SweepRequest const& request, std::vector<std::string> argv = {});

}  // namespace dsgd
