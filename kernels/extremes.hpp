/// The two order statistics that a maximum and a minimum give, and the sums of the runtimes they stand for.
#pragma once

#include <cstdint>

#include "dsgd/host_device.hpp"
#include "dsgd/summary.hpp"
#include "dsgd/tick.hpp"
#include "dsgd/wide_unsigned.hpp"

namespace dsgd::kernels {

/// Largest and smallest excess of an iteration, or of some of its workers, time units.
struct Extremes {
  float slowest, fastest;
};

/// Of no worker: joining it changes nothing, since an excess is >= 0 and finite.
inline constexpr Extremes no_extremes{0.0f, 0x1.fffffep127f};

struct OneDelay {
  DSGD_HD Extremes operator()(float excess) const { return {excess, excess}; }
};

struct JoinExtremes {
  DSGD_HD Extremes operator()(Extremes const& a, Extremes const& b) const {
    return {a.slowest < b.slowest ? b.slowest : a.slowest, b.fastest < a.fastest ? b.fastest : a.fastest};
  }
};

/// A Summary as a plain value for reductions on the device.
struct TickSums {
  std::uint64_t iterations = 0;
  uint128 ticks = 0;
  WideUnsigned<3> squared_ticks;
  float minimum = no_extremes.fastest;
  float maximum = no_extremes.slowest;

  Summary summary() const { return {iterations, ticks, squared_ticks, minimum, maximum}; }
};

struct MergeTicks {
  DSGD_HD TickSums operator()(TickSums a, TickSums const& b) const {
    a.iterations += b.iterations;
    a.ticks += b.ticks;
    a.squared_ticks += b.squared_ticks;
    if (b.minimum < a.minimum) a.minimum = b.minimum;
    if (b.maximum > a.maximum) a.maximum = b.maximum;
    return a;
  }
};

/// The runtime of one iteration as sums: which extreme it is, and the quantum in which it is counted.
struct RuntimeTicks {
  enum class Extreme { slowest, fastest } extreme;
  int quantum_exponent;

  DSGD_HD TickSums operator()(Extremes const& extremes) const {
    float const excess = extreme == Extreme::slowest ? extremes.slowest : extremes.fastest;
    std::uint64_t const tick = to_ticks(excess, quantum_exponent);
    TickSums sums;
    sums.iterations = 1;
    sums.ticks = tick;
    sums.squared_ticks += uint128{tick} * tick;
    sums.minimum = sums.maximum = excess;
    return sums;
  }
};

}  // namespace dsgd::kernels
