/// What a store is of: enough to refuse another sweep by name, and to write the results without the command.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "run/shard.hpp"

namespace dsgd {

/// All as text; lists in the order of the sweep.
struct Description {
  // These must agree where a store is used again.
  std::string arithmetic;  ///< which must be this program's, too
  std::string seed, draws, sampling, communication, server, stragglers, histograms, shard;
  // These may change, within limits.
  std::string relative_error;  ///< empty for none
  std::string iterations;
  std::vector<std::string> laws;  ///< canonical, of all sweeps so far
  // These describe the last sweep alone.
  std::vector<std::string> swept_laws;  ///< canonical, equal workers of a given number with that number
  std::vector<std::string> typed_laws;  ///< with the paths that lead to their files
  std::vector<std::string> strategies;
  std::string workers, quantiles, updates;

  friend bool operator==(Description const&, Description const&) = default;
};

/// One line per entry, "key value"; of equal descriptions the same.
std::string description_text(Description const& description);

/// @return nothing for any text that description_text() does not write
std::optional<Description> parse_description(std::string_view text);

/// What a stored description lacks, or has of the wrong form, such as "it has no law"; empty when nothing is
/// wrong. Specs are not looked into: they may name files.
std::string flaw(Description const& description);

/// A law's spec without what its files hold.
std::string without_hashes(std::string spec);

/// What keeps a sweep from going on with a store, such as "--seed is 2, the store's is 1"; empty when nothing
/// does.
std::string difference(Description const& stored, Description const& wanted);

/// What a store holds after a sweep that goes on with it. @pre difference(stored, wanted) is empty
Description joined(Description const& stored, Description const& wanted);

/// The one text of a point's work, but for what the description says of all: its law, strategy and workers
/// and, where clocks are followed, the length of its replications.
std::string point_text(PlannedPoint const& planned);

}  // namespace dsgd
