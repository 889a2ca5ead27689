/// What a race's kernels count, in digits of 32 bits that need no carries: of fewer than 2^32 replications none
/// exceeds 64 bits.
#pragma once

#include <cstdint>

#include "dsgd/arithmetic/portable_log.hpp"
#include "dsgd/arithmetic/wide_unsigned.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/race/summary.hpp"
#include "kernels/device/unroll.hpp"
#include "kernels/sums/bin_counts.cuh"

namespace dsgd::kernels {

/// A sum of numbers of 64 bits.
struct LongSum {
  unsigned long long digits[2];

  __device__ void add(std::uint64_t number) {
    atomicAdd(digits, static_cast<unsigned long long>(number & 0xffffffff));
    atomicAdd(digits + 1, static_cast<unsigned long long>(number >> 32));
  }

  uint128 total() const { return digits[0] + (uint128{digits[1]} << 32); }
};

/// Sums of ticks, and of their squares.
struct SquaredSum {
  LongSum ticks;
  unsigned long long squares[4];

  __device__ void add(std::uint64_t tick) {
    ticks.add(tick);
    uint128 const square = uint128{tick} * tick;
    DSGD_UNROLL for (int i = 0; i < 4; ++i) {
      auto const digit = static_cast<std::uint32_t>(square >> (32 * i));
      atomicAdd(squares + i, static_cast<unsigned long long>(digit));
    }
  }

  void add_to(dsgd::TickSums& sums) const {
    sums.ticks += ticks.total();
    sums.squared += LongSum{{squares[0], squares[1]}}.total();
    uint128 const upper = LongSum{{squares[2], squares[3]}}.total();
    WideUnsigned<3> shifted;
    shifted.limb[1] = static_cast<std::uint64_t>(upper);
    shifted.limb[2] = static_cast<std::uint64_t>(upper >> 64);
    sums.squared += shifted;
  }
};

/// One RaceCheckpoint.
struct MarkSums {
  SquaredSum errors;
  unsigned long long diverged;
  LongSum updates, gradients, staleness;

  __device__ void add(std::uint64_t error, RaceProgress const& progress) {
    errors.add(error);
    if (error == max_ticks) atomicAdd(&diverged, 1ull);
    updates.add(progress.updates);
    gradients.add(progress.gradients);
    staleness.add(progress.staleness);
  }

  void add_to(RaceCheckpoint& checkpoint) const {
    errors.add_to(checkpoint.errors);
    checkpoint.diverged += diverged;
    checkpoint.updates += updates.total();
    checkpoint.gradients += gradients.total();
    checkpoint.staleness += staleness.total();
  }
};

/// FirstTimes.
struct TargetSums {
  SquaredSum times;
  unsigned long long reached;
  unsigned bins[histogram_bins];

  __device__ void add(double time, int exponent) {
    atomicAdd(&reached, 1ull);
    times.add(to_quanta(time, exponent));
    atomicAdd(bins + (static_cast<std::uint32_t>(bits_from_float(static_cast<float>(time))) >> 15), 1u);
  }

  void add_to(FirstTimes& first) const {
    first.reached += reached;
    times.add_to(first.times);
    for (std::uint32_t bin = 0; bin < histogram_bins; ++bin)
      if (bins[bin] != 0) first.histogram.add_to_bin(bin, bins[bin]);
  }
};

/// Where replications of a launch add what they measure.
struct RaceCounts {
  MarkSums* at_times;       ///< one per time
  MarkSums* after_updates;  ///< one per number of updates
  TargetSums* first_times;  ///< nullptr where there is no target
  unsigned* unfinished;     ///< replications with something left to measure
};

}  // namespace dsgd::kernels
