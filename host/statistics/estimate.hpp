/// From integers to the numbers that users read: the one place where a summary becomes decimals.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "dsgd/summary/summary.hpp"
#include "statistics/distribution.hpp"

namespace dsgd {

/// A quantile of the runtime with its 95 % confidence interval.
struct Quantile {
  double probability;
  double value;
  std::optional<double> low, high;  ///< absent where updates depend on each other
};

/// Updates between a gradient's model and the one that it is applied to.
struct Staleness {
  struct Count {
    std::uint64_t staleness, gradients;
  };
  std::optional<double> mean;      ///< absent where no clocks are followed: then only the exact one is known
  std::optional<double> expected;  ///< exact mean; absent where it is not known
  std::vector<Count> counts;       ///< ascending; above 511 the lower end of a bin at most 1/256 wide
};

/// All times in the unit of the law. What the data cannot give is absent.
struct Estimate {
  std::uint64_t iterations;
  std::optional<double> mean;            ///< absent where the runtime has none: it would be infinite
  std::optional<double> standard_error;  ///< absent for one iteration or no variance, or an infinite one
  /// Ends of Student's t interval of the mean, 12 significant digits or more.
  std::optional<double> ci95_low, ci95_high;
  std::optional<double> standard_deviation;  ///< of one iteration's runtime; absent for one iteration
  double minimum, maximum;
  std::optional<double> expected;  ///< exact mean, 12 significant digits or more
  std::optional<double> z;         ///< (mean - expected) / standard_error, 4 decimals
  /// Gradients per unit of time, and what the ends of the mean's interval make of it: the upper end is absent
  /// where the mean may be 0.
  std::optional<double> throughput, throughput_low, throughput_high;
  /// Shares of the workers' time, 12 decimals; absent where they are not known. See exact/worker_time.hpp.
  std::optional<double> busy, discarded;
  std::optional<double> cost;            ///< time of all workers per gradient: m mean / gradients
  std::uint64_t degrees_of_freedom = 0;  ///< of z, which is Student's t; 0 without a standard error
  std::vector<Quantile> quantiles;
  std::vector<BinCount> bins;          ///< of the runtime's distribution, where the summary has a histogram
  std::optional<Staleness> staleness;  ///< present where workers go on after an update
};

/// Mean with its standard error.
struct MeanInterval {
  double mean, standard_error;
  std::uint64_t degrees_of_freedom;

  /// Half the width of the 95 % interval.
  double half_width() const;
};

/// Mean of a point's runtime, time units. @pre summary.iterations >= 1
double sample_mean(PlannedPoint const& planned, Summary const& summary);

/// Mean of a point's runtime with its standard error.
/// @return nothing for less than two iterations or replications, no variance, or an infinite one
std::optional<MeanInterval> mean_interval(PlannedPoint const& planned, Summary const& summary);

/// Estimates all that a summary can tell of a point.
/// @param quantiles  probabilities in (0, 1), where the summary has a histogram
/// @pre summary.iterations >= 1
Estimate estimate(PlannedPoint const& planned, Summary const& summary,
                  std::span<double const> quantiles = {});

/// Time of some updates in a row. Its distribution is close to normal for many.
struct TimeOfUpdates {
  double mean;                               ///< time units, 12 significant digits
  std::optional<double> standard_deviation;  ///< time units, 12 digits; absent where that of one update is
};

/// Estimates the time of some updates in a row.
/// @param updates  >= 1
/// @return         nothing where updates depend on each other, or a mean is missing
std::optional<TimeOfUpdates> time_of_updates(Point const& point, Estimate const& estimate,
                                             std::uint64_t updates);

}  // namespace dsgd
