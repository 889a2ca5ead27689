#pragma once

#include <cstdint>

#include "kernels/fused/clocks/clock_rows.cuh"
#include "kernels/fused/clocks/clock_steps.hpp"
#include "kernels/fused/clocks/staleness_counts.cuh"

namespace dsgd::kernels {

/// The time of a replication, and its updates, while a thread takes it through the arrivals of a step.
class ReplicationClock {
 public:
  __device__ ReplicationClock(ClockRows const& rows, ClockStep const& step, std::uint32_t replication)
      : rows_(rows),
        step_(step),
        replication_(replication),
        now_(rows.word(ClockWord::now, replication)),
        to_update_(step.to_update),
        updates_(step.updates) {}

  __device__ unsigned long long now() const { return now_; }
  __device__ std::uint32_t updates() const { return updates_; }

  /// Takes an arrival's gradient: writes down how long the update took that it completes, and how stale the gradient is.
  /// @return true where an update comes of it
  __device__ bool arrive(ClockArrival const& arrival, StalenessCounts const& stalenesses) {
    if (arrival.time < now_) ++rows_.word(ClockWord::turns, replication_);  // seldom: it stays in memory
    now_ = arrival.time;
    bool const is_measured = static_cast<std::int32_t>(updates_ - step_.warm_up) >= 0;
    if (is_measured)
      stalenesses.add(JobProgress::staleness(rows_.progress_of(arrival.worker, replication_), updates_));
    bool const is_update = --to_update_ == 0;
    if (is_update) {
      unsigned long long& updated = rows_.word(ClockWord::updated, replication_);
      if (is_measured)
        rows_.durations[(updates_ - step_.before_measured()) * rows_.replications + replication_] =
            now_ - updated;
      updated = now_;
      to_update_ = step_.gradients;
      if (++updates_ == step_.warm_up) {
        rows_.word(ClockWord::started, replication_) = now_;
        rows_.word(ClockWord::start_turns, replication_) = rows_.word(ClockWord::turns, replication_);
      }
    }
    return is_update;
  }

  /// Begins the next job of a worker. @param begun  when, in ticks @return its arrival
  template <class Jobs>
  __device__ ClockArrival begin(Jobs const& jobs, std::uint64_t replication, std::uint32_t worker,
                                unsigned long long begun) const {
    unsigned long long& progress = rows_.progress_of(worker, replication_);
    std::uint64_t const job = JobProgress::jobs(progress);
    progress = JobProgress::of(job + 1, updates_);
    return {begun + job_ticks(jobs, replication, worker, job), worker};
  }

  /// Leaves the time for the next step.
  __device__ void store() const { rows_.word(ClockWord::now, replication_) = now_; }

 private:
  ClockRows const& rows_;
  ClockStep const& step_;
  std::uint32_t replication_;  ///< of the launch, from 0
  unsigned long long now_;
  std::uint32_t to_update_, updates_;
};

}  // namespace dsgd::kernels
