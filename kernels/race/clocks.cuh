/// Workers that go on from job to job: host/race/clocks.cpp is the definition.
#pragma once

#include <cmath>
#include <cstdint>

#include "kernels/device/unroll.hpp"
#include "kernels/race/replication.cuh"

namespace dsgd::kernels {

/// Takes a replication from one arrival to the next.
class RaceClocks {
 public:
  __device__ RaceClocks(DeviceRace const& race, RacedReplication& replication)
      : race_(race), replication_(replication), workers_(replication.workers()) {}

  /// Begins the first jobs.
  __device__ void start() const {
    replication_.for_each_worker([&](std::uint32_t worker) { replication_.jobs(worker) = 0; });
    replication_.state().slowest = workers_;
    begin_all();
  }

  /// To the next arrival, or to the end where nothing is left to measure.
  __device__ void operator()() const {
    RaceState& state = replication_.state();
    std::uint32_t const worker = earliest();
    bool const is_update = state.arrived + 1 == race_.rule.gradients;
    state.time = replication_.end(worker) + (is_update ? race_.rule.meeting : 0.0);
    if (is_update && !replication_.measure_until(state.time)) return;
    replication_.add_gradient(worker,
                              [&](std::uint32_t direction) { return replication_.taken(worker, direction); });
    ++state.arrived;
    state.staleness += state.served - replication_.version(worker);
    if (is_update) {
      replication_.update(state.time, race_.rule.gradients, state.staleness);
      state.arrived = state.staleness = 0;
    }
    go_on(worker, is_update);
  }

 private:
  __device__ std::uint32_t earliest() const {
    std::uint32_t first = 0;
    double time = replication_.end(0);
    DSGD_NO_UNROLL for (std::uint32_t worker = 1; worker < workers_; ++worker) {
      double const end = replication_.end(worker);
      if (end < time) {
        time = end;
        first = worker;
      }
    }
    return first;
  }

  /// Lets whoever may begin a job after an arrival begin it.
  __device__ void go_on(std::uint32_t worker, bool is_update) const {
    if (race_.rule.is_bounded) return end_job(worker);
    if (race_.rule.all_restart && is_update) return begin_all();
    if (!race_.rule.they_wait) return begin(worker);
    wait(worker);
    if (is_update) begin_waiting();
  }

  /// Counts a job that has ended where nobody may be too far ahead of the slowest.
  __device__ void end_job(std::uint32_t worker) const {
    RaceState& state = replication_.state();
    std::uint64_t const ahead = replication_.jobs(worker) - state.least_ended;
    if (ahead > race_.rule.staleness)
      wait(worker);
    else
      begin(worker);
    if (ahead != 1 || --state.slowest > 0) return;
    ++state.least_ended;
    replication_.for_each_worker([&](std::uint32_t other) {
      std::uint64_t const ended = replication_.jobs(other) - (waits(other) ? 0 : 1);
      state.slowest += ended == state.least_ended ? 1 : 0;
    });
    begin_waiting();
  }

  /// Begins a worker's next job, with the model as it is.
  __device__ void begin(std::uint32_t worker) const {
    replication_.version(worker) = replication_.state().served;
    replication_.for_each_direction(
        [&](std::uint32_t j) { replication_.taken(worker, j) = replication_.model(j); });
    replication_.end(worker) =
        replication_.end_of_job(replication_.state().time, worker, replication_.jobs(worker)++);
  }
  __device__ void begin_all() const {
    replication_.for_each_worker([&](std::uint32_t worker) { begin(worker); });
  }

  __device__ void wait(std::uint32_t worker) const { replication_.end(worker) = INFINITY; }
  __device__ bool waits(std::uint32_t worker) const { return replication_.end(worker) == INFINITY; }
  __device__ void begin_waiting() const {
    replication_.for_each_worker([&](std::uint32_t worker) {
      if (waits(worker)) begin(worker);
    });
  }

  DeviceRace const& race_;
  RacedReplication& replication_;
  std::uint32_t workers_;
};

}  // namespace dsgd::kernels
