#pragma once

#include <immintrin.h>

#include <cstdint>

namespace dsgd::simd {
namespace {

/// lane[mask] has the numbers of the bits that are set in the mask, ascending, one per byte.
struct CompressOrder {
  std::uint8_t lane[256][8];
};

constexpr CompressOrder make_compress_order() {
  CompressOrder order{};
  for (unsigned mask = 0; mask < 256; ++mask) {
    unsigned next = 0;
    for (std::uint8_t bit = 0; bit < 8; ++bit)
      if (mask >> bit & 1) order.lane[mask][next++] = bit;
  }
  return order;
}

constexpr CompressOrder compress_order = make_compress_order();

/// The operations of Portable on 256-bit registers, with fused multiply-add.
struct Avx2 {
  static constexpr int lanes = 4;
  static constexpr bool three_way = false;
  static constexpr bool many_registers = false;
  using Words = __m256i;

  static Words repeat(std::uint32_t word) { return _mm256_set1_epi32(static_cast<int>(word)); }
  static Words repeat64(std::uint64_t word) { return _mm256_set1_epi64x(static_cast<long long>(word)); }
  static Words count_from(std::uint32_t first) {
    return _mm256_add_epi64(_mm256_set1_epi64x(first), _mm256_setr_epi64x(0, 1, 2, 3));
  }
  static Words multiply(Words a, Words b) { return _mm256_mul_epu32(a, b); }
  static Words exclusive_or(Words a, Words b) { return _mm256_xor_si256(a, b); }
  static Words upper_half(Words a) { return _mm256_srli_epi64(a, 32); }
  static Words upper_half_by_shuffle(Words a) { return _mm256_shuffle_epi32(a, 0xF5); }
  static Words to_upper_half(Words a) { return _mm256_slli_epi64(a, 32); }
  static Words either(Words a, Words b) { return _mm256_or_si256(a, b); }
  static Words clear(Words mask, Words a) { return _mm256_andnot_si256(mask, a); }
  static Words add(Words a, Words b) { return _mm256_add_epi64(a, b); }
  static Words smaller(Words a, Words b) { return _mm256_min_epu32(a, b); }
  static Words larger(Words a, Words b) { return _mm256_max_epu32(a, b); }
  /// Sixteen registers are few. What is not needed soon is better kept in memory, and the compiler does not
  /// know what that is.
  static void put_aside(Words& a) { asm volatile("" : "+m"(a)); }
  static Words load(std::uint32_t const* words) {
    return _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<__m128i const*>(words)));
  }
  template <int Halves>
  static void store_halves(std::uint32_t* words, Words a, Words b) {
    __m256 const both = _mm256_shuffle_ps(_mm256_castsi256_ps(a), _mm256_castsi256_ps(b), Halves);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(words),
                        _mm256_permute4x64_epi64(_mm256_castps_si256(both), 0xD8));
  }
  static void store_lower_halves(std::uint32_t* words, Words a, Words b) { store_halves<0x88>(words, a, b); }
  static void store_upper_halves(std::uint32_t* words, Words a, Words b) { store_halves<0xDD>(words, a, b); }
  static Words load_whole(std::uint64_t const* lanes) {
    return _mm256_loadu_si256(reinterpret_cast<__m256i const*>(lanes));
  }
  static void store_whole(std::uint64_t* lanes, Words a) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(lanes), a);
  }
  static std::uint64_t total(Words a) {
    alignas(32) std::uint64_t lane[4];
    _mm256_store_si256(reinterpret_cast<__m256i*>(lane), a);
    return lane[0] + lane[1] + lane[2] + lane[3];
  }

  static constexpr int floats = 8;
  using Floats = __m256;
  using Integers = __m256i;
  using Mask = __m256i;  ///< all ones or all zeros, lane by lane

  static Floats repeat_float(float value) { return _mm256_set1_ps(value); }
  static Integers repeat_int(std::int32_t value) { return _mm256_set1_epi32(value); }
  static Integers load_int(std::uint32_t const* words) {
    return _mm256_loadu_si256(reinterpret_cast<__m256i const*>(words));
  }
  static void store_int(std::uint32_t* words, Integers a) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(words), a);
  }
  static Floats load_float(float const* values) { return _mm256_loadu_ps(values); }
  static void store_float(float* values, Floats a) { _mm256_storeu_ps(values, a); }
  static Mask differs(Integers a, Integers b) {
    return _mm256_xor_si256(_mm256_cmpeq_epi32(a, b), _mm256_set1_epi32(-1));
  }
  static Mask either_mask(Mask a, Mask b) { return _mm256_or_si256(a, b); }
  static bool any(Mask a, Mask b) {
    return _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_or_si256(a, b))) != 0;
  }
  static void order(Integers& a, Integers& b) {
    __m256i const low = _mm256_min_epu32(a, b);
    b = _mm256_max_epu32(a, b);
    a = low;
  }
  static Mask less(Integers a, Integers b) { return differs(_mm256_max_epu32(a, b), a); }
  static Mask upper_quarter(Integers k) {
    __m256i const limit = _mm256_set1_epi32(static_cast<int>(0xC0000000u));
    return _mm256_cmpeq_epi32(_mm256_max_epu32(k, limit), k);
  }
  static Integers complement_if(Mask mask, Integers k) { return _mm256_xor_si256(k, mask); }
  static Floats zero_if(Mask mask, Floats a) { return _mm256_andnot_ps(_mm256_castsi256_ps(mask), a); }
  static Integers exclusive_or_int(Integers a, Integers b) { return _mm256_xor_si256(a, b); }
  static Integers both(Integers a, Integers b) { return _mm256_and_si256(a, b); }
  static Integers both_or(Integers a, Integers b, Integers c) {
    return _mm256_or_si256(_mm256_and_si256(a, b), c);
  }
  static Integers subtract(Integers a, Integers b) { return _mm256_sub_epi32(a, b); }
  static Integers subtract_unless(Mask mask, Integers a, Integers b, Integers otherwise) {
    return _mm256_blendv_epi8(subtract(a, b), otherwise, mask);
  }
  static Mask at_most(Integers a, Integers b) { return _mm256_cmpeq_epi32(_mm256_min_epu32(a, b), a); }
  static std::uint32_t count(Mask mask) {
    return static_cast<std::uint32_t>(
        __builtin_popcount(static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(mask)))));
  }
  static Integers twice(Integers k) { return _mm256_add_epi32(k, k); }
  static Integers lane_numbers(std::uint32_t first) {
    return _mm256_add_epi32(_mm256_set1_epi32(static_cast<int>(first)),
                            _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
  }
  static std::uint32_t store_lanes(std::uint32_t* words, Mask mask, Integers a) {
    auto const lanes = static_cast<std::uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(mask)));
    __m128i const order = _mm_loadl_epi64(reinterpret_cast<__m128i const*>(&compress_order.lane[lanes]));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(words),
                        _mm256_permutevar8x32_epi32(a, _mm256_cvtepu8_epi32(order)));
    return static_cast<std::uint32_t>(__builtin_popcount(lanes));
  }
  static Floats to_float(Integers a) { return _mm256_cvtepi32_ps(a); }
  /// The bits of a / 512 become the lowest of the float 2^32, whose last bit stands for 512.
  static Floats upper_part(Integers a) {
    __m256i const above = _mm256_or_si256(_mm256_srli_epi32(a, 9), _mm256_set1_epi32(0x4f800000));
    return _mm256_sub_ps(_mm256_castsi256_ps(above), _mm256_set1_ps(0x1p32f));
  }
  static Integers bits(Floats a) { return _mm256_castps_si256(a); }
  static Floats from_bits(Integers a) { return _mm256_castsi256_ps(a); }
  static Floats add(Floats a, Floats b) { return _mm256_add_ps(a, b); }
  static Floats subtract(Floats a, Floats b) { return _mm256_sub_ps(a, b); }
  static Floats multiply(Floats a, Floats b) { return _mm256_mul_ps(a, b); }
  static Floats multiply_add(Floats a, Floats b, Floats c) { return _mm256_fmadd_ps(a, b, c); }
  static Integers round_to_ticks(Floats a) { return _mm256_cvtps_epi32(a); }
  static Words pairs(Integers ticks) { return ticks; }
  static Words second_taken_off(Words both, Words second) {
    return _mm256_sub_epi64(both, to_upper_half(second));
  }
  static Words larger64(Words a, Words b) { return _mm256_blendv_epi8(b, a, _mm256_cmpgt_epi64(a, b)); }
  static void load_pairs(std::uint64_t const* sums, Words& first, Words& second) {
    Words const a = load_whole(sums), b = load_whole(sums + 4);
    __m256i const low = _mm256_permute2x128_si256(a, b, 0x20);  // 0, 1, 4 and 5
    __m256i const high = _mm256_permute2x128_si256(a, b, 0x31);
    first = _mm256_unpacklo_epi64(low, high);
    second = _mm256_unpackhi_epi64(low, high);
  }
  static void store_pairs(std::uint64_t* sums, Words first, Words second) {
    __m256i const low = _mm256_unpacklo_epi64(first, second);  // 0, 1, 4 and 5
    __m256i const high = _mm256_unpackhi_epi64(first, second);
    store_whole(sums, _mm256_permute2x128_si256(low, high, 0x20));
    store_whole(sums + 4, _mm256_permute2x128_si256(low, high, 0x31));
  }
  static Floats smaller(Floats a, Floats b) { return _mm256_min_ps(a, b); }
  static Floats larger(Floats a, Floats b) { return _mm256_max_ps(a, b); }
  static float smallest(Floats a) {
    alignas(32) float lane[floats];
    _mm256_store_ps(lane, a);
    for (float const value : lane) lane[0] = value < lane[0] ? value : lane[0];
    return lane[0];
  }
  static float largest(Floats a) {
    alignas(32) float lane[floats];
    _mm256_store_ps(lane, a);
    for (float const value : lane) lane[0] = value > lane[0] ? value : lane[0];
    return lane[0];
  }
};

}  // namespace
}  // namespace dsgd::simd
