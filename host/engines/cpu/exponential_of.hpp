/// Exponential delays of words.
#pragma once

#include <cstdint>

#include "engines/cpu/lockstep.hpp"

namespace dsgd::simd {
namespace {

/// The unevaluated sum hi + lo.
template <class Simd>
struct FloatPairs {
  typename Simd::Floats hi, lo;
};

/// j + 1/2, from 512 (j / 512) and (j mod 512) + 1/2.
template <class Simd>
__attribute__((always_inline)) inline FloatPairs<Simd> plus_half(typename Simd::Integers j) {
  auto const upper = Simd::to_float(Simd::template shift_right<9>(j));
  auto const above_2_to_23 =
      Simd::from_bits(Simd::both_or(j, Simd::repeat_int(511), Simd::repeat_int(0x4b000000)));
  auto const lower = Simd::subtract(above_2_to_23, Simd::repeat_float(0x1p23f - 0.5f));
  auto const hi = Simd::multiply_add(upper, Simd::repeat_float(512.0f), lower);
  return {hi, Simd::subtract(lower, Simd::multiply_add(upper, Simd::repeat_float(-512.0f), hi))};
}

/// -log u, where u = a / 2^Bits or, near one, 1 - a / 2^Bits: the second half of neg_log_uniform() of
/// dsgd/portable_log.hpp.
template <class Simd, int Bits>
__attribute__((always_inline)) inline typename Simd::Floats neg_log(typename Simd::Mask near_one,
                                                                    FloatPairs<Simd> const& a) {
  using Floats = typename Simd::Floats;
  auto const real = [](float value) { return Simd::repeat_float(value); };
  auto const integer = [](std::uint32_t bits) { return Simd::repeat_int(static_cast<std::int32_t>(bits)); };
  static_assert(Bits == 32 || Bits == 64);
  constexpr float smallest_scale = Bits == 32 ? 0x1p-32f : 0x1p-64f;

  // n 2^23, with 3/4 <= a / 2^n < 3/2
  auto const octave = Simd::both(Simd::subtract(Simd::bits(a.hi), integer(0x3f400000)), integer(0xff800000));
  Floats const minus_scale = Simd::from_bits(Simd::subtract(integer(0xbf800000), octave));  // -2^-n
  Floats const sign = Simd::select(near_one, real(smallest_scale), minus_scale);
  Floats const offset = Simd::zero_if(near_one, real(1.0f));
  Floats const e =
      Simd::zero_if(near_one, Simd::multiply_add(Simd::to_float(octave), real(-0x1p-23f), real(Bits)));
  Floats const g = Simd::multiply_add(a.lo, sign, Simd::multiply_add(a.hi, sign, offset));

  constexpr float coefficients[9] = {0x1.7ac8b8p-4f, 0x1.e2a222p-4f, 0x1.04ac82p-3f,
                                     0x1.24223p-3f,  0x1.55125ap-3f, 0x1.999aa4p-3f,
                                     0x1.000094p-2f, 0x1.555552p-2f, 0.5f};
  Floats q = real(0x1.3912f2p-5f);
  for (float const coefficient : coefficients) q = Simd::multiply_add(q, g, real(coefficient));
  Floats const rest = Simd::multiply_add(Simd::multiply(g, g), q, Simd::multiply(e, real(0x1.7f7d1cp-20f)));
  return Simd::multiply_add(e, real(0x1.62e4p-1f), Simd::add(g, rest));
}

/// neg_log_uniform(k, 0) for words that need no tail: the same roundings by fewer operations. What is fused
/// or scaled here and not there is exact.
template <class Simd>
__attribute__((always_inline)) inline typename Simd::Floats neg_log_of_words(typename Simd::Integers k) {
  auto const near_one = Simd::upper_quarter(k);
  return neg_log<Simd, 32>(near_one, plus_half<Simd>(Simd::complement_if(near_one, k)));
}

/// neg_log_uniform(k, t) for words that need one.
template <class Simd>
__attribute__((always_inline)) inline typename Simd::Floats neg_log_of_tails(typename Simd::Integers k,
                                                                             typename Simd::Integers t) {
  auto const near_one = Simd::upper_quarter(k);
  auto const j = Simd::to_float(Simd::complement_if(near_one, k));
  auto const lower = plus_half<Simd>(t);
  auto const hi = Simd::multiply_add(j, Simd::repeat_float(0x1p32f), lower.hi);
  auto const lost = Simd::subtract(lower.hi, Simd::multiply_add(j, Simd::repeat_float(-0x1p32f), hi));
  return neg_log<Simd, 64>(near_one, {hi, Simd::add(lost, lower.lo)});
}

template <class Simd>
void store_scaled(typename Simd::Floats e, float scale_hi, float scale_lo, float* excesses) {
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

template <class Simd>
void exponential(std::uint32_t const* words, std::uint32_t count, float scale_hi, float scale_lo,
                 float* excesses) {
  using Several = Lockstep<Simd, 4>;
  std::uint32_t i = 0;
  for (; i + Several::floats <= count; i += Several::floats)
    store_scaled<Several>(neg_log_of_words<Several>(Several::load_int(words + i)), scale_hi, scale_lo,
                          excesses + i);
  for (; i < count; i += Simd::floats)
    store_scaled<Simd>(neg_log_of_words<Simd>(Simd::load_int(words + i)), scale_hi, scale_lo, excesses + i);
}

}  // namespace
}  // namespace dsgd::simd
