/// Points of a sweep.
#pragma once

#include <algorithm>
#include <cstdint>
#include <variant>
#include <vector>

#include "dsgd/draw/address.hpp"
#include "dsgd/fleet.hpp"
#include "dsgd/law/list.hpp"
#include "dsgd/runtime.hpp"
#include "dsgd/strategy/list.hpp"

namespace dsgd {

/// What is drawn: the delay of every worker, or the order statistic itself, at a cost that does not depend on
/// the workers.
enum class Sampling { workers, order_statistics };

/// One (fleet, strategy, workers), to be averaged over `iterations` iterations of the draws of `stream`.
/// Samplers may point into the law: a PlannedPoint keeps both together.
struct Point {
  Law law;
  Strategy strategy;
  /// In [1, max_workers], or in [1, max_sampled_workers] where order statistics are sampled; the strategy
  /// fits them.
  std::uint64_t workers;
  std::uint64_t iterations;  ///< in [1, max_iterations]
  Stream stream;
  double communication = 0;  ///< time of one update's communication where all workers meet, time units
  bool quantiles = false;    ///< true to keep a histogram of the runtimes
  Sampling sampling = Sampling::workers;
  std::vector<FleetGroup> fleet = {};  ///< empty where workers are alike; else `law` is that of the first
};

/// Smallest delay of any worker, time units.
inline double origin(Point const& point) {
  double smallest = origin(point.law);
  for (FleetGroup const& group : point.fleet) smallest = std::min(smallest, origin(group.law));
  return smallest;
}

/// Form of a point's runtime. A fleet has a memory as soon as one of its workers has.
inline Runtime runtime(Point const& point) {
  for (FleetGroup const& group : point.fleet)
    if (!memoryless(group.law)) return runtime(point.strategy, group.law, point.workers);
  return runtime(point.strategy, point.law, point.workers);
}

/// True where the point's runtime can be sampled as an order statistic.
inline bool is_order_statistic(Point const& point) {
  return point.fleet.empty() && std::holds_alternative<OrderStatistic>(runtime(point));
}

}  // namespace dsgd
