/// Points of races for tests, and how far what was measured is from what is known.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "dsgd/race/task.hpp"
#include "exact/race/point.hpp"
#include "race/engine.hpp"
#include "spec/spec.hpp"
#include "statistics/variance.hpp"

namespace dsgd {

inline RacePoint raced(std::string const& strategy, std::uint64_t workers,
                       std::string const& law = "exponential:rate=1", Quadratic const& model = {},
                       double rate = 0.1) {
  return {parse_fleet(law).of(workers), parse_strategy(strategy, "--strategy"), model, rate};
}

/// What the definition measures.
inline RaceSummary defined(RacePoint const& point, RaceMeasures const& measures, std::uint64_t replications,
                           std::uint64_t seed = 1) {
  RaceTask const task(point, measures, seed, false);
  return race(task, replications, {"reference"});
}

/// Mean of the errors that were measured, and its distance from a number in standard errors.
struct MeasuredError {
  double mean, z;
};

inline MeasuredError measured(RaceCheckpoint const& at, RaceTask const& task, std::uint64_t replications,
                              double expected) {
  double const quantum = std::ldexp(1.0, task.error_exponent);
  auto const n = static_cast<double>(replications);
  double const mean = static_cast<double>(at.errors.ticks) * quantum / n;
  double const deviation = std::sqrt(variance(replications, at.errors.ticks, at.errors.squared)) * quantum;
  if (deviation == 0) return {mean, std::abs(mean - expected) < 1e-9 * expected ? 0 : 1e9};
  return {mean, (mean - expected) / (deviation / std::sqrt(n))};
}

/// The distances of all that is measured from what is known, in standard errors.
/// @param point  has exact values over updates; over times where there are stages
inline std::vector<double> distances(RacePoint const& point, RaceMeasures const& measures,
                                     std::uint64_t replications, std::uint64_t seed = 1) {
  ExactRace const exact = exact_race(point).value();
  RaceTask const task(point, measures, seed, false);
  RaceSummary const summary = race(task, replications, {"cpu", 2});
  std::vector<double> z;
  for (std::size_t i = 0; i < measures.updates.size(); ++i)
    z.push_back(measured(summary.after_updates[i], task, replications,
                         exact_error_after(exact, point.model, measures.updates[i]))
                    .z);
  if (auto const errors = exact_errors_at(exact, point.model, measures.times))
    for (std::size_t i = 0; i < measures.times.size(); ++i)
      z.push_back(measured(summary.at_times[i], task, replications, (*errors)[i]).z);
  return z;
}

}  // namespace dsgd
