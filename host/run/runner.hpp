/// Runs points on an engine, in slices short enough to report, save and stop in between.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/planned_point.hpp"
#include "engines/table.hpp"
#include "run/draw_groups.hpp"

namespace dsgd {

struct Progress {
  std::size_t points_done, points;
  double draws_done, draws;  ///< draws to be computed; those that several points share count once
  double seconds;            ///< since the start
};

/// Seconds by a clock that never goes back; only differences mean something.
double steady_seconds();

struct RunOptions {
  std::function<void(Progress const&)> report = [](Progress const&) {};  ///< called after each slice
  double slice_seconds = 0.2;  ///< what a slice should take; changes no result
  /// Asked after each slice, and within those whose units take long, from any thread: what a slice has done
  /// is then given up.
  std::function<bool()> stop = [] { return false; };
  std::optional<double> relative_error = {};  ///< at which a point is done; see is_precise()
  /// Called about every `save_seconds`, and in the end, with the numbers of the points that went on since.
  std::function<void(std::span<std::size_t const> points, std::span<PointWork const> work)> save = {};
  double save_seconds = 1;
  std::function<double()> now = steady_seconds;  ///< by which slices are measured
};

struct RunResult {
  std::vector<Summary> summaries;  ///< one per point
  double draws;                    ///< that were computed
  double seconds;
  bool complete = true;             ///< false where it was stopped before all was done
  bool gave_up = false;             ///< true where that was in the middle of a slice, which is lost
  std::vector<bool> finished = {};  ///< which points are done, where it was stopped; else all are
};

/// Draws that the points take.
DrawCounts count_draws(std::span<PlannedPoint const> points);

/// Draws that are left of their work. @param work  one per point
DrawCounts count_draws(std::span<PlannedPoint const> points, std::span<PointWork const> work);

/// Is all done that is wanted of a point?
bool is_finished(PlannedPoint const& point, PointWork const& work, std::optional<double> relative_error);

/// Goes on with work that may be partly done.
/// @param work  one per point; where there is a relative error, of units from 0 on, or none at all
/// @throws whatever the engine throws, or save
RunResult run(std::span<PlannedPoint const> points, std::vector<PointWork> work, Engine& engine,
              RunOptions const& options);

/// Does all work of all points.
RunResult run(std::span<PlannedPoint const> points, Engine& engine, RunOptions const& options);

}  // namespace dsgd
