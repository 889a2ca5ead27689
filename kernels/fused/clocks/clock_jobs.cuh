/// How long the jobs of workers take: of equal ones, of a fleet, and of workers that are slow for a while.
#pragma once

#include <cstdint>

#include "dsgd/clock/plan.hpp"
#include "dsgd/clock/start.hpp"
#include "dsgd/stragglers.hpp"
#include "kernels/device/curand_draw.cuh"
#include "kernels/fused/any_law.cuh"
#include "kernels/fused/group_search.cuh"
#include "kernels/sums/tick_sums.hpp"

namespace dsgd::kernels {

/// Jobs of equal workers.
template <class Sampler>
struct ClockJobs {
  static constexpr bool may_be_under_way = true;  ///< may a replication start in the middle of jobs?

  Stream stream;
  Sampler law;
  TickScale scale;
  std::uint64_t origin_ticks;
  std::uint64_t head_start;  ///< ticks by which jobs are shorter that begin at a restart
  std::uint32_t workers;

  /// The group of a worker.
  __device__ std::uint32_t group_of(std::uint32_t) const { return 0; }

  /// Length of a group's job with some words, ticks.
  __device__ std::uint64_t ticks(std::uint32_t, DelayWords words) const {
    return origin_ticks + scale.ticks(law.excess(words.k, words.t));
  }

  /// The worker that begins a job where a replication starts. @param word  uniform
  __device__ std::uint64_t worker_that_begins(std::uint32_t word) const {
    return dsgd::worker_that_begins(workers, word);
  }
};

/// Workers of a fleet that share a law.
struct GroupJobs {
  std::uint32_t end;  ///< number of the first worker after them
  std::uint64_t origin_ticks;
  double origin;  ///< the same, in time units
  AnyLaw law;
};

/// Jobs of unequal workers.
struct FleetJobs {
  static constexpr bool may_be_under_way = true;

  Stream stream;
  GroupJobs const* groups;  ///< in device memory, shape [group_count]
  GroupRate const* rates;   ///< likewise; of no meaning where all workers begin a fresh job
  double rate;              ///< sum of the rates
  std::uint32_t group_count;
  TickScale scale;
  std::uint64_t head_start;  ///< ticks by which jobs are shorter that begin at a restart
  std::uint32_t workers;

  __device__ std::uint32_t group_of(std::uint32_t worker) const {
    return kernels::group_of(groups, group_count, worker);
  }

  __device__ std::uint64_t ticks(std::uint32_t group, DelayWords words) const {
    GroupJobs const& own = groups[group];
    return own.origin_ticks + scale.ticks(own.law.excess(words.k, words.t));
  }

  __device__ std::uint64_t worker_that_begins(std::uint32_t word) const {
    return dsgd::worker_that_begins(rates, group_count, rate, word);
  }
};

/// Jobs of workers that may be slow for a while. A worker's jobs are asked for in their order, each once.
struct StragglingJobs : FleetJobs {
  static constexpr bool may_be_under_way = false;  // nobody knows in the middle of what

  Stragglers stragglers;
  std::uint64_t first;         ///< number of the launch's first replication
  std::uint32_t replications;  ///< of the launch
  std::uint32_t* are_slow;  ///< in device memory, shape [workers][replications]: was the worker's last job?

  /// Finds out whether a worker is slow in a job. @param word  uniform
  __device__ bool is_slow(std::uint64_t replication, std::uint32_t worker, std::uint64_t job,
                          std::uint32_t word) const {
    std::uint32_t& state = are_slow[std::uint64_t{worker} * replications + (replication - first)];
    bool const slow = stragglers.is_slow(word, job == 0, state != 0);
    state = slow ? 1 : 0;
    return slow;
  }

  /// Length of a group's job with some words, ticks.
  __device__ std::uint64_t ticks_of(std::uint32_t group, DelayWords words, bool slow) const {
    GroupJobs const& own = groups[group];
    float const excess = own.law.excess(words.k, words.t);
    double const slow_delay = stragglers.factor * (own.origin + static_cast<double>(excess));
    return (slow ? 0 : own.origin_ticks) + scale.ticks(slow ? static_cast<float>(slow_delay) : excess);
  }
};

/// The words of a worker's job. @param job  its number from 0
inline __device__ DelayWords job_delay_words(Stream stream, std::uint64_t replication, std::uint32_t worker,
                                             std::uint64_t job) {
  std::uint64_t const iteration = job_address(replication, worker, job).iteration;
  std::uint32_t const k = word_of(curand_word_block(stream, iteration, worker), job);
  return {k, curand_tail_word(stream, iteration, k)};
}

/// Length of a worker's job, ticks. @param job  its number from 0
template <class Jobs>
__device__ std::uint64_t job_ticks(Jobs const& jobs, std::uint64_t replication, std::uint32_t worker,
                                   std::uint64_t job) {
  return jobs.ticks(jobs.group_of(worker), job_delay_words(jobs.stream, replication, worker, job));
}

inline __device__ std::uint64_t job_ticks(StragglingJobs const& jobs, std::uint64_t replication,
                                          std::uint32_t worker, std::uint64_t job) {
  JobAddress const state = state_address(replication, worker, job);
  PhiloxBlock const states =
      curand_word_block(jobs.stream, state.iteration, static_cast<std::uint32_t>(state.index / 4));
  bool const slow = jobs.is_slow(replication, worker, job, word_of(states, job));
  return jobs.ticks_of(jobs.group_of(worker), job_delay_words(jobs.stream, replication, worker, job), slow);
}

/// Block n of the words of a worker's jobs.
inline __device__ PhiloxBlock job_words(Stream stream, std::uint64_t replication, std::uint64_t worker,
                                        std::uint32_t block) {
  return curand_word_block(stream, std::uint64_t{block} << 32 | replication,
                           static_cast<std::uint32_t>(worker));
}

}  // namespace dsgd::kernels
