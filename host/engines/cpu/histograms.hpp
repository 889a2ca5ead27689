/// Counts arrays of runtimes. A runtime takes about a nanosecond; its draws take some ten.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>

#include "dsgd/summary/histogram.hpp"

namespace dsgd {

/// Counts runtimes in a histogram.
/// @param runtimes  time units, >= 0 and finite
/// @param origin    histogram_origin of the observable, time units
inline void count_runtimes(std::span<float const> runtimes, float origin, Histogram& histogram) {
  for (float const runtime : runtimes) histogram.add_above(origin, runtime);
}

/// Counts runtimes in ticks, as the times that time_of() gives. The product stands for its ldexp, which is a
/// call: it is exact before it is rounded once.
inline void count_runtimes(std::span<std::uint64_t const> ticks, int quantum_exponent, float origin,
                           Histogram& histogram) {
  double const quantum = std::ldexp(1.0, quantum_exponent);
  for (std::uint64_t const tick : ticks)
    histogram.add_above(origin, static_cast<float>(static_cast<double>(static_cast<float>(tick)) * quantum));
}

}  // namespace dsgd
