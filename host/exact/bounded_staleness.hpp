#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "exact/fleet.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// Moments of the time between two updates in the long run, where every arrival is one and a worker waits once
/// it has ended more than `staleness` jobs more than the slowest (ssp). The mean is known for staleness 0,
/// under which m updates take the longest of m delays; for one worker; for constant delays, where all end at the
/// pace of the slowest; for two workers with exponential delays;
/// and for more of them that are equal, as long as the chain of how many jobs they are apart has at most a
/// thousand states: (m + staleness)! / (m - 1)! / (staleness + 1)!. The variance is known for one worker alone.
/// @return nothing in other cases
/// @pre    as fleet_moments()
std::optional<Moments> bounded_staleness_moments(std::span<Group const> fleet, std::uint64_t staleness);

/// Long-run mean of the updates between a gradient's model and its own update: of those that work at an update,
/// each but the one that arrives is an update further from its model. Known for staleness 0, under any laws, as
/// workers then arrive in steps: (m - 1) / 2; and for equal workers with exponential delays, as the mean is.
/// @return nothing in other cases
/// @pre    as above
std::optional<double> bounded_staleness_staleness(std::span<Group const> fleet, std::uint64_t staleness);

}  // namespace dsgd::exact
