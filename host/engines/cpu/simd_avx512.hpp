#pragma once

#include <immintrin.h>

#include <cstdint>

namespace dsgd::simd {
namespace {

/// The operations of Portable on 512-bit registers.
struct Avx512 {
  static constexpr int lanes = 8;
  static constexpr int in_flight = 4;
  using Words = __m512i;

  static Words repeat(std::uint32_t word) { return _mm512_set1_epi32(static_cast<int>(word)); }
  static Words repeat64(std::uint64_t word) { return _mm512_set1_epi64(static_cast<long long>(word)); }
  static Words count_from(std::uint32_t first) {
    return _mm512_add_epi64(_mm512_set1_epi64(first), _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7));
  }
  static Words multiply(Words a, Words b) { return _mm512_mul_epu32(a, b); }
  static Words exclusive_or(Words a, Words b) { return _mm512_xor_si512(a, b); }
  static Words exclusive_or(Words a, Words b, Words c) { return _mm512_ternarylogic_epi32(a, b, c, 0x96); }
  static Words upper_half(Words a) { return _mm512_srli_epi64(a, 32); }
  static Words upper_half_by_shuffle(Words a) { return _mm512_shuffle_epi32(a, _MM_PERM_DDBB); }
  static Words to_upper_half(Words a) { return _mm512_slli_epi64(a, 32); }
  static Words either(Words a, Words b) { return _mm512_or_si512(a, b); }
  static Words clear(Words mask, Words a) { return _mm512_andnot_si512(mask, a); }
  static Words smaller(Words a, Words b) { return _mm512_min_epu32(a, b); }
  static Words larger(Words a, Words b) { return _mm512_max_epu32(a, b); }
  static Words load(std::uint32_t const* words) {
    return _mm512_cvtepu32_epi64(_mm256_loadu_si256(reinterpret_cast<__m256i const*>(words)));
  }
  static void store(std::uint32_t* words, Words a) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(words), _mm512_cvtepi64_epi32(a));
  }

  static constexpr int floats = 16;
  using Floats = __m512;
  using Integers = __m512i;
  using Mask = __mmask16;

  static Floats repeat_float(float value) { return _mm512_set1_ps(value); }
  static Integers repeat_int(std::int32_t value) { return _mm512_set1_epi32(value); }
  static Integers load_int(std::uint32_t const* words) { return _mm512_loadu_si512(words); }
  static Floats load_float(float const* values) { return _mm512_loadu_ps(values); }
  static void store_float(float* values, Floats a) { _mm512_storeu_ps(values, a); }
  static Mask upper_quarter(Integers k) {
    return _mm512_cmpge_epu32_mask(k, _mm512_set1_epi32(static_cast<int>(0xC0000000u)));
  }
  static Integers complement_if(Mask mask, Integers k) {
    return _mm512_mask_xor_epi32(k, mask, k, _mm512_set1_epi32(-1));
  }
  static Integers select(Mask mask, Integers a, Integers b) { return _mm512_mask_mov_epi32(b, mask, a); }
  static Floats select(Mask mask, Floats a, Floats b) { return _mm512_mask_mov_ps(b, mask, a); }
  template <int Bits>
  static Integers shift_right(Integers a) {
    return _mm512_srli_epi32(a, Bits);
  }
  template <int Bits>
  static Integers shift_right_signed(Integers a) {
    return _mm512_srai_epi32(a, Bits);
  }
  template <int Bits>
  static Integers shift_left(Integers a) {
    return _mm512_slli_epi32(a, Bits);
  }
  static Integers both(Integers a, Integers b) { return _mm512_and_si512(a, b); }
  static Integers subtract(Integers a, Integers b) { return _mm512_sub_epi32(a, b); }
  static std::uint32_t zero_lanes(Integers a) { return _mm512_testn_epi32_mask(a, a); }
  static Floats to_float(Integers a) { return _mm512_cvtepi32_ps(a); }
  static Integers bits(Floats a) { return _mm512_castps_si512(a); }
  static Floats from_bits(Integers a) { return _mm512_castsi512_ps(a); }
  static Floats add(Floats a, Floats b) { return _mm512_add_ps(a, b); }
  static Floats subtract(Floats a, Floats b) { return _mm512_sub_ps(a, b); }
  static Floats multiply(Floats a, Floats b) { return _mm512_mul_ps(a, b); }
  static Floats multiply_add(Floats a, Floats b, Floats c) { return _mm512_fmadd_ps(a, b, c); }
  static Floats negate_unless(Mask mask, Floats a) {
    __m512i const sign = _mm512_set1_epi32(static_cast<int>(0x80000000u));
    return from_bits(_mm512_mask_xor_epi32(bits(a), static_cast<Mask>(~mask), bits(a), sign));
  }

  using Sums = __m512i;
  static Sums zero_sums() { return _mm512_setzero_si512(); }
  static Integers round_to_ticks(Floats a) { return _mm512_cvtps_epi32(a); }
  static Sums add(Sums a, Sums b) { return _mm512_add_epi64(a, b); }
  static Sums even(Integers ticks) { return lower_half(ticks); }
  static Sums odd(Integers ticks) { return _mm512_srli_epi64(ticks, 32); }
  static Sums square(Sums ticks) { return _mm512_mul_epu32(ticks, ticks); }
  static Sums lower_half(Sums a) { return _mm512_and_si512(a, _mm512_set1_epi64(0xffffffff)); }
  static std::uint64_t total(Sums sums) { return static_cast<std::uint64_t>(_mm512_reduce_add_epi64(sums)); }
  static Floats smaller(Floats a, Floats b) { return _mm512_min_ps(a, b); }
  static Floats larger(Floats a, Floats b) { return _mm512_max_ps(a, b); }
  static float smallest(Floats a) { return _mm512_reduce_min_ps(a); }
  static float largest(Floats a) { return _mm512_reduce_max_ps(a); }
};

}  // namespace
}  // namespace dsgd::simd
