/// Histograms of arrays of runtimes: about a nanosecond each, beside some ten that their draws take.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>

#include "dsgd/summary/histogram.hpp"

namespace dsgd {

/// @param runtimes  time units, >= 0 and finite
/// @param origin    that of Observable, time units
inline void count_runtimes(std::span<float const> runtimes, float origin, Histogram& histogram) {
  for (float const runtime : runtimes) histogram.add_above(origin, runtime);
}

/// Of runtimes in quanta: those that time_of() gives. Its ldexp is a call; the product is exact, and rounded
/// once.
inline void count_runtimes(std::span<std::uint64_t const> ticks, int quantum_exponent, float origin,
                           Histogram& histogram) {
  double const quantum = std::ldexp(1.0, quantum_exponent);
  for (std::uint64_t const tick : ticks)
    histogram.add_above(origin, static_cast<float>(static_cast<double>(static_cast<float>(tick)) * quantum));
}

}  // namespace dsgd
