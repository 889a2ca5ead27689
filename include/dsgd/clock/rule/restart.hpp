#pragma once

#include <cstdint>

#include "dsgd/clock/rule/arrivals.hpp"
#include "dsgd/clock/rule/next_job.hpp"

namespace dsgd::clock_rule {

/// An update every `gradients` arrivals, at which every worker begins anew. Up to there who has arrived goes
/// on at once.
struct Restart {
  static constexpr NextJob next_job = NextJob::all_at_update;
  static constexpr bool all_restart = true;
  static constexpr bool they_wait = false;

  /// Every update ends what was under way.
  static constexpr std::uint64_t updates_per_round(std::uint64_t, std::uint64_t) { return 1; }

  static constexpr std::uint64_t delays_in_a_row(std::uint64_t workers, std::uint64_t gradients) {
    return Arrivals::delays_in_a_row(workers, gradients);
  }

  friend bool operator==(Restart, Restart) = default;
};

}  // namespace dsgd::clock_rule
