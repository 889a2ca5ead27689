/// Points that share their draws, worked through together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/observable.hpp"
#include "dsgd/point.hpp"

namespace dsgd {

/// What is wanted of a point's work, and what is known of it.
struct PointWork {
  IterationRange units;    ///< wanted; see work_units()
  std::uint64_t done = 0;  ///< of them, from the first on
  Summary summary = {};    ///< of those that are done
};

/// All work of a point, nothing of which is done.
PointWork whole_work(Point const& point);

/// The same of several.
std::vector<PointWork> whole_work(std::span<Point const> points);

/// Points with the same draws that have come equally far.
struct DrawGroup {
  Batch batch;
  std::vector<std::size_t> points;  ///< number of the point of each observable
  std::vector<Summary> summaries;   ///< one per observable
  std::uint64_t next = 0;           ///< unit
  std::uint64_t end = 0;            ///< unit after the last
  bool changed = false;             ///< since it was last saved

  double draws_left() const;

  /// Lets an observable go.
  void erase(std::size_t observable);
};

/// One group per (stream, form of runtime, units left), in the order of the points' streams.
/// @param work      one per point
/// @param finished  likewise: those that are go into no group
std::vector<DrawGroup> group_by_draws(std::span<Point const> points, std::span<PointWork const> work,
                                      std::vector<bool> const& finished);

double draws_left(std::span<DrawGroup const> groups);

}  // namespace dsgd
