#pragma once

#include <cstdint>
#include <numeric>

#include "dsgd/clock/rule/next_job.hpp"

namespace dsgd::clock_rule {

/// An update every `gradients` arrivals; who has arrived goes on at once.
struct Arrivals {
  static constexpr NextJob next_job = NextJob::at_once;
  static constexpr bool all_restart = false;
  static constexpr bool they_wait = false;

  static constexpr std::uint64_t updates_per_round(std::uint64_t workers, std::uint64_t gradients) {
    return workers / std::gcd(workers, gradients);
  }

  /// Every worker ends n jobs in the time of n of the longest, so that k arrivals of m workers take ceil(k / m)
  /// of them at most.
  static constexpr std::uint64_t delays_in_a_row(std::uint64_t workers, std::uint64_t gradients) {
    return (gradients - 1) / workers + 1;
  }

  friend bool operator==(Arrivals, Arrivals) = default;
};

}  // namespace dsgd::clock_rule
