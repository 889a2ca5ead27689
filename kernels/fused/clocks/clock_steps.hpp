/// Replications that follow clocks go on by some arrivals at a time: one launch each.
#pragma once

#include <algorithm>
#include <cstdint>

#include "dsgd/clock/plan.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd::kernels {

/// Arrivals by which every replication goes on. An update comes after the same number of them in each, so
/// that all have their updates together.
struct ClockStep {
  std::uint32_t arrivals;   ///< of the step, >= 1
  std::uint32_t to_update;  ///< of them, up to the next update; more than all of them: there is none
  std::uint32_t gradients;  ///< arrivals from each update to the next; likewise
  std::uint32_t updates;    ///< before the step
  std::uint32_t warm_up;    ///< updates that are not measured
  std::uint32_t waiting;    ///< workers that wait for the update where the step begins

  /// Updates before the first of the step that is measured.
  DSGD_HD std::uint32_t before_measured() const { return updates > warm_up ? updates : warm_up; }

  /// Updates of the step that are measured.
  std::uint32_t measured() const {
    std::uint32_t const after = updates + (to_update > arrivals ? 0 : 1 + (arrivals - to_update) / gradients);
    return after > before_measured() ? after - before_measured() : 0;
  }
};

/// Arrivals of a step: many beside a launch, and few beside the time that a display or a user can wait.
inline std::uint32_t step_arrivals(Clocks const& clocks, std::uint64_t workers) {
  constexpr std::uint64_t most_arrivals = 256, most_jobs = 8192;
  std::uint64_t const restarts = clocks.rule == Clocks::Rule::restart ? workers / clocks.gradients : 0;
  return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(most_jobs / (1 + restarts), 1, most_arrivals));
}

/// Calls body(step) for the steps of a whole replication.
template <class Body>
void for_each_step(ClockPlan const& plan, Clocks const& clocks, std::uint64_t workers, Body const& body) {
  std::uint64_t const all = (plan.warm_up + plan.updates) * clocks.gradients;
  std::uint64_t const most = step_arrivals(clocks, workers);
  auto const bounded = [&](std::uint64_t arrivals) {
    return static_cast<std::uint32_t>(std::min(arrivals, most + 1));
  };
  bool const they_wait = clocks.rule == Clocks::Rule::workers;
  for (std::uint64_t done = 0; done < all; done += most)
    body(ClockStep{bounded(std::min(most, all - done)), bounded(clocks.gradients - done % clocks.gradients),
                   bounded(clocks.gradients), static_cast<std::uint32_t>(done / clocks.gradients),
                   static_cast<std::uint32_t>(plan.warm_up),
                   they_wait ? static_cast<std::uint32_t>(done % clocks.gradients) : 0});
}

/// Updates that a step can have, measured or not.
inline std::uint64_t most_step_updates(ClockPlan const& plan, Clocks const& clocks, std::uint64_t workers) {
  return std::min(plan.updates, (step_arrivals(clocks, workers) + clocks.gradients - 1) / clocks.gradients);
}

}  // namespace dsgd::kernels
