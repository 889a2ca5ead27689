/// Ticks: runtimes as integers, so that sums are exact and no order of adding changes a bit.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "dsgd/host_device.hpp"
#include "dsgd/portable_log.hpp"
#include "dsgd/wide_unsigned.hpp"

namespace dsgd {

/// excess / 2^quantum_exponent, rounded to the nearest integer, ties to even.
/// @pre excess is >= 0 and finite, and the quotient is below 2^64
DSGD_HD std::uint64_t to_ticks(float excess, int quantum_exponent) {
  std::int32_t const bits = bits_from_float(excess);
  int const field = bits >> 23;  // biased exponent; 0 for subnormal numbers
  auto const fraction = static_cast<std::uint64_t>(bits & 0x7fffff);
  std::uint64_t const significand = field == 0 ? fraction : fraction | 0x800000u;
  int const shift = (field == 0 ? 1 : field) - 150 - quantum_exponent;
  if (shift >= 0) return significand << shift;
  if (shift < -25) return 0;  // below half a quantum
  std::uint64_t const half = std::uint64_t{1} << (-shift - 1);
  std::uint64_t const odd = significand >> -shift & 1u;
  return (significand + half - 1 + odd) >> -shift;
}

/// A draw as word and tail word.
struct RankWord {
  std::uint32_t k, t;
};

/// The draw whose probability of a longer delay is numerator / denominator. @pre 0 < numerator < denominator
/// < 2^32
inline RankWord word_at(std::uint32_t numerator, std::uint32_t denominator) {
  std::uint32_t const complement = denominator - numerator;
  bool const lower_end = numerator <= complement;
  uint128 const scaled = (uint128{lower_end ? numerator : complement} << 64) / denominator;  // at most 2^63
  auto const j = static_cast<std::uint32_t>(scaled >> 32);
  return {lower_end ? j : ~j, static_cast<std::uint32_t>(scaled)};
}

/// -127 for 0 and subnormal numbers. @pre value is >= 0 and finite
inline int floor_log2(float value) { return (bits_from_float(value) >> 23) - 127; }

/// -127 or -126 for 0 and subnormal numbers. @pre value is >= 0 and finite
inline int ceil_log2(float value) { return floor_log2(value) + ((bits_from_float(value) & 0x7fffff) != 0); }

/// Exponent of the quantum in which the `rank`-th smallest of `workers` delays is summed: 2^-24 of the excess
/// at the statistic's median rank, but coarse enough for the longest delay there is (u = 2^-65) to stay below
/// 2^64 ticks. Below 2^50 iterations no sum of ticks reaches 2^128 and no sum of their squares 2^192.
/// @pre 1 <= rank <= workers < 2^31
template <class Sampler>
int quantum_exponent(Sampler const& law, std::uint32_t workers, std::uint32_t rank) {
  RankWord const median = word_at(2 * (workers - rank) + 1, 2 * workers);
  int const fine = floor_log2(law.excess(median.k, median.t)) - 24;
  int const coarse = ceil_log2(law.excess(0, 0)) - 63;
  return fine > coarse ? fine : coarse;
}

/// Exponent of the quantum in which delays are summed one by one: 2^-24 of the median excess, but coarse
/// enough for `steps` of the longest delays there are, each `origin` more than its excess, to stay below 2^62
/// ticks.
/// @param origin  >= 0, time units
/// @param steps   >= 1
template <class Sampler>
int delay_quantum_exponent(Sampler const& law, double origin, std::uint64_t steps) {
  RankWord const median = word_at(1, 2);
  int const fine = floor_log2(law.excess(median.k, median.t)) - 24;
  float const longest = law.excess(0, 0);
  // Twice the larger is more than their sum, without a sum whose rounding would have to be thought about.
  int const sum = (origin > static_cast<double>(longest) ? std::ilogb(origin) + 1 : ceil_log2(longest)) + 1;
  int const coarse = sum + static_cast<int>(std::bit_width(steps - 1)) - 62;
  return fine > coarse ? fine : coarse;
}

/// A law's origin in ticks, rounded to nearest even. @pre 0 <= origin < 2^(63 + quantum_exponent)
inline std::uint64_t origin_ticks(double origin, int quantum_exponent) {
  return static_cast<std::uint64_t>(std::llrint(std::ldexp(origin, -quantum_exponent)));
}

}  // namespace dsgd
