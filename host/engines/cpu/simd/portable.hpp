#pragma once

#include <cmath>
#include <cstdint>

#include "dsgd/arithmetic/portable_log.hpp"

namespace dsgd::simd {
namespace {

/// The operations of the `cpu` engine on one lane: for processors without AVX2, and as their description.
struct Portable {
  // Philox: lanes of 64 bits, one iteration per lane. Only the lower half of a lane enters a multiplication,
  // so that the upper half may hold anything.
  static constexpr int lanes = 1;
  static constexpr bool three_way = false;       ///< true where there is an exclusive_or of three words
  static constexpr bool many_registers = false;  ///< true for 32 registers, false for 16
  using Words = std::uint64_t;

  static Words repeat(std::uint32_t word) { return std::uint64_t{word} << 32 | word; }  ///< in both halves
  static Words repeat64(std::uint64_t word) { return word; }
  static Words count_from(std::uint32_t first) { return first; }  ///< first + l in lane l
  static Words multiply(Words a, Words b) { return (a & 0xffffffff) * (b & 0xffffffff); }
  static Words exclusive_or(Words a, Words b) { return a ^ b; }
  static Words upper_half(Words a) { return a >> 32; }
  static Words upper_half_by_shuffle(Words a) { return a >> 32; }  ///< upper_half() on another port
  static Words to_upper_half(Words a) { return a << 32; }
  static Words either(Words a, Words b) { return a | b; }
  static Words clear(Words mask, Words a) { return ~mask & a; }
  static Words add(Words a, Words b) { return a + b; }
  /// The smaller one of each pair of halves.
  static Words smaller(Words a, Words b) {
    std::uint64_t const upper = (a >> 32) < (b >> 32) ? a >> 32 : b >> 32;
    std::uint64_t const lower = (a & 0xffffffff) < (b & 0xffffffff) ? a & 0xffffffff : b & 0xffffffff;
    return upper << 32 | lower;
  }
  static Words larger(Words a, Words b) { return ~smaller(~a, ~b); }
  static void put_aside(Words&) {}                                  ///< tells that a is not needed soon
  static Words load(std::uint32_t const* words) { return *words; }  ///< into the lower halves
  static void store_lower_halves(std::uint32_t* words, Words a, Words b) {
    words[0] = static_cast<std::uint32_t>(a);
    words[1] = static_cast<std::uint32_t>(b);
  }
  static void store_upper_halves(std::uint32_t* words, Words a, Words b) {
    store_lower_halves(words, a >> 32, b >> 32);
  }
  static Words load_whole(std::uint64_t const* lanes) { return *lanes; }
  static void store_whole(std::uint64_t* lanes, Words a) { *lanes = a; }
  static std::uint64_t total(Words a) { return a; }  ///< sum of all lanes

  // Operations on the two halves of a lane.
  struct Halves {
    bool lower, upper;
  };
  static Words subtract(Words a, Words b) { return ((a >> 32) - (b >> 32)) << 32 | ((a - b) & 0xffffffff); }
  static Halves less(Words a, Words b) { return {(a & 0xffffffff) < (b & 0xffffffff), a >> 32 < b >> 32}; }
  static Halves at_most(Words a, Words b) {
    return {(a & 0xffffffff) <= (b & 0xffffffff), a >> 32 <= b >> 32};
  }
  static Halves both(Halves a, Halves b) { return {a.lower && b.lower, a.upper && b.upper}; }
  static std::uint32_t count(Halves a) { return std::uint32_t{a.lower} + a.upper; }
  /// Stores the halves that are named, one behind the other, and overwrites what follows them.
  /// @return  how many halves were named
  static std::uint32_t store_lanes(std::uint32_t* words, Halves named, Words a) {
    words[0] = static_cast<std::uint32_t>(a);
    words[named.lower] = static_cast<std::uint32_t>(a >> 32);
    return count(named);
  }

  // Delays: lanes of 32 bits.
  static constexpr int floats = 1;
  using Floats = float;
  using Integers = std::int32_t;
  using Mask = bool;

  static Floats repeat_float(float value) { return value; }
  static Integers repeat_int(std::int32_t value) { return value; }
  static Integers load_int(std::uint32_t const* words) { return static_cast<std::int32_t>(*words); }
  static void store_int(std::uint32_t* words, Integers a) { *words = static_cast<std::uint32_t>(a); }
  static Floats load_float(float const* values) { return *values; }
  static void store_float(float* values, Floats a) { *values = a; }
  static Integers smaller(Integers a, Integers b) {  ///< compares without sign
    return static_cast<std::uint32_t>(a) < static_cast<std::uint32_t>(b) ? a : b;
  }
  static Integers larger(Integers a, Integers b) { return ~smaller(~a, ~b); }
  static void order(Integers& a, Integers& b) {  ///< the smaller one becomes a; compares without sign
    Integers const low = smaller(a, b);
    b = larger(a, b);
    a = low;
  }
  static Mask less(Integers a, Integers b) {  ///< compares without sign
    return static_cast<std::uint32_t>(a) < static_cast<std::uint32_t>(b);
  }
  static Mask at_most(Integers a, Integers b) { return !less(b, a); }
  static Mask either_mask(Mask a, Mask b) { return a || b; }
  static bool any(Mask a, Mask b) { return a || b; }
  static Mask differs(Integers a, Integers b) { return a != b; }
  static Mask upper_quarter(Integers k) { return static_cast<std::uint32_t>(k) >= 0xC0000000u; }
  static Integers complement_if(Mask mask, Integers k) { return mask ? ~k : k; }
  static Floats zero_if(Mask mask, Floats a) { return mask ? 0.0f : a; }
  static Integers exclusive_or_int(Integers a, Integers b) { return a ^ b; }
  static Integers both(Integers a, Integers b) { return a & b; }
  static Integers either(Integers a, Integers b) { return a | b; }
  static std::uint32_t count(Mask mask) { return mask; }
  static Integers both_or(Integers a, Integers b, Integers c) { return (a & b) | c; }
  /// Subtracts modulo 2^32, as registers do.
  static Integers subtract(Integers a, Integers b) {
    return static_cast<Integers>(static_cast<std::uint32_t>(a) - static_cast<std::uint32_t>(b));
  }
  static Integers subtract_unless(Mask mask, Integers a, Integers b, Integers otherwise) {
    return mask ? otherwise : subtract(a, b);
  }
  static Integers twice(Integers k) { return subtract(k, subtract(0, k)); }
  static Integers lane_numbers(std::uint32_t first) {  ///< first + l in lane l
    return static_cast<Integers>(first);
  }
  /// Stores the lanes that the mask names, one behind the other, and overwrites what follows them, up to
  /// `floats` words.
  /// @return  how many lanes were named
  static std::uint32_t store_lanes(std::uint32_t* words, Mask mask, Integers a) {
    *words = static_cast<std::uint32_t>(a);
    return mask;
  }
  static Floats to_float(Integers a) { return static_cast<float>(a); }
  /// 512 (a / 512), where a has no sign.
  static Floats upper_part(Integers a) { return static_cast<float>(static_cast<std::uint32_t>(a) & ~511u); }
  static Integers bits(Floats a) { return bits_from_float(a); }
  static Floats from_bits(Integers a) { return float_from_bits(a); }
  static Floats add(Floats a, Floats b) { return a + b; }
  static Floats subtract(Floats a, Floats b) { return a - b; }
  static Floats multiply(Floats a, Floats b) { return a * b; }
  static Floats multiply_add(Floats a, Floats b, Floats c) { return std::fma(a, b, c); }
  // Ticks below 2^31 in lanes of 32 bits, of which two make a lane of 64.
  static Integers round_to_ticks(Floats a) { return static_cast<Integers>(std::lrint(a)); }
  static Words pairs(Integers ticks) { return static_cast<std::uint32_t>(ticks); }  ///< here one per lane
  /// Gives `first`, where `both` is first + 2^32 second.
  static Words second_taken_off(Words both, Words) { return both; }
  /// Lane by lane the larger number. @pre both are below 2^63 (ticks are; some sets compare with sign)
  static Words larger64(Words a, Words b) { return a > b ? a : b; }
  /// Loads sums[2 l] into lane l of `first` and sums[2 l + 1] into lane l of `second`.
  static void load_pairs(std::uint64_t const* sums, Words& first, Words&) { first = *sums; }
  static void store_pairs(std::uint64_t* sums, Words first, Words) { *sums = first; }
  static Floats smaller(Floats a, Floats b) { return a < b ? a : b; }
  static Floats larger(Floats a, Floats b) { return a > b ? a : b; }
  static float smallest(Floats a) { return a; }
  static float largest(Floats a) { return a; }
};

}  // namespace
}  // namespace dsgd::simd
