/// What is kept of a point of a race. Its sums are integers, so that summaries merge in any order to the same
/// bits.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dsgd/arithmetic/tick.hpp"
#include "dsgd/arithmetic/wide_unsigned.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/summary/histogram.hpp"

namespace dsgd {

/// A number >= 0 in quanta of 2^exponent, rounded to the nearest, ties to even. What is max_ticks or more, and
/// what is no number, counts as max_ticks.
DSGD_HD std::uint64_t to_quanta(double value, int exponent) {
  double const ticks = std::ldexp(value, -exponent);
  if (!(ticks < static_cast<double>(max_ticks))) return max_ticks;
  return static_cast<std::uint64_t>(std::llrint(ticks));
}

/// Sum and sum of squares of some ticks, of 2^50 at most.
struct TickSums {
  uint128 ticks = 0;
  WideUnsigned<3> squared;

  void add(std::uint64_t tick) {
    ticks += tick;
    squared += uint128{tick} * tick;
  }
  void merge(TickSums const& other) {
    ticks += other.ticks;
    squared += other.squared;
  }
  friend bool operator==(TickSums const&, TickSums const&) = default;
};

/// How far training has come in one replication.
struct RaceProgress {
  std::uint64_t updates = 0;
  std::uint64_t gradients = 0;  ///< that entered them
  std::uint64_t staleness = 0;  ///< sum over these gradients, in updates
};

/// All replications at one time, or after one number of updates.
struct RaceCheckpoint {
  TickSums errors;
  std::uint64_t diverged = 0;  ///< replications whose error is max_ticks: the sums then mean nothing
  uint128 updates = 0, gradients = 0, staleness = 0;

  void add(std::uint64_t error_ticks, RaceProgress const& progress) {
    errors.add(error_ticks);
    diverged += error_ticks == max_ticks;
    updates += progress.updates;
    gradients += progress.gradients;
    staleness += progress.staleness;
  }
  void merge(RaceCheckpoint const& other) {
    errors.merge(other.errors);
    diverged += other.diverged;
    updates += other.updates;
    gradients += other.gradients;
    staleness += other.staleness;
  }
  friend bool operator==(RaceCheckpoint const&, RaceCheckpoint const&) = default;
};

/// When replications had an error of the target or less for the first time.
struct FirstTimes {
  std::uint64_t reached = 0;  ///< replications that had
  TickSums times;             ///< of these
  Histogram histogram;        ///< of these, in time units

  void add(double time, int exponent) {
    ++reached;
    times.add(to_quanta(time, exponent));
    histogram.add(static_cast<float>(time));
  }
  void merge(FirstTimes const& other) {
    reached += other.reached;
    times.merge(other.times);
    histogram.merge(other.histogram);
  }
  friend bool operator==(FirstTimes const&, FirstTimes const&) = default;
};

struct RaceSummary {
  std::uint64_t replications = 0;
  std::vector<RaceCheckpoint> at_times, after_updates;  ///< one for each that is measured
  FirstTimes first_times;                               ///< where there is a target

  RaceSummary() = default;
  RaceSummary(std::size_t times, std::size_t updates) : at_times(times), after_updates(updates) {}

  void merge(RaceSummary const& other) {
    DSGD_EXPECTS(at_times.size() == other.at_times.size());
    DSGD_EXPECTS(after_updates.size() == other.after_updates.size());
    replications += other.replications;
    for (std::size_t i = 0; i < at_times.size(); ++i) at_times[i].merge(other.at_times[i]);
    for (std::size_t i = 0; i < after_updates.size(); ++i) after_updates[i].merge(other.after_updates[i]);
    first_times.merge(other.first_times);
  }
  friend bool operator==(RaceSummary const&, RaceSummary const&) = default;
};

}  // namespace dsgd
