#pragma once

#include <cstdint>

#include "dsgd/clock/start.hpp"
#include "kernels/device/unroll.hpp"
#include "kernels/fused/clocks/clock_heap.cuh"
#include "kernels/fused/clocks/clock_jobs.cuh"
#include "kernels/fused/clocks/clock_rows.cuh"

namespace dsgd::kernels {

/// Starts each replication: in the middle of jobs, or with a fresh job of every worker. gridDim.y is 1.
/// @tparam Jobs      ClockJobs, FleetJobs or StragglingJobs
/// @param residuals  of the groups' jobs, in device memory; nullptr where all workers begin a fresh job
/// @param rows       of the launch's replications; all of their arrivals, progress and state is written
template <class Jobs>
__global__ void __launch_bounds__(clock_threads, clock_blocks)
    clock_starts_kernel(LaunchReplications launch, Jobs jobs, Residual const* residuals, ClockRows rows) {
  for_own_replications(launch, [&](std::uint32_t offset) {
    std::uint64_t const replication = launch.first + offset;
    ClockHeap const heap(rows, offset);
    std::uint64_t const fresh =
        residuals == nullptr
            ? 0
            : jobs.worker_that_begins(job_words(jobs.stream, replication, jobs.workers, start_block).word[0]);
    DSGD_NO_UNROLL for (std::uint32_t worker = 0; worker < jobs.workers; ++worker) {
      bool const begins = residuals == nullptr || worker == fresh;
      std::uint32_t const group = jobs.group_of(worker);
      auto const words_of = [&](std::uint32_t block) {
        return job_words(jobs.stream, replication, worker, block);
      };
      auto const delay = [&](DelayWords words) { return jobs.ticks(group, words); };
      std::uint64_t const ticks = begins ? job_ticks(jobs, replication, worker, 0) - jobs.head_start
                                         : rest_of_job(residuals[group], words_of, delay);
      rows.progress_of(worker, offset) = JobProgress::of(1, 0);
      heap.add(worker, {ticks, worker});
    }
    // The last group is read as a whole: nodes behind the heap get values, too.
    for (std::uint32_t node = jobs.workers; node % ClockRows::arity != 1; ++node) heap.put(node, {0, 0});
    for (std::uint32_t word = 0; word < clock_words; ++word) rows.word(ClockWord{word}, offset) = 0;
    rows.word(ClockWord::going, offset) = jobs.workers;
    rows.word(ClockWord::slowest, offset) = jobs.workers;
  });
}

}  // namespace dsgd::kernels
