/// The kernel that follows workers of which none may be too far ahead of the slowest.
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

/// The workers of a replication that have ended the fewest jobs, and those that wait for them. A worker that waits stands
/// behind the heap of arrivals, and has ended all jobs that it has begun; the last job of any other is under way.
class SlowestWorkers {
 public:
  __device__ SlowestWorkers(ClockRows const& rows, std::uint32_t workers, std::uint32_t replication)
      : rows_(rows),
        heap_(rows, replication),
        workers_(workers),
        replication_(replication),
        going_(static_cast<std::uint32_t>(rows.word(ClockWord::going, replication))) {}

  /// Jobs by which a worker that has arrived is ahead of the slowest. @pre its next job has not begun
  __device__ std::uint64_t ahead(std::uint32_t worker) const { return jobs_of(worker) - least_ended(); }

  /// Puts the worker whose arrival was the earliest behind the heap.
  __device__ void wait(ClockArrival const& first) { heap_.remove_first(going_--, first); }

  /// Puts another arrival in the place of the earliest.
  __device__ void go_on(ClockArrival const& next) const { heap_.replace_first(going_, next); }

  /// Counts that one of the slowest has ended a job. Where it was the last of them, all that wait begin.
  /// @param begin  begin(worker) is the arrival of its next job
  template <class Begin>
  __device__ void catch_up(Begin const& begin) {
    unsigned long long& slowest = rows_.word(ClockWord::slowest, replication_);
    if (--slowest > 0) return;
    std::uint64_t const least = ++least_ended();
    std::uint32_t count = 0;
    DSGD_NO_UNROLL for (std::uint32_t node = 0; node < workers_; ++node) {
      std::uint64_t const ended = jobs_of(heap_.worker_at(node)) - (node < going_ ? 1 : 0);
      count += ended == least ? 1 : 0;
    }
    slowest = count;
    DSGD_NO_UNROLL for (; going_ < workers_; ++going_) heap_.add(going_, begin(heap_.worker_at(going_)));
  }

  /// Leaves the size of the heap for the next step.
  __device__ void store() const { rows_.word(ClockWord::going, replication_) = going_; }

 private:
  __device__ std::uint64_t jobs_of(std::uint32_t worker) const {
    return JobProgress::jobs(rows_.progress_of(worker, replication_));
  }

  // Counts stay in memory: registers are few.
  __device__ unsigned long long& least_ended() const {
    return rows_.word(ClockWord::least_ended, replication_);
  }

  ClockRows const& rows_;
  ClockHeap heap_;
  std::uint32_t workers_, replication_;
  std::uint32_t going_;  ///< workers whose job is under way: the size of the heap
};

/// Takes every replication on by a step, as clocks_kernel does. gridDim.y is 1.
/// @param staleness  jobs that a worker may be ahead of the slowest and go on
/// @tparam Jobs      FleetJobs, StragglingJobs or ReplayedJobs
template <class Jobs>
__global__ void __launch_bounds__(clock_threads, clock_blocks)
    bounded_clocks_kernel(LaunchReplications launch, Jobs jobs, std::uint32_t staleness, ClockStep step,
                          ClockRows rows, ClockSums* sums) {
  __shared__ unsigned near[near_stalenesses];
  StalenessCounts stalenesses(near, sums);
  for_own_replications(launch, [&](std::uint32_t offset) {
    ClockStep const& own = own_step(jobs, rows, step, offset);
    ReplicationClock clock(rows, own, offset);
    SlowestWorkers slowest(rows, jobs.workers, offset);
    auto const begin = [&](std::uint32_t worker) {
      return clock.begin(jobs, launch.first + offset, worker, clock.now());
    };
    DSGD_NO_UNROLL for (std::uint32_t a = 0; a < own.arrivals; ++a) {
      ClockArrival const first = ClockHeap(rows, offset).at(0);
      clock.arrive(first, stalenesses);
      std::uint64_t const ahead = slowest.ahead(first.worker);
      if (ahead > staleness)
        slowest.wait(first);
      else
        slowest.go_on(begin(first.worker));
      if (ahead == 1) slowest.catch_up(begin);
    }
    slowest.store();
    clock.store();
  });
  stalenesses.flush();
}

}  // namespace dsgd::kernels
