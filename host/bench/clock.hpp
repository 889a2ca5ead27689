#pragma once

#include <optional>

namespace dsgd {

/// Speed of a core right now, measured by a chain of dependent multiplications of three cycles each.
struct ClockProbe {
  std::optional<double> hertz;  ///< absent where the latency of a multiplication is not known
  double share;  ///< share of the wanted processor time that the threads got; 1 on an idle machine
};

/// Probes the clock, in some ten milliseconds.
/// @param threads  >= 1, run side by side; hertz is that of the fastest
ClockProbe probe_clock(unsigned threads);

/// Processor time of all threads of this process so far, seconds.
double processor_seconds();

/// Below this share something else computes on the same cores, and figures say more about that than about us.
inline constexpr double busy_share = 0.95;

}  // namespace dsgd
