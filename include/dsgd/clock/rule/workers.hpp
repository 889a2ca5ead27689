#pragma once

#include <cstdint>

#include "dsgd/clock/rule/next_job.hpp"

namespace dsgd::clock_rule {

/// An update once `gradients` workers have arrived. They wait for it, the others go on.
struct Workers {
  static constexpr NextJob next_job = NextJob::at_update;
  static constexpr bool all_restart = false;
  static constexpr bool they_wait = true;

  /// Workers that restart together may arrive together for long: in a round all such groups have one update
  /// each.
  static constexpr std::uint64_t updates_per_round(std::uint64_t workers, std::uint64_t gradients) {
    return workers / gradients;
  }

  /// Every worker has one job before the update, and waits.
  static constexpr std::uint64_t delays_in_a_row(std::uint64_t, std::uint64_t) { return 1; }

  friend bool operator==(Workers, Workers) = default;
};

}  // namespace dsgd::clock_rule
