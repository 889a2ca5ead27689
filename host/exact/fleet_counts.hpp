/// How many workers of a fleet have arrived by a time: sums of binomials.
#pragma once

#include <cstdint>
#include <span>

#include "exact/beta_tails.hpp"

namespace dsgd::exact {

/// Equal workers, each of which is still running with the probability e^-hazard.
struct HazardGroup {
  std::uint64_t count;
  double hazard;  ///< >= 0, infinite where all have arrived
};

/// P(`rank` workers or more have arrived), P(fewer have). @pre 1 <= rank <= workers of all groups
Tails rank_tails(std::span<HazardGroup const> fleet, std::uint64_t rank);

/// Workers that are missing until `rank` have arrived, on average: E[max(rank - arrived, 0)].
/// @pre 1 <= rank <= workers of all groups
double mean_missing(std::span<HazardGroup const> fleet, std::uint64_t rank);

/// Workers who still run where fewer than `rank` have arrived, on average: the others are cancelled by then.
/// @pre 1 <= rank <= workers of all groups
double mean_running_before(std::span<HazardGroup const> fleet, std::uint64_t rank);

}  // namespace dsgd::exact
