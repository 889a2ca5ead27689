/// What a table of times is like: where its variance comes from, and which worker is the slowest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "fit/measured_times.hpp"
#include "fit/model.hpp"
#include "run/parallel.hpp"
#include "run/work_meter.hpp"

namespace dsgd::fit {

/// Shares of the variance of a time, which add up to 1.
struct VarianceShares {
  double worker, step, rest;
};

/// Variance components of a two-way table without interaction, each at least 0: worker and step are 0 but for
/// chance where workers are alike and steps independent. Source: Searle, Casella, McCulloch, "Variance
/// Components", 1992, 4.
/// @return nothing where all times are equal
std::optional<VarianceShares> variance_shares(Matrix const& times);

/// Correlation of what neither worker nor step explains with the same of the worker's next step, in [-1, 1];
/// chance alone gives -1 / steps. Absent where nothing is left.
std::optional<double> lag_1_autocorrelation(Matrix const& times);

struct SlowestWorker {
  std::size_t worker;  ///< who is the slowest in most steps; the first of several
  double share;        ///< of the steps; 1 / workers, or somewhat more, where workers are alike
};

SlowestWorker most_often_slowest(Matrix const& times);

/// A mean and where it would lie with other steps.
struct MeanOverSteps {
  double mean;
  std::optional<Interval> interval;  ///< 95 %; absent without resampling
};

/// Mean time of a synchronous step.
struct SlowestMeans {
  MeanOverSteps measured;
  MeanOverSteps pooled;      ///< if each worker's time were any of the table's
  MeanOverSteps per_worker;  ///< if each worker's time were any of its own
  /// What replacing the worker of the largest mean by one that is as the others are, on average, takes off
  /// per_worker: a share of it. With resampling, less what the choice of that worker by the same steps adds.
  MeanOverSteps saved;
  std::size_t slowest;  ///< the worker of the largest mean
};

/// Intervals are percentiles of tables whose steps are drawn from those measured.
/// @param replicates  tables; 0 for none and no intervals
/// @param threads     >= 1; no result depends on it
/// @param stop        asked before each table
/// @param meter       counts tables as parts
/// @throws Error stopped
SlowestMeans slowest_means(Matrix const& times, std::uint32_t replicates, std::uint64_t seed,
                           unsigned threads, Stop const& stop = {}, WorkMeter const& meter = {});

}  // namespace dsgd::fit
