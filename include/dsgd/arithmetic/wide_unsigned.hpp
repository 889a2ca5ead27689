/// Unsigned integers of several 64-bit limbs: enough arithmetic to sum ticks exactly and to divide once at
/// the end.
#pragma once

#include <bit>
#include <cmath>
#include <compare>
#include <cstdint>

#include "dsgd/expects.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd {

__extension__ using uint128 = unsigned __int128;

/// Unsigned integer modulo 2^(64 Limbs).
template <int Limbs>
struct WideUnsigned {
  std::uint64_t limb[Limbs] = {};  ///< least significant first

  DSGD_HD WideUnsigned& operator+=(WideUnsigned const& other) {
    std::uint64_t carry = 0;
    for (int i = 0; i < Limbs; ++i) {
      std::uint64_t const partial = limb[i] + carry;
      carry = partial < carry;
      limb[i] = partial + other.limb[i];
      carry += limb[i] < partial;
    }
    return *this;
  }

  /// Adds an integer of up to 128 bits.
  DSGD_HD WideUnsigned& operator+=(uint128 value) {
    static_assert(Limbs >= 2);
    WideUnsigned other;
    other.limb[0] = static_cast<std::uint64_t>(value);
    other.limb[1] = static_cast<std::uint64_t>(value >> 64);
    return *this += other;
  }

  WideUnsigned& operator-=(WideUnsigned const& other) {
    std::uint64_t borrow = 0;
    for (int i = 0; i < Limbs; ++i) {
      std::uint64_t const partial = limb[i] - borrow;
      borrow = partial > limb[i];
      limb[i] = partial - other.limb[i];
      borrow += limb[i] > partial;
    }
    return *this;
  }

  friend constexpr bool operator==(WideUnsigned const&, WideUnsigned const&) = default;

  friend constexpr std::strong_ordering operator<=>(WideUnsigned const& a, WideUnsigned const& b) {
    for (int i = Limbs - 1; i > 0; --i)
      if (a.limb[i] != b.limb[i]) return a.limb[i] <=> b.limb[i];
    return a.limb[0] <=> b.limb[0];
  }

  /// Number of bits up to the highest that is 1: 0 for 0, else 1 + floor(log2).
  constexpr int bit_width() const {
    for (int i = Limbs - 1; i >= 0; --i)
      if (limb[i] != 0) return 64 * (i + 1) - std::countl_zero(limb[i]);
    return 0;
  }

  constexpr bool bit(int i) const { return (limb[i / 64] >> (i % 64)) & 1u; }

  constexpr void shift_left_one() {
    for (int i = Limbs - 1; i > 0; --i) limb[i] = limb[i] << 1 | limb[i - 1] >> 63;
    limb[0] <<= 1;
  }
};

/// An integer in more limbs.
template <int To, int From>
constexpr WideUnsigned<To> widen(WideUnsigned<From> const& value) {
  static_assert(To >= From);
  WideUnsigned<To> wide;
  for (int i = 0; i < From; ++i) wide.limb[i] = value.limb[i];
  return wide;
}

/// An integer of up to 128 bits in `To` limbs.
template <int To>
constexpr WideUnsigned<To> widen(uint128 value) {
  return widen<To>(
      WideUnsigned<2>{{static_cast<std::uint64_t>(value), static_cast<std::uint64_t>(value >> 64)}});
}

/// The exact product a b.
template <int A, int B>
constexpr WideUnsigned<A + B> multiply(WideUnsigned<A> const& a, WideUnsigned<B> const& b) {
  WideUnsigned<A + B> product;
  for (int i = 0; i < A; ++i) {
    std::uint64_t carry = 0;
    for (int j = 0; j < B; ++j) {
      uint128 const sum = uint128{a.limb[i]} * b.limb[j] + product.limb[i + j] + carry;
      product.limb[i + j] = static_cast<std::uint64_t>(sum);
      carry = static_cast<std::uint64_t>(sum >> 64);
    }
    product.limb[i + B] = carry;
  }
  return product;
}

namespace detail {

/// Long division, a bit at a time: the 55 leading bits of the quotient, and whether anything follows them.
template <int Limbs>
struct LongDivision {
  WideUnsigned<Limbs> denominator;
  WideUnsigned<Limbs> remainder{};
  std::uint64_t quotient = 0;
  int exponent = 0;     ///< of the quotient's last bit
  bool sticky = false;  ///< true where a bit after the quotient's last is 1

  bool full() const { return quotient >> 54 != 0; }

  /// Brings down the next bit of the numerator.
  void append(bool bit) {
    remainder.shift_left_one();
    remainder.limb[0] |= bit;
    bool const digit = remainder >= denominator;
    if (digit) remainder -= denominator;
    if (full()) {
      sticky |= digit;
      ++exponent;
    } else {
      quotient = quotient << 1 | digit;
    }
  }
};

}  // namespace detail

/// numerator / denominator, rounded once to the nearest double, ties to even.
/// @pre 0 < denominator < 2^(64 Limbs - 1)
template <int Limbs>
double divide(WideUnsigned<Limbs> const& numerator, WideUnsigned<Limbs> const& denominator) {
  static_assert(Limbs < 16, "the quotient is 0 or a normal double");
  DSGD_EXPECTS(denominator.bit_width() > 0 && denominator.bit_width() < 64 * Limbs);
  detail::LongDivision<Limbs> division{denominator};
  for (int i = numerator.bit_width(); i-- > 0;) division.append(numerator.bit(i));
  if (numerator == WideUnsigned<Limbs>{}) return 0.0;
  while (!division.full()) {  // binary places
    division.append(false);
    --division.exponent;
  }
  division.sticky |= division.remainder != WideUnsigned<Limbs>{};
  // 55 bits and a sticky one: more than a double holds, so that this conversion is the one rounding
  return std::ldexp(static_cast<double>(division.quotient << 1 | std::uint64_t{division.sticky}),
                    division.exponent - 1);
}

}  // namespace dsgd
