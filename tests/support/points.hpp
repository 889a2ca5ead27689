#pragma once

#include <cstdint>
#include <memory>

#include "dsgd/planned_point.hpp"

namespace dsgd {

/// A point with its usual, independent draws.
inline Point make_point(Strategy const& strategy, std::uint32_t workers, std::uint64_t iterations,
                        Law const& law = Exponential{}, std::uint64_t seed = 1) {
  return {{law, workers}, strategy, iterations, {seed, workers}};
}

/// The same point, planned.
inline PlannedPoint make_planned_point(Strategy const& strategy, std::uint32_t workers,
                                       std::uint64_t iterations, Law const& law = Exponential{},
                                       std::uint64_t seed = 1) {
  return PlannedPoint(make_point(strategy, workers, iterations, law, seed));
}

/// Clocks whose updates pass a server, which few engines follow.
inline Point served_clocks() {
  Point point = make_point(KBatchAsync{Share{3}}, 2, 1000);
  point.server = Law{Exponential{100.0}};
  return point;
}

/// Measured steps in their order on clocks.
inline Point replayed_steps_on_clocks() {
  Replay steps;
  steps.set_times(2, {1, 4, 2, 8, 3, 5});
  return {Fleet(std::make_shared<Replay const>(steps)), KBatchAsync{Share{3}}, 1000, {1, 9}};
}

}  // namespace dsgd
