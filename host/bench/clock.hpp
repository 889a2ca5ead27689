#pragma once

#include <optional>

namespace dsgd {

/// What a core does right now, by a chain of dependent multiplications of three cycles each.
struct ClockProbe {
  std::optional<double> hertz;  ///< absent where the latency of a multiplication is not known
  double share;  ///< of the processor time that the threads wanted and got; 1 on an idle machine
};

/// Takes some ten milliseconds. @param threads  >= 1, run side by side; hertz is that of the fastest
ClockProbe probe_clock(unsigned threads);

/// Below this share somebody else computes on the same cores, and figures say more about him than about us.
inline constexpr double busy_share = 0.95;

}  // namespace dsgd
