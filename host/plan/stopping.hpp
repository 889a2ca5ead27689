/// How far points will go that --relative-error stops, from exact values: nothing is drawn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "run/draw_groups.hpp"

namespace dsgd {

struct Stopping {
  double relative_error;               ///< at which a point stops
  std::size_t stopped = 0;             ///< points that will probably stop before their last iteration
  std::uint64_t fewest = 0, most = 0;  ///< iterations of these
  std::size_t not_stopped = 0;         ///< points that will probably do all
  std::size_t unknown = 0;             ///< points that are counted as if they did all
};

/// Cuts the work of each point down to what it will probably take, or what points with the same draws take.
/// The time for looking is limited: points that were not looked at are unknown.
/// @param work     one per point, of units from 0 on or none at all
/// @param seconds  that this may take, about
Stopping expect_stops(std::span<PlannedPoint const> points, std::span<PointWork> work, double relative_error,
                      double seconds);

}  // namespace dsgd
