#pragma once

#include <immintrin.h>

#include <cstdint>

namespace dsgd::simd {
namespace {

/// The operations of Portable on 512-bit registers.
struct Avx512 {
  static constexpr int lanes = 8;
  static constexpr bool three_way = true;
  static constexpr bool many_registers = true;
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
  /// A shuffle, since clang joins a shift with the multiplication before it to one that takes three times as
  /// long.
  static Words to_upper_half(Words a) { return _mm512_maskz_shuffle_epi32(0xAAAA, a, _MM_PERM_CCAA); }
  static Words either(Words a, Words b) { return _mm512_or_si512(a, b); }
  static Words clear(Words mask, Words a) { return _mm512_andnot_si512(mask, a); }
  static Words add(Words a, Words b) { return _mm512_add_epi64(a, b); }
  static Words smaller(Words a, Words b) { return _mm512_min_epu32(a, b); }
  static Words larger(Words a, Words b) { return _mm512_max_epu32(a, b); }
  static void put_aside(Words&) {}
  static Words load(std::uint32_t const* words) {
    return _mm512_cvtepu32_epi64(_mm256_loadu_si256(reinterpret_cast<__m256i const*>(words)));
  }
  static void store_lower_halves(std::uint32_t* words, Words a, Words b) {
    __m512i const lower = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    _mm512_storeu_si512(words, _mm512_permutex2var_epi32(a, lower, b));
  }
  static void store_upper_halves(std::uint32_t* words, Words a, Words b) {
    __m512i const upper = _mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
    _mm512_storeu_si512(words, _mm512_permutex2var_epi32(a, upper, b));
  }
  static Words load_whole(std::uint64_t const* lanes) { return _mm512_loadu_si512(lanes); }
  static void store_whole(std::uint64_t* lanes, Words a) { _mm512_storeu_si512(lanes, a); }
  static std::uint64_t total(Words a) { return static_cast<std::uint64_t>(_mm512_reduce_add_epi64(a)); }

  static constexpr int floats = 16;
  using Floats = __m512;
  using Integers = __m512i;
  using Mask = __mmask16;

  static Floats repeat_float(float value) { return _mm512_set1_ps(value); }
  static Integers repeat_int(std::int32_t value) { return _mm512_set1_epi32(value); }
  static Integers load_int(std::uint32_t const* words) { return _mm512_loadu_si512(words); }
  static void store_int(std::uint32_t* words, Integers a) { _mm512_storeu_si512(words, a); }
  static Floats load_float(float const* values) { return _mm512_loadu_ps(values); }
  static void store_float(float* values, Floats a) { _mm512_storeu_ps(values, a); }
  static Mask either_mask(Mask a, Mask b) { return static_cast<Mask>(a | b); }
  static bool any(Mask a, Mask b) { return _mm512_kortestz(a, b) == 0; }
  static void order(Integers& a, Integers& b) {
    __m512i const low = _mm512_min_epu32(a, b);
    b = exclusive_or(a, b, low);  // the maximum, on either port
    a = low;
  }
  static Mask less(Integers a, Integers b) { return _mm512_cmplt_epu32_mask(a, b); }
  static Mask differs(Integers a, Integers b) { return _mm512_cmpneq_epi32_mask(a, b); }
  static Mask upper_quarter(Integers k) {
    return _mm512_cmpge_epu32_mask(k, _mm512_set1_epi32(static_cast<int>(0xC0000000u)));
  }
  static Integers complement_if(Mask mask, Integers k) {
    return _mm512_mask_xor_epi32(k, mask, k, _mm512_set1_epi32(-1));
  }
  static Floats zero_if(Mask mask, Floats a) { return _mm512_maskz_mov_ps(static_cast<Mask>(~mask), a); }
  static Integers exclusive_or_int(Integers a, Integers b) { return _mm512_xor_si512(a, b); }
  static Integers both(Integers a, Integers b) { return _mm512_and_si512(a, b); }
  static Integers both_or(Integers a, Integers b, Integers c) {
    return _mm512_ternarylogic_epi32(a, b, c, 0xEA);
  }
  static Integers subtract(Integers a, Integers b) { return _mm512_sub_epi32(a, b); }
  static Integers subtract_unless(Mask mask, Integers a, Integers b, Integers otherwise) {
    return _mm512_mask_sub_epi32(otherwise, static_cast<Mask>(~mask), a, b);
  }
  static Mask at_most(Integers a, Integers b) { return _mm512_cmple_epu32_mask(a, b); }
  static Mask both(Mask a, Mask b) { return static_cast<Mask>(a & b); }
  static std::uint32_t count(Mask mask) { return static_cast<std::uint32_t>(__builtin_popcount(mask)); }
  static Integers twice(Integers k) { return _mm512_add_epi32(k, k); }
  static Integers lane_numbers(std::uint32_t first) {
    __m512i const lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    return _mm512_add_epi32(_mm512_set1_epi32(static_cast<int>(first)), lanes);
  }
  static std::uint32_t store_lanes(std::uint32_t* words, Mask mask, Integers a) {
    _mm512_storeu_si512(words, _mm512_maskz_compress_epi32(mask, a));
    return static_cast<std::uint32_t>(__builtin_popcount(mask));
  }
  static Floats to_float(Integers a) { return _mm512_cvtepi32_ps(a); }
  static Floats upper_part(Integers a) {
    return _mm512_cvtepu32_ps(_mm512_and_si512(a, _mm512_set1_epi32(~511)));
  }
  static Integers bits(Floats a) { return _mm512_castps_si512(a); }
  static Floats from_bits(Integers a) { return _mm512_castsi512_ps(a); }
  static Floats add(Floats a, Floats b) { return _mm512_add_ps(a, b); }
  static Floats subtract(Floats a, Floats b) { return _mm512_sub_ps(a, b); }
  static Floats multiply(Floats a, Floats b) { return _mm512_mul_ps(a, b); }
  static Floats multiply_add(Floats a, Floats b, Floats c) { return _mm512_fmadd_ps(a, b, c); }
  static Integers round_to_ticks(Floats a) { return _mm512_cvtps_epi32(a); }
  static Words pairs(Integers ticks) { return ticks; }
  static Words second_taken_off(Words both, Words second) {
    return _mm512_sub_epi64(both, to_upper_half(second));
  }
  static Words larger64(Words a, Words b) { return _mm512_max_epu64(a, b); }
  static void load_pairs(std::uint64_t const* sums, Words& first, Words& second) {
    Words const low = load_whole(sums), high = load_whole(sums + 8);
    first = _mm512_permutex2var_epi64(low, _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14), high);
    second = _mm512_permutex2var_epi64(low, _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15), high);
  }
  static void store_pairs(std::uint64_t* sums, Words first, Words second) {
    __m512i const low = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
    __m512i const high = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
    store_whole(sums, _mm512_permutex2var_epi64(first, low, second));
    store_whole(sums + 8, _mm512_permutex2var_epi64(first, high, second));
  }
  static Floats smaller(Floats a, Floats b) { return _mm512_min_ps(a, b); }
  static Floats larger(Floats a, Floats b) { return _mm512_max_ps(a, b); }
  static float smallest(Floats a) { return _mm512_reduce_min_ps(a); }
  static float largest(Floats a) { return _mm512_reduce_max_ps(a); }
};

}  // namespace
}  // namespace dsgd::simd
