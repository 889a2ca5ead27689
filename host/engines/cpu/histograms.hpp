/// Counts arrays of runtimes. A runtime takes about a nanosecond; its draws take some ten.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "dsgd/summary/histogram.hpp"

namespace dsgd {

namespace detail {

/// Counts runtimes in two passes over short blocks: the first, without branches, takes vector registers.
/// @param runtime_at  gives runtime i of the count, time units, >= 0 and finite
template <class RuntimeAt>
void count_blocks(std::size_t count, float origin, Histogram& histogram, RuntimeAt const& runtime_at) {
  constexpr std::size_t block = 256;
  std::array<std::uint32_t, block> bins;
  for (std::size_t begin = 0; begin < count; begin += block) {
    std::size_t const in_block = std::min(block, count - begin);
    for (std::size_t i = 0; i < in_block; ++i) bins[i] = Histogram::bin_above(origin, runtime_at(begin + i));
    for (std::size_t i = 0; i < in_block; ++i) histogram.add_to_bin(bins[i], 1);
  }
}

}  // namespace detail

/// Counts runtimes in a histogram.
/// @param runtimes  time units, >= 0 and finite
/// @param origin    histogram_origin of the observable, time units
inline void count_runtimes(std::span<float const> runtimes, float origin, Histogram& histogram) {
  detail::count_blocks(runtimes.size(), origin, histogram, [&](std::size_t i) { return runtimes[i]; });
}

/// Counts runtimes in ticks, as the times that time_of() gives. The product stands for its ldexp, which is a
/// call: it is exact before it is rounded once.
inline void count_runtimes(std::span<std::uint64_t const> ticks, int quantum_exponent, float origin,
                           Histogram& histogram) {
  double const quantum = std::ldexp(1.0, quantum_exponent);
  detail::count_blocks(ticks.size(), origin, histogram, [&](std::size_t i) {
    return static_cast<float>(static_cast<double>(static_cast<float>(ticks[i])) * quantum);
  });
}

}  // namespace dsgd
