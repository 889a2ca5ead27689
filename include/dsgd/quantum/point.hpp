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

/// Between which powers of two an order statistic of a fleet's delays is counted.
inline RuntimeRange rank_range(Fleet const& fleet, std::uint64_t rank) {
  if (!fleet.equal()) return fleet_range(fleet.groups(), rank);
  return std::visit(
      [&](auto const& law) {
        return order_statistic_range(law, static_cast<std::uint32_t>(fleet.workers()),
                                     static_cast<std::uint32_t>(rank));
      },
      sampler(fleet.law()));
}

/// The same until a deadline: it is as long as the deadline unless the rank is later or all are earlier.
inline RuntimeRange range_until(Fleet const& fleet, Deadlined const& form, double origin) {
  RuntimeRange const least = rank_range(fleet, form.rank), most = rank_range(fleet, fleet.workers());
  auto const until = static_cast<float>(std::max(0.0, form.deadline - origin));
  return {std::max(least.typical, std::min(floor_log2(until), most.typical)),
          std::max(least.rare, std::min(ceil_log2(until), most.rare))};
}

/// The same where copies may come first.
inline RuntimeRange range_with_copies(Fleet const& fleet, Copied const& form, double origin) {
  CopiesBegin copies{form.after, form.after};
  auto const wait = [&](std::uint64_t rank, double factor) {
    RuntimeRange const range = rank_range(fleet, rank);
    copies.typically = std::max(copies.typically, factor * (origin + std::ldexp(1.0, range.typical)));
    copies.at_latest = std::max(copies.at_latest, factor * (origin + std::ldexp(1.0, range.rare)));
  };
  if (form.arrived > 0) wait(form.arrived, 1);
  if (form.factor > 0) wait(form.arrived / 2 + 1, form.factor);
  return fleet_range(fleet.groups(), form.rank, copies);
}

/// Between which powers of two the point's runtimes are counted. Where a runtime is made of several delays,
/// typical is one excess, and rare a sum of long delays with their origins.
inline RuntimeRange runtime_range(Point const& point) {
  Runtime const form = runtime(point);
  auto const* const statistic = std::get_if<OrderStatistic>(&form);
  Fleet const& drawn = point.drawn();
  if (statistic != nullptr && point.sampling == Sampling::order_statistics)
    return std::visit([&](auto const& law) { return sampled_range(law, drawn.workers(), statistic->rank); },
                      sampler(drawn.law()));
  if (statistic != nullptr) return rank_range(drawn, statistic->rank);
  if (auto const* const until = std::get_if<Deadlined>(&form))
    return range_until(drawn, *until, origin(point));
  if (auto const* const copied = std::get_if<Copied>(&form))
    return range_with_copies(drawn, *copied, origin(point));
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
  if (point.stragglers) range.rare += ceil_log2(static_cast<float>(point.stragglers->factor));
  if (point.server) {  // an update waits for the last job, then for the server
    RuntimeRange const other = of_delays(*point.server);
    range = {std::min(range.typical, other.typical), std::max(range.rare, other.rare) + 1};
  }
  return range;
}

}  // namespace dsgd
