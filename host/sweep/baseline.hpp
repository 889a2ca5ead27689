/// Differences to a baseline, whose draws the others share: most of what varies cancels.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/planned_point.hpp"
#include "output/document.hpp"
#include "run/runner.hpp"

namespace dsgd {

/// A run whose points were worked through in equal parts, one after the other.
struct RunInParts {
  RunResult result;                        ///< as that of a run in one
  std::vector<std::vector<double>> means;  ///< [part][point], time units; without parts that were stopped
};

/// @throws Error usage where the baseline has no point, or no other has
void require_baseline(std::span<PlannedPoint const> points, Strategy const& baseline);

/// Runs all points in 64 parts, or as many as the point of the fewest units has. Summaries are those of a run in
/// one, bit for bit.
/// @throws whatever the engine throws
RunInParts run_in_parts(std::span<PlannedPoint const> points, Engine& engine, RunOptions const& options);

/// Differences of each row's mean to that of the baseline under the same law with as many workers. The intervals
/// are Student's of the parts' differences: they count what both have in common, whatever computes it.
/// @param means     [part][row]
/// @param baseline  one of the strategies of the rows
void add_differences(std::vector<ResultRow>& rows, std::span<std::vector<double> const> means,
                     Strategy const& baseline);

}  // namespace dsgd
