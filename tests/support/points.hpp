#pragma once

#include <cstdint>

#include "dsgd/planned_point.hpp"

namespace dsgd {

/// A point with its usual, independent draws.
inline Point make_point(Strategy const& strategy, std::uint32_t workers, std::uint64_t iterations,
                        Law const& law = Exponential{}, std::uint64_t seed = 1) {
  return {law, strategy, workers, iterations, {seed, workers}};
}

/// The same point, planned.
inline PlannedPoint make_planned_point(Strategy const& strategy, std::uint32_t workers,
                                       std::uint64_t iterations, Law const& law = Exponential{},
                                       std::uint64_t seed = 1) {
  return PlannedPoint(make_point(strategy, workers, iterations, law, seed));
}

}  // namespace dsgd
