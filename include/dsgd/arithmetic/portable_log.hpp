/// The hazard E = -log u of a word: the one logarithm under every delay. It takes float32 and integers only,
/// no libm, so that g++, clang and nvcc give the same bits. Compile without contraction (-ffp-contract=off,
/// --fmad=false): a*b+c is fused only where fma() is written. tests/exhaustive shows error, order and
/// equality over all 2^32 words.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "dsgd/draw/address.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd {

DSGD_HD float float_from_bits(std::int32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

DSGD_HD std::int32_t bits_from_float(float value) {
  std::int32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

/// An unevaluated sum hi + lo, where lo is what hi lacks.
struct FloatPair {
  float hi, lo;
};

/// The rounded sum of two floats and what the rounding lost: |lo| <= ulp(hi) / 2. Source: Dekker 1971.
/// @pre big == 0 or |big| >= |small|
DSGD_HD FloatPair exact_sum(float big, float small) {
  DSGD_EXPECTS(big == 0 || std::fabs(big) >= std::fabs(small));
  float const sum = big + small;
  return {sum, small - (sum - big)};
}

/// How far a draw is from the end that it is counted from: j + 1/2, exactly, or j 2^32 + t + 1/2 to 48 bits.
/// @param j     the word, or its complement where it is counted from the upper end
/// @param tail  true where the tail word t counts
DSGD_HD FloatPair distance_to_end(std::uint32_t j, std::uint32_t t, bool tail) {
  std::uint32_t const low = tail ? t : j;
  // Pieces of 23 and 9 bits convert to float exactly.
  FloatPair const lower = exact_sum(static_cast<float>(static_cast<std::int32_t>(low >> 9)) * 512.0f,
                                    static_cast<float>(static_cast<std::int32_t>(low & 511u)) + 0.5f);
  auto const upper = static_cast<float>(static_cast<std::int32_t>(tail ? j : 0)) * 0x1p32f;
  FloatPair sum = exact_sum(upper, lower.hi);
  sum.lo += lower.lo;
  return sum;
}

/// The minimax polynomial for (-log(1 - g) - g) / g^2 on [-1/2, 1/4]. The logarithm has a relative error of
/// 2^-30.3 by it.
DSGD_HD float log_series(float g) {
  float q = 0x1.3912f2p-5f;
  q = std::fma(q, g, 0x1.7ac8b8p-4f);
  q = std::fma(q, g, 0x1.e2a222p-4f);
  q = std::fma(q, g, 0x1.04ac82p-3f);
  q = std::fma(q, g, 0x1.24223p-3f);
  q = std::fma(q, g, 0x1.55125ap-3f);
  q = std::fma(q, g, 0x1.999aa4p-3f);
  q = std::fma(q, g, 0x1.000094p-2f);
  q = std::fma(q, g, 0x1.555552p-2f);
  return std::fma(q, g, 0.5f);
}

/// -log u of a draw, where u is the probability of a longer delay: (k + 1/2) / 2^32; where needs_tail(k) it
/// is (k 2^32 + t + 1/2) / 2^64 at the lower end and 1 - (~k 2^32 + t + 1/2) / 2^64 at the upper end.
/// @param k, t  word and tail word of the draw
/// @return      in [2.7e-20, 45.1], within 1.4 ulp; never increases with u
DSGD_HD float neg_log_uniform(std::uint32_t k, std::uint32_t t) {
  bool const near_one = k >= 0xC0000000u;  // u >= 3/4: counted from the upper end, nothing cancels
  std::uint32_t const j = near_one ? ~k : k;
  bool const tail = j < tail_cells;
  FloatPair const a = distance_to_end(j, t, tail);

  // u = a / 2^bits = 2^-e (1 - g) with 3/4 <= 1 - g < 3/2; near one: 1 - u = a / 2^bits = g and e = 0
  std::int32_t const bits = tail ? 64 : 32;
  std::int32_t const n = near_one ? bits : (bits_from_float(a.hi) - bits_from_float(0.75f)) >> 23;
  float const scale = float_from_bits((127 - n) << 23);
  float const offset = near_one ? 0.0f : 1.0f;
  float const sign = near_one ? scale : -scale;
  auto const e = static_cast<float>(near_one ? 0 : bits - n);
  float const g_hi = offset + a.hi * sign;  // exact: a power of two times a, and nearby numbers subtracted
  float const g = g_hi + a.lo * sign;

  // log 2 = 0x1.62e4p-1 + 0x1.7f7d1cp-20, of which the first part times e is exact
  float const rest = std::fma(g * g, log_series(g), e * 0x1.7f7d1cp-20f);
  return std::fma(e, 0x1.62e4p-1f, g + rest);
}

}  // namespace dsgd
