/// Jobs that take measured times in their order, and where their replications begin; see the definition
/// (host/engines/definition/clock_replication.cpp, find_start()).
#pragma once

#include <cstdint>

#include "dsgd/clock/plan.hpp"
#include "kernels/fused/clocks/clock_jobs.cuh"
#include "kernels/fused/clocks/clock_rows.cuh"
#include "kernels/fused/clocks/clock_steps.hpp"

namespace dsgd::kernels {

/// Jobs of workers that follow measured steps, of which they begin the first together.
struct ReplayedJobs : FleetJobs {
  static constexpr bool may_be_under_way = false;

  float const* excesses;  ///< of measured times, time units, in device memory, shape [steps][workers]
  unsigned long long const*
      origins;  ///< what is added to a worker's, ticks, in device memory, shape [workers]
  unsigned long long const* first_steps;  ///< in device memory, shape [replications of the launch]
  std::uint64_t first;                    ///< number of the launch's first replication
  std::uint32_t steps;
  std::uint32_t
      most_discarded;       ///< a replication discards fewer updates before its warm-up, or 0 where this is 0
  std::uint64_t gradients;  ///< arrivals per update
  bool discards;            ///< true for a step before the warm-up
  std::uint64_t before;     ///< arrivals of all such steps before it

  /// Groups are not looked at: their laws are not on the device.
  __device__ std::uint32_t group_of(std::uint32_t) const { return 0; }
};

inline __device__ std::uint64_t job_ticks(ReplayedJobs const& jobs, std::uint64_t replication,
                                          std::uint32_t worker, std::uint64_t job) {
  std::uint64_t const step = (jobs.first_steps[replication - jobs.first] + job) % jobs.steps;
  return jobs.origins[worker] + jobs.scale.ticks(jobs.excesses[step * jobs.workers + worker]);
}

/// Chooses where a replication begins, where there is a choice. @param offset  its number in the launch
template <class Jobs>
__device__ void choose_start(Jobs const&, ClockRows const&, std::uint32_t) {}

inline __device__ void choose_start(ReplayedJobs const& jobs, ClockRows const& rows, std::uint32_t offset) {
  PhiloxBlock const words = job_words(jobs.stream, jobs.first + offset, jobs.workers, start_block);
  rows.word(ClockWord::first_step, offset) = std::uint64_t{words.word[0]} * jobs.steps >> 32;
  rows.word(ClockWord::discarded, offset) = std::uint64_t{words.word[1]} * jobs.most_discarded >> 32;
}

/// What a replication takes of a step: all of it, where it discards nothing before its warm-up.
template <class Jobs>
__device__ ClockStep const& own_step(Jobs const&, ClockRows const&, ClockStep const& step, std::uint32_t) {
  return step;
}

/// Updates before the warm-up have numbers below 0, modulo 2^32.
inline __device__ ClockStep own_step(ReplayedJobs const& jobs, ClockRows const& rows, ClockStep const& step,
                                     std::uint32_t offset) {
  ClockStep own = step;
  if (!jobs.discards) return own;
  std::uint64_t const discarded = rows.word(ClockWord::discarded, offset);
  std::uint64_t const all = discarded * jobs.gradients, end = jobs.before + step.arrivals;
  own.arrivals = static_cast<std::uint32_t>(all >= end          ? step.arrivals
                                            : all > jobs.before ? all - jobs.before
                                                                : 0);
  own.updates -= static_cast<std::uint32_t>(discarded);
  return own;
}

}  // namespace dsgd::kernels
