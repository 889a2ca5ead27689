/// The two order statistics that a maximum and a minimum give, and the sums of the runtimes they stand for.
#pragma once

#include <cstdint>

#include "dsgd/arithmetic/tick.hpp"
#include "dsgd/host_device.hpp"
#include "kernels/sums/tick_sums.hpp"

namespace dsgd::kernels {

/// Largest and smallest excess of an iteration, or of some of its workers, time units.
struct Extremes {
  float slowest, fastest;
};

/// The extremes of no worker: joining them changes nothing, since an excess is >= 0 and finite.
inline constexpr Extremes no_extremes{0.0f, 0x1.fffffep127f};

/// Bytes that memory is filled with before it is written to, where an error may be lost: as floats they are
/// negative, which no excess is, and as counts far more than iterations.
inline constexpr int unwritten_byte = 0xfe;

/// True for the extremes of one worker or more. False for memory that no kernel wrote to, and where one of
/// the delays was not written: it is then the smallest.
DSGD_HD bool is_written(Extremes const& extremes) {
  return extremes.fastest >= 0.0f && extremes.slowest >= extremes.fastest;
}

struct OneDelay {
  DSGD_HD Extremes operator()(float excess) const { return {excess, excess}; }
};

struct JoinExtremes {
  DSGD_HD Extremes operator()(Extremes const& a, Extremes const& b) const {
    return {a.slowest < b.slowest ? b.slowest : a.slowest, b.fastest < a.fastest ? b.fastest : a.fastest};
  }
};

struct MergeTicks {
  DSGD_HD TickSums operator()(TickSums a, TickSums const& b) const {
    a.merge(b);
    return a;
  }
};

/// Which of an iteration's delays its runtime is.
enum class Extreme { slowest, fastest };

/// The runtime of one iteration as sums: which extreme it is, and the quantum in which it is counted.
struct RuntimeTicks {
  Extreme extreme;
  int quantum_exponent;

  friend bool operator==(RuntimeTicks const&, RuntimeTicks const&) = default;

  /// @return no iteration where the extremes were not written, so that their number tells
  DSGD_HD TickSums operator()(Extremes const& extremes) const {
    if (!is_written(extremes)) return no_ticks();
    float const excess = extreme == Extreme::slowest ? extremes.slowest : extremes.fastest;
    return one_runtime(excess, to_ticks(excess, quantum_exponent));
  }
};

}  // namespace dsgd::kernels
