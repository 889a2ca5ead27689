/// What a sweep is asked for, parsed: what a command line, a store and a program in C++ have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dsgd/sweep.hpp"
#include "request/texts.hpp"
#include "run/shard.hpp"

namespace dsgd {

/// All that decides the answer of a sweep, and nothing of how it is computed or where it is written.
struct SweepRequest {
  Sweep sweep;
  /// Each law of the sweep with the path that leads to its file, as it was written; none where the canonical
  /// specs will do.
  std::vector<std::string> typed_laws = {};
  std::vector<double> quantiles = {};         ///< probabilities in (0, 1), ascending
  std::optional<std::uint64_t> updates = {};  ///< whose time in a row is asked for, >= 1
  std::optional<Strategy> baseline =
      {};  ///< one of the sweep's strategies, with which the others are compared
  std::optional<double> relative_error = {};  ///< at which a point is done, in [1e-9, 1]
  Shard shard = {};                           ///< the part that is asked for
};

/// @throws Error usage; file where measured delays cannot be read
SweepRequest parse_request(SweepTexts const& texts);

/// What was read from the sweep's files of measured delays: a line for each file.
std::vector<std::string> trace_notes(Sweep const& sweep);

}  // namespace dsgd
