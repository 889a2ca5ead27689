#pragma once

#include <cstdint>

#include "dsgd/clock/plan.hpp"
#include "dsgd/clock/residual.hpp"
#include "kernels/device/curand_draw.cuh"
#include "kernels/sums/tick_sums.hpp"

namespace dsgd::kernels {

/// How long the jobs of equal workers take.
template <class Sampler>
struct ClockJobs {
  Stream stream;
  Sampler law;
  TickScale scale;
  std::uint64_t origin_ticks;
  std::uint64_t head_start;  ///< ticks by which jobs are shorter that begin at a restart
  std::uint32_t workers;

  /// Length of a job with some words, ticks.
  __device__ std::uint64_t ticks(DelayWords words) const {
    return origin_ticks + scale.ticks(law.excess(words.k, words.t));
  }

  /// Length of a worker's job, ticks. @param job  its number from 0
  __device__ std::uint64_t job_ticks(std::uint64_t replication, std::uint32_t worker,
                                     std::uint64_t job) const {
    std::uint64_t const iteration = job_address(replication, worker, job).iteration;
    PhiloxBlock const block = curand_word_block(stream, iteration, worker);
    // Without a variable index the block stays in registers.
    std::uint32_t const even = job & 2u ? block.word[2] : block.word[0];
    std::uint32_t const odd = job & 2u ? block.word[3] : block.word[1];
    std::uint32_t const k = job & 1u ? odd : even;
    return ticks({k, curand_tail_word(stream, iteration, k)});
  }

  /// Block n of the words of a worker's jobs.
  __device__ PhiloxBlock words(std::uint64_t replication, std::uint64_t worker, std::uint32_t block) const {
    return curand_word_block(stream, std::uint64_t{block} << 32 | replication,
                             static_cast<std::uint32_t>(worker));
  }
};

}  // namespace dsgd::kernels
