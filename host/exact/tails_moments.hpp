/// Moments of what a fleet's workers make, by its tails.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "exact/fleet.hpp"

namespace dsgd::exact {

/// A time by its tails, of which its moments are made.
struct FleetTails {
  std::function<Tails(double x)> at;
  std::vector<double> breaks;  ///< ascending: the lower end, then wherever the tails are not smooth
  std::uint64_t rank;  ///< of the order statistics that are asked for in at(): tells how long that takes
  double tail_index;
};

/// Sums where all delays have atoms alone, else quadrature, as moments_of() of tails_integral.hpp.
/// @return nothing where that would take longer than about a second
std::optional<Moments> moments_of(std::span<Group const> fleet, FleetTails tails);

}  // namespace dsgd::exact
