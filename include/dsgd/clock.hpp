/// Strategies that follow the workers' clocks: how many replications of how many updates make a point, and
/// where their draws are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "dsgd/draw.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// A point's independent replications. In each all workers start together; the first updates are discarded
/// and the next are measured.
struct ClockPlan {
  std::uint64_t replications;  ///< in [1, 2^32)
  std::uint64_t warm_up;       ///< updates that are discarded
  std::uint64_t updates;       ///< updates that are measured, per replication
};

/// Jobs of a worker in the warm-up, on average.
inline constexpr std::uint64_t warm_up_jobs = 16;

/// About `iterations` updates in all. What is measured is a whole number of rounds of `workers` arrivals,
/// since laws without spread never forget that all started together; where every update restarts all workers
/// there is nothing to forget.
inline ClockPlan clock_plan(Clocks const& clocks, std::uint64_t workers, std::uint64_t iterations) {
  auto const replications =
      std::min<std::uint64_t>({std::max<std::uint64_t>(iterations / 1024, 32), iterations, 0xffffffff});
  std::uint64_t const wanted = (iterations + replications - 1) / replications;
  if (clocks.rule == Clocks::Rule::restart) return {replications, 0, wanted};
  std::uint64_t const round = workers / std::gcd(workers, clocks.gradients);  // updates
  // A point has workers, hence a round updates. NOLINTNEXTLINE(clang-analyzer-core.DivideZero)
  std::uint64_t const rounds = (wanted + round - 1) / round;
  std::uint64_t const warm_up = (warm_up_jobs * workers + clocks.gradients - 1) / clocks.gradients;
  return {replications, (warm_up + round - 1) / round * round, rounds * round};
}

/// Draws of points that follow clocks: apart from all others.
inline Stream clock_stream(std::uint64_t seed, std::uint64_t workers, bool common) {
  return {seed, common ? 1u << 26 : (1u << 24) + static_cast<std::uint32_t>(workers)};
}

/// Address of a worker's n-th job in a replication, in the terms of draw_word: jobs take the place of
/// iteration_hi four at a time, so that a block of Philox serves four jobs of one worker.
struct JobAddress {
  std::uint64_t iteration;
  std::uint64_t index;
};

/// @pre replication < 2^32, worker <= max_workers, job < 2^34
DSGD_HD JobAddress job_address(std::uint64_t replication, std::uint32_t worker, std::uint64_t job) {
  return {(job / 4) << 32 | replication, std::uint64_t{worker} * 4 + job % 4};
}

}  // namespace dsgd
