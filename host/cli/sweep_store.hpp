/// Between the options of a sweep and what a store says of it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/sweep_options.hpp"
#include "dsgd/point.hpp"
#include "dsgd/sweep.hpp"
#include "output/document.hpp"
#include "run/draw_groups.hpp"
#include "run/shard.hpp"
#include "store/description.hpp"
#include "store/store.hpp"

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

/// A sweep that a store describes, with nothing in its document yet.
struct StoredSweep {
  Sweep sweep;
  SweptPoints swept;
  Document document;
};

/// @param path  of the store, for messages
/// @param argv  what asks for it
/// @throws Error damaged where the store describes no sweep, a file of measured delays has changed since, or
/// is no regular file: whoever made the store chose it; file where it cannot be read
StoredSweep stored_sweep(Description const& description, std::string const& path,
                         std::vector<std::string> const& argv);

/// The options of the sweep that a command's store is of; how it is done is as typed.
/// @return nothing where there is no store yet, or where options say what is swept
/// @throws Error file or damaged, where the store cannot be read or describes no sweep
std::optional<SweepOptions> options_of_store(SweepOptions const& typed);

/// The options that a command needs to be of the same sweep.
std::string options_text(SweepOptions const& options, Sweep const& sweep, SweepRun const& run);

/// Says which sweep goes on, though no option has named it.
void report_stored_sweep(std::string const& store, Description const& sweep);

/// Says which sweep a store is of from now on, as a user may have left options to their defaults.
void report_growth(std::string const& store, Description const& sweep);

/// How a sweep stands to the one that a store is of.
struct Growth {
  bool adds = false;    ///< it has laws, strategies or workers that the store's sweep has not
  bool leaves = false;  ///< it lacks some that the store's sweep has
};

/// Compares a sweep with the one that a store is of.
/// @param work        what is wanted of each point, and what the store has of it
/// @param on_purpose  points of another sweep are meant
/// @throws Error damaged where a sweep brings points of its own and lacks some of the store's, unless on
/// purpose: it belongs in a store of its own; or where the store describes no workers
Growth check_growth(Store const& store, Description const& wanted, std::span<PointWork const> work,
                    bool on_purpose);

}  // namespace dsgd
