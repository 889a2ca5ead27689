/// Points that share their draws, worked through together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/planned_point.hpp"

namespace dsgd {

/// What is wanted of a point's work, and what is known of it.
struct PointWork {
  IterationRange units;    ///< units that are wanted; see work_units()
  std::uint64_t done = 0;  ///< units that are done, from the first on
  Summary summary = {};    ///< summary of the units that are done
};

/// All work of a point, nothing of which is done.
PointWork whole_work(PlannedPoint const& point);

/// The same of several.
std::vector<PointWork> whole_work(std::span<PlannedPoint const> points);

/// Points with the same draws that have come equally far.
struct DrawGroup {
  Batch batch;
  std::vector<std::size_t> points;  ///< number of the point of each observable
  std::vector<Summary> summaries;   ///< one per observable
  std::uint64_t next = 0;           ///< number of the next unit
  std::uint64_t end = 0;            ///< number of the unit after the last
  bool changed = false;             ///< true where it changed since it was last saved

  /// Draws of the units from `next` on.
  double draws_left() const;

  /// Removes an observable and its point.
  void erase(std::size_t observable);
};

/// One group per (stream, form of runtime, units left), in the order of the points' streams.
/// @param work      one per point
/// @param finished  one per point; points that are finished go into no group
std::vector<DrawGroup> group_by_draws(std::span<PlannedPoint const> points, std::span<PointWork const> work,
                                      std::vector<bool> const& finished);

/// Draws that all groups have left.
double draws_left(std::span<DrawGroup const> groups);

}  // namespace dsgd
