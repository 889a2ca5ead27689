#pragma once

#include <cstdint>

namespace dsgd::clock_rule {

/// An update once `gradients` workers have arrived, each once. Whoever has arrived waits, and the update begins all
/// workers anew: order statistics, where one job of a worker depends on those before.
struct Rounds {
  static constexpr bool all_restart = true;
  static constexpr bool they_wait = true;

  static constexpr std::uint64_t updates_per_round(std::uint64_t, std::uint64_t) { return 1; }

  /// All have begun together.
  static constexpr std::uint64_t delays_in_a_row(std::uint64_t, std::uint64_t) { return 1; }

  friend bool operator==(Rounds, Rounds) = default;
};

}  // namespace dsgd::clock_rule
