/// The kernel that follows the workers' clocks: a thread takes a replication from event to event.
#pragma once

#include <cstdint>

#include "kernels/device/unroll.hpp"
#include "kernels/fused/clocks/clock_heap.cuh"
#include "kernels/fused/clocks/clock_jobs.cuh"
#include "kernels/fused/clocks/clock_rows.cuh"
#include "kernels/fused/clocks/clock_steps.hpp"
#include "kernels/fused/clocks/clock_sums.hpp"
#include "kernels/fused/clocks/replayed_jobs.cuh"
#include "kernels/fused/clocks/replication_clock.cuh"
#include "kernels/fused/clocks/staleness_counts.cuh"

namespace dsgd::kernels {

/// Who begins a job after an arrival, where the number of arrivals since the last update says it.
struct ClockBegins {
  bool they_wait;    ///< true where a worker waits for the update that its gradient enters
  bool all_restart;  ///< true where an update begins the jobs of all workers anew
};

/// Takes every replication on by a step. gridDim.y is 1.
///
/// After an arrival its worker begins a job, whose arrival takes its place in the heap; or the workers that
/// stand behind the heap do, and are added to it one by one.
/// @param rows  of the launch's replications, as clock_starts_kernel or the step before left them
/// @param sums  in device memory; added to
/// @tparam Jobs  ClockJobs, FleetJobs, StragglingJobs or ReplayedJobs
template <class Jobs>
__global__ void __launch_bounds__(clock_threads, clock_blocks)
    clocks_kernel(LaunchReplications launch, Jobs jobs, ClockBegins begins, ClockStep step, ClockRows rows,
                  ClockSums* sums) {
  __shared__ unsigned near[near_stalenesses];
  StalenessCounts stalenesses(near, sums);
  std::uint32_t const workers = jobs.workers;
  for_own_replications(launch, [&](std::uint32_t offset) {
    ClockHeap const heap(rows, offset);
    ClockStep const& own = own_step(jobs, rows, step, offset);
    ReplicationClock clock(rows, own, offset);
    std::uint32_t size = workers - own.waiting;
    DSGD_NO_UNROLL for (std::uint32_t a = 0; a < own.arrivals; ++a) {
      ClockArrival const first = heap.at(0);
      bool const is_update = clock.arrive(first, stalenesses);
      bool const all_begin = is_update && begins.all_restart;
      bool const it_goes_on = !begins.they_wait && !all_begin;
      if (begins.they_wait) heap.remove_first(size--, first);
      if (all_begin) size = 0;
      std::uint32_t const begin = it_goes_on ? 1 : is_update ? workers - size : 0;
      DSGD_NO_UNROLL for (std::uint32_t b = 0; b < begin; ++b) {
        std::uint32_t const worker = it_goes_on ? first.worker : heap.worker_at(size);
        std::uint64_t const begun = all_begin ? clock.now() - jobs.head_start : clock.now();
        ClockArrival const next = clock.begin(jobs, launch.first + offset, worker, begun);
        if (it_goes_on)
          heap.replace_first(size, next);
        else
          heap.add(size++, next);
      }
    }
    clock.store();
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
