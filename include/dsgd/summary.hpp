/// What is kept of a point. Integers only, so that summaries merge in any order to the same bits.
#pragma once

#include <cstdint>
#include <limits>

#include "dsgd/tick.hpp"
#include "dsgd/wide_unsigned.hpp"

namespace dsgd {

struct Summary {
  std::uint64_t iterations = 0;
  uint128 ticks = 0;              ///< sum of the runtimes, in quanta
  WideUnsigned<3> squared_ticks;  ///< sum of their squares
  float minimum =
      std::numeric_limits<float>::max();  ///< smallest excess, time units; meaningful once iterations > 0
  float maximum = 0.0f;                   ///< largest

  /// Adds the runtime of one iteration, as excess over the law's origin.
  void add(float excess, int quantum_exponent) {
    std::uint64_t const tick = to_ticks(excess, quantum_exponent);
    ++iterations;
    ticks += tick;
    squared_ticks += uint128{tick} * tick;
    if (excess < minimum) minimum = excess;
    if (excess > maximum) maximum = excess;
  }

  /// Adds what another summary of the same point holds.
  void merge(Summary const& other) {
    iterations += other.iterations;
    ticks += other.ticks;
    squared_ticks += other.squared_ticks;
    if (other.minimum < minimum) minimum = other.minimum;
    if (other.maximum > maximum) maximum = other.maximum;
  }

  friend bool operator==(Summary const&, Summary const&) = default;
};

}  // namespace dsgd
