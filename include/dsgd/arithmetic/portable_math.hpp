/// Double-precision log, log1p, exp and expm1 with the same bits from every compiler and on every machine:
/// they are made of + - * /, written fma, and operations on the bits alone; no libm. Compile without
/// contraction, round to nearest, keep subnormals. They have no branch, no table, and no conversion between
/// doubles and 64-bit integers, so that g++ and clang vectorise loops over them for AVX2 and AVX-512.
///
/// Errors (measured by tests/unit/dsgd/arithmetic/portable_math_test.cpp): log and exp below 1 ulp, expm1 1.2,
/// log1p 1.4. Two results therefore come in the order of their arguments wherever the exact ones are 3 ulp
/// apart or more.
///
/// Method: s = f / (2 + f) as in FDLIBM's e_log.c; Cody and Waite's reduction for the exponentials; minimax
/// polynomials.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "dsgd/expects.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd::portable {

DSGD_HD double double_from_bits(std::uint64_t bits) {
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

DSGD_HD std::uint64_t bits_from_double(double value) {
  std::uint64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

inline constexpr double log_2_hi = 0x1.62e42fefp-1;  ///< has 33 bits: its product with any exponent is exact
inline constexpr double log_2_lo = 0x1.473de6af278edp-34;  ///< log 2 - log_2_hi
inline constexpr double log_2_inverse = 0x1.71547652b82fep+0;

/// f - log(1 + f), relatively accurate also where it vanishes. @pre sqrt(1/2) <= 1 + f <= sqrt(2)
DSGD_HD double log_remainder(double f) {
  DSGD_EXPECTS(f >= -0.2929 && f <= 0.4143);  // a little more, for the rounding of f
  // log(1 + f) = 2 atanh(s) = 2 s + s r, and 2 s = f - s f
  double const s = f / (2.0 + f);
  double const w = s * s;
  double r = 0x1.2b5b3cf5f6185p-3;
  r = std::fma(r, w, 0x1.39fe1f2ab26f4p-3);
  r = std::fma(r, w, 0x1.7462b6c8669eep-3);
  r = std::fma(r, w, 0x1.c71c62dd6b98fp-3);
  r = std::fma(r, w, 0x1.2492492df8422p-2);
  r = std::fma(r, w, 0x1.999999999529cp-2);
  r = std::fma(r, w, 0x1.5555555555558p-1);
  return s * std::fma(-w, r, f);
}

/// log(hi + lo), relatively accurate also where hi + lo is near 1.
/// @pre 2.3e-308 <= hi <= 1.2e308 and |lo| <= ulp(hi)
DSGD_HD double log_of_sum(double hi, double lo) {
  DSGD_EXPECTS(hi >= 2.3e-308 && hi <= 1.2e308 && std::fabs(lo) <= hi * 0x1p-52);
  // hi = 2^e z with sqrt(1/2) <= z < sqrt(2). The upper 12 bits of `octaves` are e, in two's complement
  std::uint64_t const octaves = bits_from_double(hi) - 0x3fe6a09e667f3bcdu;  // sqrt(1/2)
  std::uint64_t const shifted_e = octaves & 0xfff0000000000000u;
  double const z = double_from_bits(bits_from_double(hi) - shifted_e);
  double const scale = double_from_bits(0x3ff0000000000000u - shifted_e);  // 2^-e
  double const e =
      double_from_bits(0x4330000000000000u | (octaves + 0x4000000000000000u) >> 52) - (0x1p52 + 1024);

  double const f = std::fma(lo, scale, z - 1.0);
  double const sum = std::fma(e, log_2_hi, f);
  double const lost = std::fma(e, log_2_hi, -sum) + f;  // exact: 0.69 |e| > |f| unless e = 0
  return sum + (std::fma(e, log_2_lo, lost) - log_remainder(f));
}

/// The natural logarithm.
/// @param x  in [2.3e-308, 1.2e308]
DSGD_HD double log(double x) { return log_of_sum(x, 0.0); }

/// log(1 + x), relatively accurate also near 0.
/// @param x  in (-1, 1.2e308]
DSGD_HD double log1p(double x) {
  // The sum and what its rounding loses are exact, whichever of 1 and x is the larger (Knuth).
  double const sum = 1.0 + x;
  double const part = sum - 1.0;
  return log_of_sum(sum, (1.0 - (sum - part)) + (x - part));
}

/// A number x = k log 2 + r + r_lo with integer k, |r| <= 0.347 and |r_lo| <= ulp(r).
struct ReducedExponent {
  double r, r_lo;
  std::uint64_t shifted_k;  ///< k 2^52 modulo 2^64: added to a double's bits it multiplies by 2^k
};

/// Splits x for the exponentials.
/// @param x  outside [-708, 709] it counts as the nearer end
DSGD_HD ReducedExponent reduce_exponent(double x) {
  double const low = x < -708.0 ? -708.0 : x;
  double const inside = low > 709.0 ? 709.0 : low;
  double const shifted =
      std::fma(inside, log_2_inverse, 0x1.8p52);  // rounds to the integer in the lowest bits
  double const k = shifted - 0x1.8p52;
  double const coarse = std::fma(-k, log_2_hi, inside);  // exact
  double const r = std::fma(-k, log_2_lo, coarse);
  double const r_lo = std::fma(-k, log_2_lo, coarse - r);
  return {r, r_lo, bits_from_double(shifted) << 52};
}

/// e^r - 1 - r, relatively accurate also near 0. @pre |r| <= 0.347
DSGD_HD double exp_remainder(double r) {
  DSGD_EXPECTS(std::fabs(r) <= 0.347);
  double q = 0x1.1f2a262fd747fp-29;
  q = std::fma(q, r, 0x1.af3895b7f4f1ap-26);
  q = std::fma(q, r, 0x1.27e502c647e3cp-22);
  q = std::fma(q, r, 0x1.71de0db7fd8dcp-19);
  q = std::fma(q, r, 0x1.a01a0198a8093p-16);
  q = std::fma(q, r, 0x1.a01a01a7c13abp-13);
  q = std::fma(q, r, 0x1.6c16c16c1811fp-10);
  q = std::fma(q, r, 0x1.11111111109b8p-7);
  q = std::fma(q, r, 0x1.5555555555554p-5);
  q = std::fma(q, r, 0x1.5555555555556p-3);
  return r * r * std::fma(q, r, 0.5);
}

/// @param x  finite; outside [-708, 709] it counts as the nearer end
/// @return   e^x, in [3.3e-308, 8.3e307]
DSGD_HD double exp(double x) {
  ReducedExponent const a = reduce_exponent(x);
  double const power = 1.0 + (a.r + (exp_remainder(a.r) + a.r_lo));
  return double_from_bits(bits_from_double(power) + a.shifted_k);
}

/// e^x - 1, relatively accurate also near 0.
/// @param x  finite, 0 or normal; outside [-708, 709] it counts as the nearer end
/// @return   in [-1, 8.3e307]
DSGD_HD double expm1(double x) {
  ReducedExponent const a = reduce_exponent(x);
  double const scale = double_from_bits(0x3ff0000000000000u + a.shifted_k);  // 2^k
  double const offset = scale - 1.0;
  double const sum = std::fma(scale, a.r, offset);
  double const lost = std::fma(scale, a.r, offset - sum);  // exact: the offset is 0 or outweighs the product
  return sum + std::fma(scale, exp_remainder(a.r) + a.r_lo, lost);
}

}  // namespace dsgd::portable
