/// From the integers of a race to the numbers that users read.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "dsgd/race/task.hpp"
#include "exact/race/point.hpp"
#include "race/race.hpp"

namespace dsgd {

/// The rows of a point.
/// @param told   the times that are told, of those that the task measures, ascending
/// @param exact  what is known of the point
std::vector<RaceRow> race_rows(RaceTask const& task, RaceSummary const& summary, std::span<double const> told,
                               std::optional<ExactRace> const& exact);

/// When the target is reached. @pre the task has one
TargetResult target_result(RaceTask const& task, RaceSummary const& summary,
                           std::optional<ExactRace> const& exact);

/// When errors are at a target for the first time, linear between times.
/// @param times   ascending; errors[i] is that of times[i]
/// @return        nothing where none of them is
std::optional<double> first_crossing(std::span<double const> times, std::span<double const> errors,
                                     double target);

/// The exact error's first time at the target. @param times  ascending, dense enough to see where
std::optional<double> exact_crossing(ExactRace const& exact, Quadratic const& model,
                                     std::span<double const> times, double target);

/// Mean errors at the times that a task measures; infinite where replications diverge.
std::vector<double> mean_errors(RaceTask const& task, RaceSummary const& summary);

}  // namespace dsgd
