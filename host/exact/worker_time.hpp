/// Where the workers' time goes: m workers have m T of it while an update takes T.
#pragma once

#include <optional>

#include "dsgd/point.hpp"
#include "exact/moments.hpp"

namespace dsgd {

/// Shares of the workers' time in the long run, in [0, 1], under speculate in [0, 2] together; what is left, workers wait.
/// Absolute error below 1e-11.
struct WorkerTime {
  /// That made gradients which entered an update. A gradient that is under way at an update and enters a
  /// later one counts; the parts of `gradient-coding` count where they were awaited.
  std::optional<double> busy;
  std::optional<double> discarded;  ///< that made gradients which were cancelled, that of copies included
};

/// Where the time of a point's workers goes, which docs/strategies-and-laws.md derives for each strategy:
/// - sync, k-sync, backup, fastest, gradient-coding: busy is the sum of the K smallest delays over m T,
///   discarded m - K times the K-th smallest.
/// - ssp: an update is one job, E[X] / (m T) where T is known, and 0.
/// - deadline: until the gradients arrive, and what those that run at the update have worked.
/// - speculate: of a worker and its copy the first enters. Copies work beside the workers, on those that have
///   arrived or on others: what is discarded may exceed 1, and both shares together reach 2. Not known where copies wait for a share to arrive.
/// - async, k-batch-async: 1 and 0. k-async: nothing is cancelled; busy is known with the K-th smallest
///   delay, where it is the runtime.
/// - local-sgd: E[X] / T per step, and 0.
/// - k-batch-sync: nobody waits but for communication; busy is known for K = 1, for exponential delays, and
///   for constant ones.
/// Communication is waited for.
/// @param runtime  exact_runtime(point)
/// @return         nothing where a share is not known, never a guess
WorkerTime exact_worker_time(Point const& point, std::optional<Moments> const& runtime);

}  // namespace dsgd
