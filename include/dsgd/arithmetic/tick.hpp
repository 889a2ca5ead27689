/// Ticks: runtimes as integers, so that sums are exact and no order of adding changes a bit.
#pragma once

#include <cstdint>

#include "dsgd/arithmetic/portable_log.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd {

/// The most ticks of a delay or runtime: what is longer counts as this. Quanta are chosen so that none of
/// 2^50 is expected to be longer (dsgd/quantum/range.hpp). Below 2^50 iterations no sum of ticks reaches
/// 2^128 and no sum of their squares 2^192.
inline constexpr std::uint64_t max_ticks = std::uint64_t{1} << 62;

/// excess / 2^quantum_exponent, rounded to the nearest integer, ties to even; at most max_ticks.
/// @pre excess is >= 0 and no NaN; quantum_exponent >= -187
DSGD_HD std::uint64_t to_ticks(float excess, int quantum_exponent) {
  DSGD_EXPECTS(excess >= 0 && quantum_exponent >= -187);
  std::int32_t const bits = bits_from_float(excess);
  int const field = bits >> 23;  // biased exponent; 0 for subnormal numbers
  auto const fraction = static_cast<std::uint64_t>(bits & 0x7fffff);
  std::uint64_t const significand = field == 0 ? fraction : fraction | 0x800000u;
  int const shift = (field == 0 ? 1 : field) - 150 - quantum_exponent;
  if (shift >= 0) return shift <= 38 ? significand << shift : max_ticks;
  if (shift < -25) return 0;  // below half a quantum
  std::uint64_t const half = std::uint64_t{1} << (-shift - 1);
  std::uint64_t const odd = significand >> -shift & 1u;
  return (significand + half - 1 + odd) >> -shift;
}

}  // namespace dsgd
