/// Points of a sweep.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <variant>

#include "dsgd/draw/address.hpp"
#include "dsgd/fleet.hpp"
#include "dsgd/law/list.hpp"
#include "dsgd/runtime.hpp"
#include "dsgd/stragglers.hpp"
#include "dsgd/strategy/list.hpp"

namespace dsgd {

/// What is drawn: the delay of every worker, or the order statistic itself, at a cost that does not depend on
/// the workers.
enum class Sampling { workers, order_statistics };

/// One (fleet, strategy), to be averaged over `iterations` iterations of the draws of `stream`.
/// Samplers may point into the law: a PlannedPoint keeps both together.
struct Point {
  /// [1, max_workers] workers, or [1, max_sampled_workers] where order statistics are sampled; the strategy
  /// fits them.
  Fleet fleet;
  Strategy strategy;
  std::uint64_t iterations;  ///< in [1, max_iterations]
  Stream stream;
  double communication = 0;  ///< time of one update's communication where all workers meet, time units
  bool quantiles = false;    ///< true to keep a histogram of the runtimes
  Sampling sampling = Sampling::workers;
  std::optional<Law> server = {};  ///< of the time that one update takes at the server, where all pass one
  std::optional<Stragglers> stragglers = {};  ///< where workers are slow for a while
  /// Where whole measured steps are drawn: one worker whose delay is the runtime of a step.
  std::optional<Fleet> step = {};

  std::uint64_t workers() const { return fleet.workers(); }

  /// Whose delays are drawn.
  Fleet const& drawn() const { return step ? *step : fleet; }
};

/// Smallest delay that is drawn, time units.
inline double origin(Point const& point) {
  double smallest = std::numeric_limits<double>::infinity();
  for (FleetGroup const& group : point.drawn().groups()) smallest = std::min(smallest, origin(group.law));
  return smallest;
}

/// Form of a point's runtime, as a function of its workers' delays. A fleet has a memory as soon as one of its
/// workers has; at a server, and among stragglers, all have one.
inline Runtime runtime_of_workers(Point const& point) {
  std::span<FleetGroup const> const groups = point.fleet.groups();
  bool const without_memory = !point.server && !point.stragglers &&
                              std::all_of(groups.begin(), groups.end(),
                                          [](FleetGroup const& group) { return memoryless(group.law); });
  Runtime form = runtime(point.strategy, without_memory, point.workers());
  auto const* const statistic = std::get_if<OrderStatistic>(&form);
  if (point.stragglers && statistic != nullptr) form = Clocks{clock_rule::Rounds{}, statistic->rank};
  if (auto* const clocks = std::get_if<Clocks>(&form)) {
    clocks->served = point.server.has_value();
    clocks->straggles = point.stragglers.has_value();
  }
  return form;
}

/// Form of a point's runtime, as a function of the delays that are drawn.
inline Runtime runtime(Point const& point) {
  return point.step ? OrderStatistic{1} : runtime_of_workers(point);
}

/// Steps of a round whose mean is drawn as one delay; 0 where no mean is.
inline std::uint32_t steps_in_mean(Point const& point) {
  if (!point.step) return 0;
  Runtime const form = runtime_of_workers(point);
  auto const* const sum = std::get_if<SlowestSum>(&form);
  return sum == nullptr ? 0 : sum->steps;
}

/// True where the point's runtime can be sampled as an order statistic.
inline bool is_order_statistic(Point const& point) {
  return point.drawn().equal() && std::holds_alternative<OrderStatistic>(runtime(point));
}

}  // namespace dsgd
