/// Instructions whose result C++ leaves open, or has no operator for. Source: PTX ISA 9.0, "Instruction Set".
#pragma once

#include <ctime>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "runtime/block.hpp"
#include "runtime/types.hpp"

namespace emulated_gpu {

inline float float_of(u32 bits) { return std::bit_cast<float>(bits); }
inline double double_of(u64 bits) { return std::bit_cast<double>(bits); }
inline u32 bits_of(float value) { return std::bit_cast<u32>(value); }
inline u64 bits_of(double value) { return std::bit_cast<u64>(value); }

/// A shift by the width or more leaves 0.
template <class V>
V shifted_left(V value, u32 by) {
  return by < sizeof(V) * 8 ? static_cast<V>(value << by) : V{0};
}

/// A shift by the width or more leaves 0, or what the sign is.
template <class V>
V shifted_right(V value, u32 by) {
  constexpr u32 last = sizeof(V) * 8 - 1;
  if (by > last) return value < 0 ? static_cast<V>(-1) : V{0};
  return static_cast<V>(value >> by);
}

/// The low bits of `field` put into `into` from bit `start` on, as far as they fit.
template <class V>
V field_inserted(V field, V into, u32 start, u32 length) {
  start &= 0xff, length &= 0xff;
  constexpr u32 width = sizeof(V) * 8;
  if (start >= width || length == 0) return into;
  V const ones = length >= width ? ~V{0} : static_cast<V>((V{1} << length) - 1);
  V const mask = static_cast<V>(ones << start);
  return static_cast<V>((into & ~mask) | (field << start & mask));
}

/// Bit i of `table` is the result for a, b, c = the bits of i.
inline u32 three_way_logic(u32 a, u32 b, u32 c, u32 table) {
  u32 result = 0;
  for (u32 i = 0; i < 8; ++i)
    if (table >> i & 1u) result |= (i & 4u ? a : ~a) & (i & 2u ? b : ~b) & (i & 1u ? c : ~c);
  return result;
}

template <class V>
V bits_reversed(V value) {
  V result = 0;
  for (u32 i = 0; i < sizeof(V) * 8; ++i) result = static_cast<V>(result << 1 | (value >> i & 1u));
  return result;
}

/// Towards zero. What is too large or too small becomes the last integer on that side, and NaN becomes 0.
template <class Integer, class Float>
Integer truncated(Float x) {
  using Limits = std::numeric_limits<Integer>;
  if (std::isnan(x)) return 0;
  if (x <= static_cast<Float>(Limits::min())) return Limits::min();
  if (x >= static_cast<Float>(Limits::max())) return Limits::max();
  return static_cast<Integer>(x);
}

template <class V>
V divided(Thread& t, V a, V b, u32 line) {
  if (b == 0) fail(t, line, "division by 0");
  return a / b;
}

template <class V>
V remainder(Thread& t, V a, V b, u32 line) {
  if (b == 0) fail(t, line, "division by 0");
  return a % b;
}

/// Nanoseconds, which also stand for cycles.
inline u64 globaltimer() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<u64>(now.tv_sec) * 1'000'000'000 + static_cast<u64>(now.tv_nsec);
}
inline u64 clock64() { return globaltimer(); }

}  // namespace emulated_gpu
