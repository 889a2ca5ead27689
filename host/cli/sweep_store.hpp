/// Between the options of a sweep and what a store says of it.
#pragma once

#include <optional>

#include "cli/sweep_options.hpp"
#include "dsgd/sweep.hpp"
#include "shard.hpp"
#include "store/description.hpp"

namespace dsgd {

/// How a sweep is carried out; see SweepOptions.
struct SweepRun {
  std::optional<double> relative_error;
  std::optional<double> max_seconds;
  Shard shard;
};

/// @throws Error usage
SweepRun parse_sweep_run(SweepOptions const& options);

Description describe(SweepOptions const& options, Sweep const& sweep, SweepRun const& run);

/// The options of a sweep that a store describes.
SweepOptions options_of(Description const& description);

/// Is the sweep still the described one? Files of measured delays may have changed.
/// @throws Error damaged where it is not
void check_laws(Description const& description, Sweep const& sweep);

}  // namespace dsgd
