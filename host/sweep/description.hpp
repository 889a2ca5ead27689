/// Between what a sweep is asked for and what a store says of it.
#pragma once

#include <string>

#include "request/planned_sweep.hpp"
#include "request/request.hpp"
#include "store/description.hpp"

namespace dsgd {

Description describe(SweepRequest const& request);

/// The sweep that a store describes, as a request that a user could have written.
/// @param path  of the store, for messages
/// @throws Error damaged where the store describes no sweep, a file of measured delays has changed since, or
/// is no regular file: whoever made the store chose it; file where it cannot be read
PlannedSweep described_sweep(Description const& description, std::string const& path);

/// The numbers of workers that a store describes. @throws Error damaged where it describes none
std::vector<std::uint64_t> described_workers(Description const& description, std::string const& path);

/// A sweep as it is typed: its options in one line.
std::string typed_text(Description const& sweep);

/// Says which sweep goes on with a store, where no option has named it.
std::string continuation_text(std::string const& store, SweepRequest const& request);

}  // namespace dsgd
