/// How many replications of how many updates make a point whose strategy follows the workers' clocks, and
/// where their draws are.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "dsgd/draw/address.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/runtime.hpp"

namespace dsgd {

/// A point's independent replications. Where workers go on from job to job, a replication starts as if they
/// had done so for ever (host/engines/definition/clock_starts.hpp); where every update restarts all workers,
/// it starts with such a restart. Its first updates are discarded and the next are measured.
struct ClockPlan {
  std::uint64_t replications;  ///< in [1, 2^32)
  std::uint64_t warm_up;       ///< updates that are discarded
  std::uint64_t updates;       ///< updates that are measured, per replication
  bool under_way = false;      ///< true where workers start in the middle of jobs
  bool settles = true;         ///< true where the warm-up is long enough for what depends on the start
};

/// The fewest jobs, on average, that a worker does in the warm-up where workers wait for each other.
inline constexpr std::uint64_t warm_up_jobs = 16;

/// The most jobs until a start no longer matters for which a warm-up is made: a longer one takes too long.
inline constexpr double max_warm_up_jobs = 65536;

/// Jobs until a start no longer matters beyond which long jobs are rare: windows shorter than them then
/// differ by who is in the middle of one. Of the intervals of 32 replications of 160 updates 92 % held the
/// mean (two-point 1 or 1000 (0.001), m = 16), and 95 % where windows are as long as warm-ups.
inline constexpr double rare_jobs = 64;

/// The most updates of a warm-up: together with the measured ones they are counted in 32 bits.
inline constexpr std::uint64_t max_warm_up = std::uint64_t{1} << 28;

/// Plans replications that have about `iterations` measured updates in all. Times between arrivals need no
/// warm-up; but nobody knows how old the model was of a job that was under way: staleness needs one as long
/// as the longest jobs that matter. Where workers wait for each other it is twice as long, as waiting changes
/// who is in the middle of what. Replications become longer, and fewer, before warm-ups take most of the
/// time.
///
/// Where updates pass a server, or workers are slow for a while, nobody knows in the middle of what all are: they begin
/// together, and the warm-up is as long as where workers wait for each other.
///
/// A replication measures a whole number of rounds: then constant delays give their exact mean in every
/// replication, and nearly constant ones have hardly an error from where a window ends.
/// @param settling_jobs  jobs that a worker ends on average until a start no longer matters
inline ClockPlan clock_plan(Clocks const& clocks, std::uint64_t workers, std::uint64_t iterations,
                            double settling_jobs = 0) {
  bool const wait = they_wait(clocks.rule) || clocks.served || clocks.straggles;
  std::uint64_t const round = updates_per_round(clocks.rule, workers, clocks.gradients);
  // A round of very many workers has more updates than are asked for.
  std::uint64_t const fewest = round > 16384 ? 8 : 32;
  auto const replications = [&](std::uint64_t updates) {
    return std::min<std::uint64_t>(
        {std::max<std::uint64_t>(iterations / updates, fewest), iterations, 0xffffffff});
  };
  auto const per_replication = [&](std::uint64_t parts) { return (iterations + parts - 1) / parts; };
  std::uint64_t const short_ones = replications(1024);
  // Every update begins a job of every worker.
  if (all_restart(clocks.rule))
    return {short_ones, static_cast<std::uint64_t>(std::ceil(settling_jobs)), per_replication(short_ones)};
  auto const updates_of = [&](double jobs) {
    double const updates = jobs * static_cast<double>(workers) / static_cast<double>(clocks.gradients);
    return static_cast<std::uint64_t>(std::min(updates, static_cast<double>(2 * max_warm_up))) + 1;
  };
  std::uint64_t const needed = updates_of(wait ? 2 * settling_jobs : settling_jobs);
  bool const settles = settling_jobs <= max_warm_up_jobs && needed <= max_warm_up;
  std::uint64_t const least = wait ? updates_of(warm_up_jobs) : 0;
  std::uint64_t const warm_up = settles ? std::max(least, needed) : least;
  std::uint64_t const long_ones = replications(std::max<std::uint64_t>(1024, warm_up));
  std::uint64_t const wanted = std::max(long_ones, std::min<std::uint64_t>(short_ones, 256));
  std::uint64_t const parts = std::min(wanted, replications(round));
  auto const in_rounds = [&](std::uint64_t updates) { return (updates + round - 1) / round * round; };
  bool const are_rare = settles && settling_jobs > rare_jobs;
  std::uint64_t const measured = std::max(per_replication(parts), are_rare ? warm_up : 0);
  bool const under_way = !clocks.served && !clocks.straggles;
  return {parts, in_rounds(warm_up), in_rounds(measured), under_way, settles};
}

/// A replication of measured steps discards a random number of updates beyond its warm-up, fewer than this: where workers
/// hardly vary, what a window of a fixed number of updates measures depends on where it begins. 0 where every update restarts
/// all workers.
inline std::uint64_t most_discarded_updates(Clocks const& clocks, ClockPlan const& plan) {
  return all_restart(clocks.rule) ? 0 : std::min<std::uint64_t>(plan.updates, 65536);
}

/// The stream of points that follow clocks, apart from the streams of all other points.
inline Stream clock_stream(std::uint64_t seed, std::uint64_t workers, bool common) {
  return {seed, common ? 1u << 26 : (1u << 24) + static_cast<std::uint32_t>(workers)};
}

/// Address of a worker's n-th job in a replication, in the terms of draw_word: jobs take the place of
/// iteration_hi four at a time, so that a block of Philox serves four jobs of one worker.
struct JobAddress {
  std::uint64_t iteration;
  std::uint64_t index;
};

/// Jobs of a worker in a replication that have an address of their own.
inline constexpr std::uint64_t max_jobs = std::uint64_t{1} << 34;

/// @pre replication < 2^32, worker <= max_workers, job < max_jobs. "Worker" m is the server of m workers, its n-th job the
/// n-th update that it serves.
DSGD_HD JobAddress job_address(std::uint64_t replication, std::uint32_t worker, std::uint64_t job) {
  DSGD_EXPECTS(replication >> 32 == 0 && worker <= max_workers && job < max_jobs);
  return {(job / 4) << 32 | replication, std::uint64_t{worker} * 4 + job % 4};
}

/// Address of the word that decides whether a worker's n-th job is slow: beyond those of all jobs.
DSGD_HD JobAddress state_address(std::uint64_t replication, std::uint32_t worker, std::uint64_t job) {
  JobAddress address = job_address(replication, worker, job);
  address.index += std::uint64_t{4} << 24;
  return address;
}

/// Address of the copy of a worker's n-th job, beyond those of all states.
DSGD_HD JobAddress copy_address(std::uint64_t replication, std::uint32_t worker, std::uint64_t job) {
  JobAddress address = job_address(replication, worker, job);
  address.index += std::uint64_t{8} << 24;
  return address;
}

/// Address of the word that decides who runs that copy, beyond those of all copies.
DSGD_HD JobAddress runner_address(std::uint64_t replication, std::uint32_t worker, std::uint64_t job) {
  JobAddress address = job_address(replication, worker, job);
  address.index += std::uint64_t{12} << 24;
  return address;
}

/// The block of words from which a worker's start is drawn: the last one of its jobs. A try that fails is
/// followed by one with the block before. No replication has so many jobs that it comes to these blocks.
inline constexpr std::uint32_t start_block = 0xffffffff;

}  // namespace dsgd
