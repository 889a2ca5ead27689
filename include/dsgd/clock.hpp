/// Strategies that follow the workers' clocks: how many replications of how many updates make a point, and
/// where their draws are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "dsgd/draw.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// A point's independent replications. Where workers go on from job to job, each starts as if they had done
/// so for ever (host/engines/clock_starts.hpp); where every update restarts all, with such a restart. The
/// first updates are discarded and the next are measured.
struct ClockPlan {
  std::uint64_t replications;  ///< in [1, 2^32)
  std::uint64_t warm_up;       ///< updates that are discarded
  std::uint64_t updates;       ///< updates that are measured, per replication
  bool under_way = false;      ///< do workers start in the middle of jobs?
};

/// Jobs of a worker in the warm-up, on average. Times between arrivals need none; but nobody knows how old
/// the model was of a job that was under way, and waiting for several workers changes who is in the middle of
/// what.
inline constexpr std::uint64_t warm_up_jobs = 16;

/// About `iterations` updates in all. What is measured is a whole number of rounds of `workers` arrivals:
/// then constant delays give their exact mean in every replication of async and k-batch-async.
inline ClockPlan clock_plan(Clocks const& clocks, std::uint64_t workers, std::uint64_t iterations) {
  auto const replications =
      std::min<std::uint64_t>({std::max<std::uint64_t>(iterations / 1024, 32), iterations, 0xffffffff});
  std::uint64_t const wanted = (iterations + replications - 1) / replications;
  if (clocks.rule == Clocks::Rule::restart) return {replications, 0, wanted};
  std::uint64_t const round = workers / std::gcd(workers, clocks.gradients);  // updates
  // A point has workers, hence a round updates. NOLINTNEXTLINE(clang-analyzer-core.DivideZero)
  std::uint64_t const rounds = (wanted + round - 1) / round;
  std::uint64_t const warm_up = (warm_up_jobs * workers + clocks.gradients - 1) / clocks.gradients;
  return {replications, (warm_up + round - 1) / round * round, rounds * round, true};
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

/// Words of a worker's start: the last block of its jobs, and those before it for every try that failed. No
/// replication reaches them.
inline constexpr std::uint32_t start_block = 0xffffffff;

}  // namespace dsgd
