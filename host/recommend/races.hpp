/// Races of candidates, each at its own learning rate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "dsgd/fleet.hpp"
#include "dsgd/point.hpp"
#include "dsgd/race/quadratic.hpp"
#include "race/engine.hpp"
#include "recommend/goal.hpp"

namespace dsgd {

/// What a candidate comes to.
struct RacedValue {
  double learning_rate;  ///< with which the value is least
  double value;   ///< the time until the mean error is at the goal's level, or the mean error at its time
  bool is_exact;  ///< true where it comes from no draws
  /// By how much the logarithm of the value is above its own in each batch of runs, all of which are independent;
  /// those of several candidates belong together. Empty where it is exact.
  std::vector<double> varied;
  /// Likewise with each of some tables that are drawn from measured times, by the same draws; empty without such.
  std::vector<double> of_tables = {};
};

struct RaceOptions {
  Goal goal;  ///< that is raced
  Quadratic model;
  std::uint64_t replications;  ///< of each candidate that is not known exactly
  std::uint64_t seed;
  RaceEngine engine;  ///< no result depends on it
};

/// Finds the values of points of one law: one for each point, nothing where its mean error does not come to the
/// level, or far later than that of others.
/// @throws Error usage where a point cannot be raced; stopped
std::vector<std::optional<RacedValue>> raced_values(std::span<Point const> points,
                                                    RaceOptions const& options);

/// The most that the time to the error of a candidate is above that of the best one.
inline constexpr double most_times_the_best = 16;

/// The most jobs of all workers in a run in which the time to an error is looked for.
inline constexpr double most_jobs_of_run = 1 << 17;

/// Ends of the 95 % interval of the difference of the logarithms of two values, around it: (0, 0) where both are
/// exact.
std::pair<double, double> uncertainty_of_runs(RacedValue const& a, RacedValue const& b);

/// Rows of the measured times of a fleet, and how many of them are drawn in a row. @pre fleet.is_measured()
struct MeasuredRows {
  std::size_t rows;
  std::uint32_t block;
};
MeasuredRows rows_of(Fleet const& fleet);

/// Half of the 95 % interval of the same over tables that might have been measured; 0 where nothing was.
double uncertainty_of_tables(RacedValue const& a, RacedValue const& b, MeasuredRows const& rows);

}  // namespace dsgd
