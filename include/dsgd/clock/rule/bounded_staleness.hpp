#pragma once

#include <cstdint>
#include <numeric>

namespace dsgd::clock_rule {

/// An update every `gradients` arrivals. A worker whose gradient has arrived begins its next job unless it has
/// ended more than `staleness` jobs more than the slowest worker; it then waits for that one.
struct BoundedStaleness {
  std::uint32_t staleness = 0;  ///< jobs

  static constexpr bool all_restart = false;
  static constexpr bool they_wait = true;

  /// Where delays are constant, all workers arrive together.
  static constexpr std::uint64_t updates_per_round(std::uint64_t workers, std::uint64_t gradients) {
    return workers / std::gcd(workers, gradients);
  }

  /// The slowest worker never waits, so that one arrival comes within the longest delay.
  static constexpr std::uint64_t delays_in_a_row(std::uint64_t, std::uint64_t gradients) { return gradients; }

  /// Workers are at most so many jobs apart.
  std::uint64_t jobs_apart() const { return std::uint64_t{staleness} + 1; }

  friend bool operator==(BoundedStaleness, BoundedStaleness) = default;
};

}  // namespace dsgd::clock_rule
