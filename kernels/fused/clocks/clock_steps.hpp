/// Steps of replications that follow clocks: each is some arrivals, and one launch.
#pragma once

#include <algorithm>
#include <cstdint>

#include "dsgd/clock/plan.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd::kernels {

/// A step of every replication. Updates come after the same numbers of arrivals in each, so that all
/// replications have their updates together. Where measured steps are replayed, steps before the warm-up come first, of which
/// each replication takes as many arrivals as it discards; their updates have numbers below 0.
struct ClockStep {
  std::uint32_t arrivals;   ///< arrivals of the step, >= 1; 0 where a replication discards none of them
  std::uint32_t to_update;  ///< arrivals up to the next update; more than `arrivals` if the step has none
  std::uint32_t gradients;  ///< arrivals from one update to the next; more than `arrivals` if it has no two
  std::uint32_t updates;    ///< updates before the step, modulo 2^32: some are below 0
  std::uint32_t warm_up;    ///< updates that are not measured
  std::uint32_t
      waiting;  ///< workers that wait for an update when the step begins; no number where they wait for others

  /// Updates before the first measured one of the step. Without a meaning before the warm-up.
  DSGD_HD std::uint32_t before_measured() const { return updates > warm_up ? updates : warm_up; }

  /// Updates of the step that are measured.
  std::uint32_t measured() const {
    std::uint32_t const after = updates + (to_update > arrivals ? 0 : 1 + (arrivals - to_update) / gradients);
    return after > before_measured() ? after - before_measured() : 0;
  }
};

/// Arrivals of a step: so many that a launch costs little beside them, and so few that no display and no user
/// has to wait.
inline std::uint32_t step_arrivals(Clocks const& clocks, std::uint64_t workers) {
  constexpr std::uint64_t most_arrivals = 256, most_jobs = 8192;
  std::uint64_t const restarts = all_restart(clocks.rule) ? workers / clocks.gradients : 0;
  return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(most_jobs / (1 + restarts), 1, most_arrivals));
}

/// Calls body(step, done) for the steps of some updates: what is done is the number of arrivals before the step.
/// @param warm_up  updates that are not measured
template <class Body>
void for_each_step(std::uint64_t updates, std::uint64_t warm_up, Clocks const& clocks, std::uint64_t workers,
                   Body const& body) {
  std::uint64_t const all = updates * clocks.gradients;
  std::uint64_t const most = step_arrivals(clocks, workers);
  auto const bounded = [&](std::uint64_t arrivals) {
    return static_cast<std::uint32_t>(std::min(arrivals, most + 1));
  };
  for (std::uint64_t done = 0; done < all; done += most)
    body(ClockStep{bounded(std::min(most, all - done)), bounded(clocks.gradients - done % clocks.gradients),
                   bounded(clocks.gradients), static_cast<std::uint32_t>(done / clocks.gradients),
                   static_cast<std::uint32_t>(warm_up),
                   they_wait(clocks.rule) ? static_cast<std::uint32_t>(done % clocks.gradients) : 0},
         done);
}

/// Calls body(step) for the steps of a whole replication.
template <class Body>
void for_each_step(ClockPlan const& plan, Clocks const& clocks, std::uint64_t workers, Body const& body) {
  for_each_step(plan.warm_up + plan.updates, plan.warm_up, clocks, workers,
                [&](ClockStep const& step, std::uint64_t) { body(step); });
}

/// The most measured updates that a step can have.
inline std::uint64_t most_step_updates(ClockPlan const& plan, Clocks const& clocks, std::uint64_t workers) {
  return std::min(plan.updates, (step_arrivals(clocks, workers) + clocks.gradients - 1) / clocks.gradients);
}

}  // namespace dsgd::kernels
