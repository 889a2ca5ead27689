/// Quanta: in which unit runtimes are counted, so that typical ones keep 24 bits and the longest fit.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "dsgd/arithmetic/portable_log.hpp"
#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/arithmetic/wide_unsigned.hpp"
#include "dsgd/draw/address.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/order_statistics/address.hpp"

namespace dsgd {

/// The draw whose probability of a longer delay is numerator / denominator.
/// @pre 0 < numerator < denominator
inline DelayWords word_at(std::uint32_t numerator, std::uint32_t denominator) {
  DSGD_EXPECTS(0 < numerator && numerator < denominator);
  std::uint32_t const complement = denominator - numerator;
  bool const lower_end = numerator <= complement;
  uint128 const scaled = (uint128{lower_end ? numerator : complement} << 64) / denominator;  // at most 2^63
  auto const j = static_cast<std::uint32_t>(scaled >> 32);
  return {lower_end ? j : ~j, static_cast<std::uint32_t>(scaled)};
}

/// The binary logarithm, rounded down; -127 for 0 and subnormal numbers. @pre value >= 0
inline int floor_log2(float value) {
  DSGD_EXPECTS(value >= 0);
  return (bits_from_float(value) >> 23) - 127;
}

/// The binary logarithm, rounded up; -127 or -126 for 0 and subnormal numbers. @pre value >= 0
inline int ceil_log2(float value) { return floor_log2(value) + ((bits_from_float(value) & 0x7fffff) != 0); }

/// Between which powers of two runtimes are to be counted: typical ones, and the longest but for one of 2^50.
struct RuntimeRange {
  int typical;  ///< exponent of a typical one, rounded down; -127 where that is 0
  int rare;     ///< exponent of a rare one, rounded up
};

/// Exponent of the quantum for a range: 2^-24 of the typical runtimes, but coarse enough for the longest to
/// stay below 2^62 ticks.
constexpr int quantum_exponent(RuntimeRange range) { return std::max(range.typical - 24, range.rare - 62); }

/// log 2^50: what happens with probability 2^-50 in an iteration is not expected to happen in a point.
inline constexpr double rare_nats = 50 * portable::log_2_hi;

/// A hazard that the `rank`-th smallest of `workers` exceeds with probability 2^-50 at most. It does where
/// j = workers - rank + 1 of them do. The probability of that is below C(workers, j) e^(-j hazard), where
/// C(n, j) <= min((e n / j)^j, (e n / (n - j))^(n - j)).
/// @pre 1 <= rank <= workers <= max_sampled_workers
inline double rare_hazard(std::uint64_t workers, std::uint64_t rank) {
  DSGD_EXPECTS(1 <= rank && rank <= workers && workers <= max_sampled_workers);
  auto const n = static_cast<double>(workers);
  auto const j = static_cast<double>(workers - rank + 1);
  double const others = n - j;
  double const choices =
      others <= 0 ? 0.0 : std::min(1 + portable::log(n / j), others / j * (1 + portable::log(n / others)));
  return rare_nats / j + choices;
}

/// The draw that has a hazard, or the longest draw where none has so large a one. @pre hazard >= 2^-40
inline DelayWords words_at_hazard(double hazard) {
  DSGD_EXPECTS(hazard >= 0x1p-40);
  return words_at(static_cast<std::uint64_t>(portable::exp(-hazard) * 0x1p64));
}

/// The range of the `rank`-th smallest of `workers` delays; typical is the delay at its median rank.
/// @pre 1 <= rank <= workers < 2^31
template <class Sampler>
RuntimeRange order_statistic_range(Sampler const& law, std::uint32_t workers, std::uint32_t rank) {
  DSGD_EXPECTS(1 <= rank && rank <= workers && workers >> 31 == 0);
  DelayWords const median = word_at(2 * (workers - rank) + 1, 2 * workers);
  DelayWords const rare = words_at_hazard(rare_hazard(workers, rank));
  return {floor_log2(law.excess(median.k, median.t)), ceil_log2(law.excess(rare.k, rare.t))};
}

/// The range of delays that are added one by one: typical is the median excess, rare the sum of `steps`
/// delays that are the longest of 2^50, each `origin` more than its excess.
/// @param origin  >= 0, time units
/// @param steps   >= 1
template <class Sampler>
RuntimeRange delay_range(Sampler const& law, double origin, std::uint64_t steps) {
  DelayWords const median = word_at(1, 2);
  DelayWords const rare = words_at_hazard(rare_nats);
  float const longest = law.excess(rare.k, rare.t);
  // Twice the larger of both is at least their sum, and needs no rounding.
  int const sum = (origin > static_cast<double>(longest) ? std::ilogb(origin) + 1 : ceil_log2(longest)) + 1;
  return {floor_log2(law.excess(median.k, median.t)), sum + static_cast<int>(std::bit_width(steps - 1))};
}

/// A law's origin in ticks, rounded to nearest even. @pre 0 <= origin < 2^(62 + quantum_exponent)
inline std::uint64_t origin_ticks(double origin, int quantum_exponent) {
  DSGD_EXPECTS(origin >= 0 && origin < std::ldexp(1.0, 62 + quantum_exponent));
  return static_cast<std::uint64_t>(std::llrint(std::ldexp(origin, -quantum_exponent)));
}

}  // namespace dsgd
