/// What is kept of a point. Its sums are integers, so that summaries merge in any order to the same bits.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "dsgd/arithmetic/tick.hpp"
#include "dsgd/arithmetic/wide_unsigned.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/summary/histogram.hpp"

namespace dsgd {

/// What is kept for strategies that follow clocks alone.
struct ClockSummary {
  std::uint64_t replications = 0;
  WideUnsigned<4> squared_windows;  ///< sum of the squared lengths of the replications' windows, in ticks
  uint128 staleness = 0;            ///< sum over all gradients, in updates
  std::uint64_t gradients = 0;      ///< number of those that entered the measured updates
  Histogram stalenesses;            ///< of single gradients, in updates; exact below 512

  void merge(ClockSummary const& other) {
    replications += other.replications;
    squared_windows += other.squared_windows;
    staleness += other.staleness;
    gradients += other.gradients;
    stalenesses.merge(other.stalenesses);
  }

  friend bool operator==(ClockSummary const&, ClockSummary const&) = default;
};

struct Summary {
  std::uint64_t iterations = 0;
  uint128 ticks = 0;              ///< sum of the runtimes, in quanta
  WideUnsigned<3> squared_ticks;  ///< sum of the squares of the runtimes, in quanta squared
  float minimum =
      std::numeric_limits<float>::max();  ///< shortest runtime, time units; meaningful once iterations > 0
  float maximum = 0.0f;                   ///< longest runtime, time units
  Histogram histogram = {};               ///< of the runtimes, where quantiles were asked for
  ClockSummary clocks = {};

  /// Adds the runtime of one iteration.
  /// @param time  the ticks in time units, or what was rounded to them
  void add_ticks(std::uint64_t tick, float time) {
    ++iterations;
    ticks += tick;
    squared_ticks += uint128{tick} * tick;
    if (time < minimum) minimum = time;
    if (time > maximum) maximum = time;
  }

  /// Adds the runtime of one iteration, as excess over the law's origin.
  void add(float excess, int quantum_exponent) { add_ticks(to_ticks(excess, quantum_exponent), excess); }

  /// Adds what another summary of the same point holds.
  void merge(Summary const& other) {
    iterations += other.iterations;
    ticks += other.ticks;
    squared_ticks += other.squared_ticks;
    if (other.minimum < minimum) minimum = other.minimum;
    if (other.maximum > maximum) maximum = other.maximum;
    histogram.merge(other.histogram);
    clocks.merge(other.clocks);
  }

  friend bool operator==(Summary const&, Summary const&) = default;
};

/// A runtime given in ticks, in time units: for minima, maxima and histograms.
DSGD_HD float time_of(std::uint64_t ticks, int quantum_exponent) {
  return std::ldexp(static_cast<float>(ticks), quantum_exponent);
}

}  // namespace dsgd
