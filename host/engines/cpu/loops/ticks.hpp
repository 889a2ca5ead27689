/// The inner loops over ticks, for any instruction set; see all.hpp. Where they name no operation of
/// the set, the compiler finds its instructions.
#pragma once

#include <cstdint>
#include <cstring>

#include "engines/cpu/loops/tables/ticks.hpp"

namespace dsgd::simd {
namespace {

/// Added to a double below 2^51, this rounds it to the nearest integer, ties to even, which the lowest bits
/// then show.
constexpr double rounder = 0x1.8p52;
constexpr std::uint64_t rounder_bits = 0x4338000000000000;

/// The rounded product, plus rounder_bits.
inline std::uint64_t raised_ticks(float excess, double ticks_per_unit) {
  double const raised = static_cast<double>(excess) * ticks_per_unit + rounder;
  std::uint64_t bits;
  std::memcpy(&bits, &raised, sizeof bits);
  return bits;
}

template <class Simd>
void convert(float const* excesses, std::uint32_t count, double ticks_per_unit, std::uint64_t* ticks) {
  for (std::uint32_t i = 0; i < count; ++i)
    ticks[i] = raised_ticks(excesses[i], ticks_per_unit) - rounder_bits;
}

template <class Simd>
void add(float const* excesses, std::uint32_t rows, std::uint32_t width, double ticks_per_unit,
         std::uint64_t* sums) {
  for (std::uint32_t r = 0; r < rows; ++r, excesses += width)
    for (std::uint32_t i = 0; i < width; ++i)
      sums[i] += raised_ticks(excesses[i], ticks_per_unit) - rounder_bits;
}

template <class Simd>
void raise_by_rows(float const* excesses, std::uint32_t workers, std::uint32_t steps, std::uint32_t width,
                   float ticks_per_unit, std::uint64_t* largest) {
  auto const factor = Simd::repeat_float(ticks_per_unit);
  for (std::uint32_t i = 0; i < width; i += Simd::floats) {
    typename Simd::Words largest_first{}, largest_second{};
    Simd::load_pairs(largest + i, largest_first, largest_second);
    float const* row = excesses + i;
    for (std::uint32_t w = 0; w < workers; ++w) {
      auto both = Simd::repeat64(0), second = both;  // each lane has a pair of sums: first + 2^32 second
      for (std::uint32_t s = 0; s < steps; ++s, row += width) {
        auto const pairs = Simd::pairs(Simd::round_to_ticks(Simd::multiply(Simd::load_float(row), factor)));
        both = Simd::add(both, pairs);
        second = Simd::add(second, Simd::upper_half(pairs));
      }
      largest_first = Simd::larger64(largest_first, Simd::second_taken_off(both, second));
      largest_second = Simd::larger64(largest_second, second);
    }
    Simd::store_pairs(largest + i, largest_first, largest_second);
  }
}

template <class Simd>
void raise(std::uint64_t* sums, std::uint32_t width, std::uint64_t* largest) {
  for (std::uint32_t i = 0; i < width; ++i) {
    auto const sum = static_cast<std::int64_t>(sums[i]);  // not every set compares unsigned numbers
    auto const old = static_cast<std::int64_t>(largest[i]);
    largest[i] = static_cast<std::uint64_t>(sum > old ? sum : old);
    sums[i] = 0;
  }
}

template <class Simd>
TickTotals sum_ticks(std::uint64_t const* ticks, std::uint32_t count) {
  std::uint64_t total = 0, low = 0, high = 0;
  auto smallest = static_cast<std::int64_t>(ticks[0]), largest = smallest;
  for (std::uint32_t i = 0; i < count; ++i) {
    auto const value = static_cast<std::int64_t>(ticks[i]);
    std::uint64_t const square = (ticks[i] & 0xffffffff) * (ticks[i] & 0xffffffff);
    total += ticks[i];
    low += square & 0xffffffff;
    high += square >> 32;
    smallest = value < smallest ? value : smallest;
    largest = value > largest ? value : largest;
  }
  return {total, low, high, static_cast<std::uint64_t>(smallest), static_cast<std::uint64_t>(largest)};
}

}  // namespace
}  // namespace dsgd::simd
