/// Between which powers of two the runtimes of a point are counted.
#pragma once

#include <algorithm>
#include <cstdint>
#include <variant>

#include "dsgd/point.hpp"
#include "dsgd/quantum/fleet.hpp"
#include "dsgd/quantum/range.hpp"
#include "dsgd/quantum/sampled.hpp"

namespace dsgd {

/// The most delays in a row that a runtime is made of: it takes at most so many times the longest of them.
inline std::uint64_t delays_in_a_row(Runtime const& form, std::uint64_t workers) {
  if (auto const* const sum = std::get_if<SlowestSum>(&form)) return sum->steps;
  auto const* const clocks = std::get_if<Clocks>(&form);
  return clocks == nullptr ? 1 : delays_in_a_row(clocks->rule, workers, clocks->gradients);
}

/// Between which powers of two the point's runtimes are counted. Where a runtime is made of several delays,
/// typical is one excess, and rare a sum of long delays with their origins.
inline RuntimeRange runtime_range(Point const& point) {
  Runtime const form = runtime(point);
  auto const* const statistic = std::get_if<OrderStatistic>(&form);
  if (statistic != nullptr && !point.fleet.empty()) return fleet_range(point.fleet, statistic->rank);
  auto const* const sum = std::get_if<SlowestSum>(&form);
  auto const of_delays = [&](Law const& law) {
    double const start = origin(law) - (sum == nullptr ? 0 : origin(point));
    return std::visit(
        [&](auto const& s) { return delay_range(s, start, delays_in_a_row(form, point.workers)); },
        sampler(law));
  };
  if (!point.fleet.empty()) {
    // The slowest worker's sum may be one of the group with the coarsest quantum, in which the sums of all
    // groups can be counted. Times between arrivals are as short as the quickest workers make them.
    bool const slowest_only = sum != nullptr;
    RuntimeRange range = of_delays(point.fleet.front().law);
    for (FleetGroup const& group : point.fleet) {
      RuntimeRange const other = of_delays(group.law);
      if (!slowest_only)
        range = {std::min(range.typical, other.typical), std::max(range.rare, other.rare)};
      else if (quantum_exponent(other) > quantum_exponent(range))
        range = other;
    }
    return range;
  }
  if (statistic == nullptr) return of_delays(point.law);
  return std::visit(
      [&](auto const& law) {
        return point.sampling == Sampling::order_statistics
                   ? sampled_range(law, point.workers, statistic->rank)
                   : order_statistic_range(law, static_cast<std::uint32_t>(point.workers),
                                           static_cast<std::uint32_t>(statistic->rank));
      },
      sampler(point.law));
}

}  // namespace dsgd
