/// Runs points on an engine, in slices short enough to report progress in between.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "dsgd/engine.hpp"
#include "dsgd/point.hpp"
#include "engines/table.hpp"

namespace dsgd {

struct Progress {
  std::size_t points_done, points;
  double draws_done, draws;  ///< draws to be computed; those that several points share count once
  double seconds;            ///< since the start
};

struct RunOptions {
  std::function<void(Progress const&)> report = [](Progress const&) {};  ///< called after each slice
  double slice_seconds = 0.2;  ///< what a slice should take; changes no result
};

struct RunResult {
  std::vector<Summary> summaries;  ///< one per point
  double draws;
  double seconds;
};

/// Draws that the points take.
DrawCounts count_draws(std::span<Point const> points);

/// @throws whatever the engine throws
RunResult run(std::span<Point const> points, Engine& engine, RunOptions const& options);

}  // namespace dsgd
