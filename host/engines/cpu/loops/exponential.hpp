/// Exponential delays of words.
#pragma once

#include <cstdint>

#include "engines/cpu/simd/lockstep.hpp"

namespace dsgd::simd {
namespace {

/// The unevaluated sum hi + lo, and the float nearest to it.
template <class Simd>
struct FloatPairs {
  typename Simd::Floats hi, lo, rounded;
};

/// Splits j + 1/2 into 512 (j / 512) and (j mod 512) + 1/2. Both are floats, and so is the difference of hi
/// and a power of two near j + 1/2.
template <class Simd>
__attribute__((always_inline)) inline FloatPairs<Simd> plus_half(typename Simd::Integers const& j) {
  auto const hi = Simd::upper_part(j);
  auto const above_2_to_23 =
      Simd::from_bits(Simd::both_or(j, Simd::repeat_int(511), Simd::repeat_int(0x4b000000)));
  auto const lo = Simd::subtract(above_2_to_23, Simd::repeat_float(0x1p23f - 0.5f));
  return {hi, lo, Simd::add(hi, lo)};
}

/// (-log(1 - g) - g) / g^2, like log_series() in dsgd/arithmetic/portable_log.hpp.
template <class Simd>
__attribute__((always_inline)) inline typename Simd::Floats log_series(typename Simd::Floats const& g) {
  constexpr float coefficients[9] = {0x1.7ac8b8p-4f, 0x1.e2a222p-4f, 0x1.04ac82p-3f,
                                     0x1.24223p-3f,  0x1.55125ap-3f, 0x1.999aa4p-3f,
                                     0x1.000094p-2f, 0x1.555552p-2f, 0.5f};
  auto q = Simd::repeat_float(0x1.3912f2p-5f);
  for (float const coefficient : coefficients) q = Simd::multiply_add(q, g, Simd::repeat_float(coefficient));
  return q;
}

/// -log u, where u = 2^-e (1 - g).
template <class Simd>
__attribute__((always_inline)) inline typename Simd::Floats neg_log(typename Simd::Floats const& e,
                                                                    typename Simd::Floats const& g) {
  auto const rest = Simd::multiply_add(Simd::multiply(g, g), log_series<Simd>(g),
                                       Simd::multiply(e, Simd::repeat_float(0x1.7f7d1cp-20f)));
  return Simd::multiply_add(e, Simd::repeat_float(0x1.62e4p-1f), Simd::add(g, rest));
}

/// Integers with the bits of a float.
template <class Simd>
__attribute__((always_inline)) inline typename Simd::Integers pattern(std::uint32_t bits) {
  return Simd::repeat_int(static_cast<std::int32_t>(bits));
}

/// n 2^23, with 3/4 <= a / 2^n < 3/2.
template <class Simd>
__attribute__((always_inline)) inline typename Simd::Integers octave(typename Simd::Floats const& a) {
  return Simd::both(Simd::subtract(Simd::bits(a), pattern<Simd>(0x3f400000)), pattern<Simd>(0xff800000));
}

/// Bits of the float -1. Minus n 2^23 they are those of -2^-n.
constexpr std::uint32_t one_below_0 = 0xbf800000;

/// Bits - n, the exponent e of neg_log(). @param octave  n 2^23
template <class Simd, int Bits>
__attribute__((always_inline)) inline typename Simd::Floats exponent(typename Simd::Integers const& octave) {
  return Simd::multiply_add(Simd::to_float(octave), Simd::repeat_float(-0x1p-23f), Simd::repeat_float(Bits));
}

/// -log u, where u = a / 2^Bits or, near one, 1 - a / 2^Bits, like the second half of neg_log_uniform() in
/// dsgd/arithmetic/portable_log.hpp.
template <class Simd, int Bits>
__attribute__((always_inline)) inline typename Simd::Floats neg_log_of(typename Simd::Mask near_one,
                                                                       FloatPairs<Simd> const& a) {
  static_assert(Bits == 32 || Bits == 64);
  constexpr std::uint32_t smallest_scale = Bits == 32 ? 0x2f800000 : 0x1f800000;  // 2^-Bits
  auto const n = octave<Simd>(a.rounded);
  auto const sign = Simd::from_bits(
      Simd::subtract_unless(near_one, pattern<Simd>(one_below_0), n, pattern<Simd>(smallest_scale)));
  auto const offset = Simd::zero_if(near_one, Simd::repeat_float(1.0f));
  auto const e = Simd::zero_if(near_one, exponent<Simd, Bits>(n));
  return neg_log<Simd>(e, Simd::multiply_add(a.lo, sign, Simd::multiply_add(a.hi, sign, offset)));
}

/// neg_log_uniform(k, 0) for words that need no tail word, with its roundings in fewer operations: what is
/// fused or scaled here and not there is exact.
template <class Simd>
__attribute__((always_inline)) inline typename Simd::Floats neg_log_of_words(
    typename Simd::Integers const& k) {
  auto const near_one = Simd::upper_quarter(k);
  return neg_log_of<Simd, 32>(near_one, plus_half<Simd>(Simd::complement_if(near_one, k)));
}

/// -log u, where u = a / 2^32 is below 3/4.
template <class Simd>
__attribute__((always_inline)) inline typename Simd::Floats neg_log_below(FloatPairs<Simd> const& a) {
  auto const n = octave<Simd>(a.rounded);
  auto const sign = Simd::from_bits(Simd::subtract(pattern<Simd>(one_below_0), n));
  auto const g_hi = Simd::multiply_add(a.hi, sign, Simd::repeat_float(1.0f));
  return neg_log<Simd>(exponent<Simd, 32>(n), Simd::multiply_add(a.lo, sign, g_hi));
}

/// neg_log_uniform(k, 0) for words that need no tail word and all have u below 3/4.
template <class Simd>
__attribute__((always_inline)) inline typename Simd::Floats neg_log_of_words_below(
    typename Simd::Integers const& k) {
  return neg_log_below<Simd>(plus_half<Simd>(k));
}

/// neg_log_uniform(k, 0) for words that need no tail word and all have u above 3/4: e is 0, and 2 (j + 1/2)
/// fits a signed integer, so that its conversion rounds as the sum of both pieces does.
template <class Simd>
__attribute__((always_inline)) inline typename Simd::Floats neg_log_of_words_above(
    typename Simd::Integers k) {
  auto const minus_twice = Simd::either(Simd::twice(k), Simd::repeat_int(1));  // -(2 j + 1), as j = ~k
  auto const g = Simd::multiply(Simd::to_float(minus_twice), Simd::repeat_float(-0x1p-33f));
  return Simd::add(g, Simd::multiply(Simd::multiply(g, g), log_series<Simd>(g)));
}

/// neg_log_uniform(k, t) for words that need a tail word.
template <class Simd>
__attribute__((always_inline)) inline typename Simd::Floats neg_log_of_tails(typename Simd::Integers k,
                                                                             typename Simd::Integers t) {
  auto const near_one = Simd::upper_quarter(k);
  auto const j = Simd::to_float(Simd::complement_if(near_one, k));
  auto const lower = plus_half<Simd>(t);
  auto const lower_lost = Simd::subtract(lower.lo, Simd::subtract(lower.rounded, lower.hi));
  auto const hi = Simd::multiply_add(j, Simd::repeat_float(0x1p32f), lower.rounded);
  auto const lost = Simd::subtract(lower.rounded, Simd::multiply_add(j, Simd::repeat_float(-0x1p32f), hi));
  return neg_log_of<Simd, 64>(near_one, {hi, Simd::add(lost, lower_lost), hi});
}

template <class Simd>
__attribute__((always_inline)) inline void store_scaled(typename Simd::Floats const& e, float scale_hi,
                                                        float scale_lo, float* excesses) {
  Simd::store_float(excesses, Simd::multiply_add(e, Simd::repeat_float(scale_hi),
                                                 Simd::multiply(e, Simd::repeat_float(scale_lo))));
}

template <class Simd>
void exponential_of_tails(std::uint32_t const* words, std::uint32_t const* tails, std::uint32_t count,
                          float scale_hi, float scale_lo, float* excesses) {
  for (std::uint32_t i = 0; i < count; i += Simd::floats)
    store_scaled<Simd>(neg_log_of_tails<Simd>(Simd::load_int(words + i), Simd::load_int(tails + i)), scale_hi,
                       scale_lo, excesses + i);
}

/// Handles as many of the words from number `first` on as make whole steps of `Several`.
/// @return  number of the first word that is left
template <class Several>
std::uint32_t exponential_from(std::uint32_t first, std::uint32_t const* words, std::uint32_t count,
                               float scale_hi, float scale_lo, float* excesses) {
  std::uint32_t i = first;
  for (; i + Several::floats <= count; i += Several::floats) {
    auto const k = Several::load_int(words + i);
    if (Several::all_in_upper_quarter(k))  // as the largest of many words do
      store_scaled<Several>(neg_log_of_words_above<Several>(k), scale_hi, scale_lo, excesses + i);
    else if (Several::none_in_upper_quarter(k))  // as the smallest do
      store_scaled<Several>(neg_log_of_words_below<Several>(k), scale_hi, scale_lo, excesses + i);
    else
      store_scaled<Several>(neg_log_of_words<Several>(k), scale_hi, scale_lo, excesses + i);
  }
  return i;
}

template <class Simd>
void exponential(std::uint32_t const* words, std::uint32_t count, float scale_hi, float scale_lo,
                 float* excesses) {
  std::uint32_t i = 0;
  if constexpr (Simd::many_registers)
    i = exponential_from<Lockstep<Simd, 8>>(i, words, count, scale_hi, scale_lo, excesses);
  i = exponential_from<Lockstep<Simd, 4>>(i, words, count, scale_hi, scale_lo, excesses);
  for (; i < count; i += Simd::floats)
    store_scaled<Simd>(neg_log_of_words<Simd>(Simd::load_int(words + i)), scale_hi, scale_lo, excesses + i);
}

}  // namespace
}  // namespace dsgd::simd
