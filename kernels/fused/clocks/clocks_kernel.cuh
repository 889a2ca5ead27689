/// The kernel that follows the workers' clocks: a thread takes a replication from event to event.
#pragma once

#include <cstdint>

#include "kernels/device/unroll.hpp"
#include "kernels/fused/clocks/clock_heap.cuh"
#include "kernels/fused/clocks/clock_jobs.cuh"
#include "kernels/fused/clocks/clock_rows.cuh"
#include "kernels/fused/clocks/clock_steps.hpp"
#include "kernels/fused/clocks/clock_sums.hpp"
#include "kernels/fused/clocks/staleness_counts.cuh"

namespace dsgd::kernels {

/// Takes every replication on by a step. gridDim.y is 1.
///
/// After an arrival its worker begins a job, whose arrival takes its place in the heap; or the workers that
/// stand behind the heap do, and are added to it one by one.
/// @param rows  of the launch's replications, as clock_starts_kernel or the step before left them
/// @param sums  in device memory; added to
/// @tparam Jobs  ClockJobs or FleetJobs
template <class Jobs>
__global__ void __launch_bounds__(clock_threads, clock_blocks)
    clocks_kernel(LaunchReplications launch, Jobs jobs, NextJob next_job, ClockStep step, ClockRows rows,
                  ClockSums* sums) {
  __shared__ unsigned near[near_stalenesses];
  StalenessCounts stalenesses(near, sums);
  std::uint32_t const workers = jobs.workers;
  bool const they_wait = waits(next_job);
  for_own_replications(launch, [&](std::uint32_t offset) {
    ClockHeap const heap(rows, offset);
    unsigned long long now = rows.word(ClockWord::now, offset);
    auto turns = static_cast<std::uint32_t>(rows.word(ClockWord::turns, offset));
    std::uint32_t to_update = step.to_update;
    std::uint32_t updates = step.updates;
    std::uint32_t size = workers - step.waiting;
    DSGD_NO_UNROLL for (std::uint32_t a = 0; a < step.arrivals; ++a) {
      ClockArrival const first = heap.at(0);
      turns += first.time < now ? 1 : 0;
      now = first.time;
      bool const is_measured = updates >= step.warm_up;
      if (is_measured)
        stalenesses.add(JobProgress::staleness(rows.progress_of(first.worker, offset), updates));
      bool const is_update = --to_update == 0;
      if (is_update) {
        unsigned long long& updated = rows.word(ClockWord::updated, offset);
        if (is_measured)
          rows.durations[(updates - step.before_measured()) * rows.replications + offset] = now - updated;
        updated = now;
        to_update = step.gradients;
        if (++updates == step.warm_up) {
          rows.word(ClockWord::started, offset) = now;
          rows.word(ClockWord::start_turns, offset) = turns;
        }
      }
      bool const all_begin = is_update && begins_all(next_job);
      bool const it_goes_on = !they_wait && !all_begin;
      if (they_wait) heap.remove_first(size--, first);
      if (all_begin) size = 0;
      std::uint32_t const begin = it_goes_on ? 1 : is_update ? workers - size : 0;
      DSGD_NO_UNROLL for (std::uint32_t b = 0; b < begin; ++b) {
        std::uint32_t const worker = it_goes_on ? first.worker : heap.worker_at(size);
        unsigned long long& progress = rows.progress_of(worker, offset);
        std::uint64_t const job = JobProgress::jobs(progress);
        progress = JobProgress::of(job + 1, updates);
        std::uint64_t const begun = all_begin ? now - jobs.head_start : now;
        ClockArrival const next{begun + job_ticks(jobs, launch.first + offset, worker, job), worker};
        if (it_goes_on)
          heap.replace_first(size, next);
        else
          heap.add(size++, next);
      }
    }
    rows.word(ClockWord::now, offset) = now;
    rows.word(ClockWord::turns, offset) = turns;
  });
  stalenesses.flush();
}

/// Adds the squares of the replications' windows to the sums. gridDim.y is 1.
inline __global__ void __launch_bounds__(clock_threads)
    clock_windows_kernel(LaunchReplications launch, ClockRows rows, ClockSums* sums) {
  for_own_replications(launch, [&](std::uint32_t offset) {
    auto const time = [&](ClockWord ticks, ClockWord turns) {
      return uint128{rows.word(turns, offset)} << 64 | rows.word(ticks, offset);
    };
    uint128 const window =
        time(ClockWord::now, ClockWord::turns) - time(ClockWord::started, ClockWord::start_turns);
    DSGD_UNROLL for (int i = 0; i < 4; ++i) DSGD_UNROLL for (int j = 0; j < 4; ++j) {
      auto const digit = [&](int n) { return static_cast<std::uint32_t>(window >> (32 * n)); };
      unsigned long long const product = static_cast<unsigned long long>(digit(i)) * digit(j);
      if (product == 0) continue;
      atomicAdd(sums->squared_windows + i + j, product & 0xffffffffull);
      atomicAdd(sums->squared_windows + i + j + 1, product >> 32);
    }
  });
}

}  // namespace dsgd::kernels
