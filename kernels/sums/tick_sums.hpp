/// Sums of runtimes on the device: a Summary in digits that need no carries.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "dsgd/arithmetic/tick.hpp"
#include "dsgd/arithmetic/wide_unsigned.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/summary/summary.hpp"

namespace dsgd::kernels {

/// Sums of runtimes. A sum of integers is kept as sums of their 32-bit digits, each in 64 bits: adding is
/// plain addition without carries, also by atomics, in any order. Only the host carries. It holds fewer than
/// 2^32 runtimes, so that no digit overflows. It is an aggregate without initializers, as shared memory wants
/// it.
struct TickSums {
  unsigned long long iterations;
  unsigned long long ticks[2];          ///< sum = ticks[0] + 2^32 ticks[1]
  unsigned long long squared_ticks[4];  ///< sum = squared_ticks[0] + 2^32 squared_ticks[1] + ...
  float minimum, maximum;               ///< excess, time units

  DSGD_HD void merge(TickSums const& other) {
    iterations += other.iterations;
    for (int i = 0; i < 2; ++i) ticks[i] += other.ticks[i];
    for (int i = 0; i < 4; ++i) squared_ticks[i] += other.squared_ticks[i];
    if (other.minimum < minimum) minimum = other.minimum;
    if (other.maximum > maximum) maximum = other.maximum;
  }

  Summary summary() const {
    Summary result{iterations, (uint128{ticks[1]} << 32) + ticks[0], {}, minimum, maximum};
    result.squared_ticks += (uint128{squared_ticks[1]} << 32) + squared_ticks[0];
    uint128 const upper = (uint128{squared_ticks[3]} << 32) + squared_ticks[2];
    result.squared_ticks +=
        WideUnsigned<3>{{0, static_cast<std::uint64_t>(upper), static_cast<std::uint64_t>(upper >> 64)}};
    return result;
  }
};

/// The sums of no runtime.
DSGD_HD TickSums no_ticks() { return {0, {}, {}, 0x1.fffffep127f, 0.0f}; }

/// The sums of one runtime of up to 2^64 - 1 ticks.
DSGD_HD TickSums one_runtime(float excess, std::uint64_t tick) {
  uint128 const square = uint128{tick} * tick;
  auto const digit = [](uint128 value, int i) {
    return static_cast<unsigned long long>(static_cast<std::uint32_t>(value >> (32 * i)));
  };
  return {1,
          {digit(tick, 0), digit(tick, 1)},
          {digit(square, 0), digit(square, 1), digit(square, 2), digit(square, 3)},
          excess,
          excess};
}

/// The sums of one runtime of fewer than 2^32 ticks: the upper digits are 0, as the compiler sees.
DSGD_HD TickSums one_small_runtime(float excess, std::uint32_t tick) {
  std::uint64_t const square = std::uint64_t{tick} * tick;
  return {1, {tick, 0}, {static_cast<std::uint32_t>(square), square >> 32, 0, 0}, excess, excess};
}

/// The sums of one runtime of any number of ticks, without the upper digits where it is short.
DSGD_HD TickSums one_duration(std::uint64_t tick, float time) {
  return tick >> 32 == 0 ? one_small_runtime(time, static_cast<std::uint32_t>(tick))
                         : one_runtime(time, tick);
}

/// Counts runtimes in ticks as to_ticks does, by float arithmetic where that is exact: in a third of the
/// instructions.
struct TickScale {
  int quantum_exponent;
  float ticks_per_unit;  ///< infinity where it is no normal float: to_ticks() then does all

  DSGD_HD void add(TickSums& sums, float excess) const {
    float const ticks = excess * ticks_per_unit;  // exact, or so small that it rounds to 0
    if (ticks < 0x1p32f)                          // false for NaN
      sums.merge(one_small_runtime(excess, rounded(ticks)));
    else
      sums.merge(one_runtime(excess, to_ticks(excess, quantum_exponent)));
  }

  DSGD_HD std::uint64_t ticks(float excess) const {
    float const ticks = excess * ticks_per_unit;
    return ticks < 0x1p32f ? rounded(ticks) : to_ticks(excess, quantum_exponent);
  }

 private:
  /// Rounds to the nearest integer, ties to even. @pre 0 <= ticks < 2^32
  DSGD_HD static std::uint32_t rounded(float ticks) {
    DSGD_EXPECTS(ticks >= 0 && ticks < 0x1p32f);
    constexpr float integers_begin = 0x1p23f;  // every float from here on is an integer
    return static_cast<std::uint32_t>(ticks < integers_begin ? (ticks + integers_begin) - integers_begin
                                                             : ticks);
  }
};

inline TickScale tick_scale(int quantum_exponent) {
  bool const is_normal = quantum_exponent >= -127 && quantum_exponent <= 126;
  return {quantum_exponent,
          is_normal ? std::ldexp(1.0f, -quantum_exponent) : std::numeric_limits<float>::infinity()};
}

}  // namespace dsgd::kernels
