/// How long the jobs of workers take: of equal ones, and of a fleet.
#pragma once

#include <cstdint>

#include "dsgd/clock/plan.hpp"
#include "dsgd/clock/start.hpp"
#include "kernels/device/curand_draw.cuh"
#include "kernels/fused/clocks/any_law.cuh"
#include "kernels/sums/tick_sums.hpp"

namespace dsgd::kernels {

/// Jobs of equal workers.
template <class Sampler>
struct ClockJobs {
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
  AnyLaw law;
};

/// Jobs of unequal workers.
struct FleetJobs {
  Stream stream;
  GroupJobs const* groups;  ///< in device memory, shape [group_count]
  GroupRate const* rates;   ///< likewise; of no meaning where all workers begin a fresh job
  double rate;              ///< sum of the rates
  std::uint32_t group_count;
  TickScale scale;
  std::uint64_t head_start;  ///< ticks by which jobs are shorter that begin at a restart
  std::uint32_t workers;

  __device__ std::uint32_t group_of(std::uint32_t worker) const {
    std::uint32_t low = 0, high = group_count - 1;
    while (low < high) {
      std::uint32_t const middle = low + (high - low) / 2;
      if (worker < groups[middle].end)
        high = middle;
      else
        low = middle + 1;
    }
    return low;
  }

  __device__ std::uint64_t ticks(std::uint32_t group, DelayWords words) const {
    GroupJobs const& own = groups[group];
    return own.origin_ticks + scale.ticks(own.law.excess(words.k, words.t));
  }

  __device__ std::uint64_t worker_that_begins(std::uint32_t word) const {
    return dsgd::worker_that_begins(rates, group_count, rate, word);
  }
};

/// Length of a worker's job, ticks. @param job  its number from 0
template <class Jobs>
__device__ std::uint64_t job_ticks(Jobs const& jobs, std::uint64_t replication, std::uint32_t worker,
                                   std::uint64_t job) {
  std::uint64_t const iteration = job_address(replication, worker, job).iteration;
  PhiloxBlock const block = curand_word_block(jobs.stream, iteration, worker);
  // Without a variable index the block stays in registers.
  std::uint32_t const even = job & 2u ? block.word[2] : block.word[0];
  std::uint32_t const odd = job & 2u ? block.word[3] : block.word[1];
  std::uint32_t const k = job & 1u ? odd : even;
  return jobs.ticks(jobs.group_of(worker), {k, curand_tail_word(jobs.stream, iteration, k)});
}

/// Block n of the words of a worker's jobs.
inline __device__ PhiloxBlock job_words(Stream stream, std::uint64_t replication, std::uint64_t worker,
                                        std::uint32_t block) {
  return curand_word_block(stream, std::uint64_t{block} << 32 | replication,
                           static_cast<std::uint32_t>(worker));
}

}  // namespace dsgd::kernels
