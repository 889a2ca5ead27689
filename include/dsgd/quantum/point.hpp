/// Between which powers of two the runtimes of a point are counted.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
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
  Fleet const& drawn = point.drawn();
  if (statistic != nullptr && !drawn.equal()) return fleet_range(drawn.groups(), statistic->rank);
  if (statistic != nullptr)
    return std::visit(
        [&](auto const& law) {
          return point.sampling == Sampling::order_statistics
                     ? sampled_range(law, drawn.workers(), statistic->rank)
                     : order_statistic_range(law, static_cast<std::uint32_t>(drawn.workers()),
                                             static_cast<std::uint32_t>(statistic->rank));
        },
        sampler(drawn.law()));
  auto const* const sum = std::get_if<SlowestSum>(&form);
  auto const of_delays = [&](Law const& law) {
    double const start = origin(law) - (sum == nullptr ? 0 : origin(point));
    return std::visit(
        [&](auto const& s) { return delay_range(s, start, delays_in_a_row(form, point.workers())); },
        sampler(law));
  };
  // The slowest worker's sum may be one of the group with the coarsest quantum, in which the sums of all
  // groups can be counted. Times between arrivals are as short as the quickest workers make them.
  std::span<FleetGroup const> const groups = drawn.groups();
  RuntimeRange range = of_delays(groups.front().law);
  for (FleetGroup const& group : groups.subspan(1)) {
    RuntimeRange const other = of_delays(group.law);
    if (sum == nullptr)
      range = {std::min(range.typical, other.typical), std::max(range.rare, other.rare)};
    else if (quantum_exponent(other) > quantum_exponent(range))
      range = other;
  }
  return range;
}

}  // namespace dsgd
