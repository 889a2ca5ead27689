#pragma once

#include <cstdint>

#include "dsgd/clock/start.hpp"
#include "kernels/device/unroll.hpp"
#include "kernels/fused/clocks/clock_heap.cuh"
#include "kernels/fused/clocks/clock_jobs.cuh"
#include "kernels/fused/clocks/clock_rows.cuh"
#include "kernels/fused/clocks/replayed_jobs.cuh"

namespace dsgd::kernels {

/// Starts each replication: in the middle of jobs, or with a fresh job of every worker. gridDim.y is 1.
/// @tparam Jobs      ClockJobs, FleetJobs, StragglingJobs or ReplayedJobs
/// @param residuals  of the groups' jobs, in device memory; nullptr where all workers begin a fresh job
/// @param rows       of the launch's replications; all of their arrivals, progress and state is written
template <class Jobs>
__global__ void __launch_bounds__(clock_threads, clock_blocks)
    clock_starts_kernel(LaunchReplications launch, Jobs jobs, Residual const* residuals, ClockRows rows) {
  for_own_replications(launch, [&](std::uint32_t offset) {
    std::uint64_t const replication = launch.first + offset;
    ClockHeap const heap(rows, offset);
    for (std::uint32_t word = 0; word < clock_words; ++word) rows.word(ClockWord{word}, offset) = 0;
    rows.word(ClockWord::going, offset) = jobs.workers;
    rows.word(ClockWord::slowest, offset) = jobs.workers;
    choose_start(jobs, rows, offset);
    unsigned long long const begun =
        JobProgress::of(1, 0u - static_cast<std::uint32_t>(rows.word(ClockWord::discarded, offset)));
    bool const all_begin = !Jobs::may_be_under_way || residuals == nullptr;
    std::uint64_t const fresh =
        all_begin
            ? 0
            : jobs.worker_that_begins(job_words(jobs.stream, replication, jobs.workers, start_block).word[0]);
    DSGD_NO_UNROLL for (std::uint32_t worker = 0; worker < jobs.workers; ++worker) {
      bool const begins = all_begin || worker == fresh;
      std::uint32_t const group = jobs.group_of(worker);
      auto const words_of = [&](std::uint32_t block) {
        return job_words(jobs.stream, replication, worker, block);
      };
      auto const delay = [&](DelayWords words) { return jobs.ticks(group, words); };
      std::uint64_t const ticks = begins ? job_ticks(jobs, replication, worker, 0) - jobs.head_start
                                         : rest_of_job(residuals[group], words_of, delay);
      rows.progress_of(worker, offset) = begun;
      heap.add(worker, {ticks, worker});
    }
    // The last group is read as a whole: nodes behind the heap get values, too.
    for (std::uint32_t node = jobs.workers; node % ClockRows::arity != 1; ++node) heap.put(node, {0, 0});
  });
}

}  // namespace dsgd::kernels
