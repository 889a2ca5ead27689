/// Finds words near the ends of their range, and draws their tail words.
#pragma once

#include <cstdint>

#include "engines/cpu/loops/philox.hpp"
#include "engines/cpu/loops/words.hpp"

namespace dsgd::simd {
namespace {

/// Appends the numbers of the lanes, counted from `first`, that need a tail word.
/// @param moved  words + 2^20: both ends of their range fall below 2^21, as the upper one wraps around
/// @return       number of indices
template <class Simd>
__attribute__((always_inline)) inline std::uint32_t store_tails(typename Simd::Integers moved,
                                                                std::uint32_t first, std::uint32_t* indices) {
  auto const tails = Simd::at_most(moved, Simd::repeat_int((1 << 21) - 1));
  return Simd::store_lanes(indices, tails, Simd::lane_numbers(first));
}

template <class Simd>
std::uint32_t find_tails(std::uint32_t const* words, std::uint32_t count, std::uint32_t* indices) {
  auto const moved = [&](std::uint32_t i) {
    return Simd::subtract(Simd::load_int(words + i), Simd::repeat_int(-(1 << 20)));
  };
  constexpr std::uint32_t lanes = Simd::floats, together = 4 * lanes;
  std::uint32_t found = 0, i = 0;
  for (; i + together <= count; i += together) {
    auto const smallest = Simd::smaller(Simd::smaller(moved(i), moved(i + lanes)),
                                        Simd::smaller(moved(i + 2 * lanes), moved(i + 3 * lanes)));
    if (Simd::count(Simd::at_most(smallest, Simd::repeat_int((1 << 21) - 1))) == 0) continue;  // most often
    for (std::uint32_t l = i; l < i + together; l += lanes)
      found += store_tails<Simd>(moved(l), l, indices + found);
  }
  for (; i < count; i += lanes) found += store_tails<Simd>(moved(i), i, indices + found);
  return count_below(count, indices, found);
}

template <class Simd>
void draw_tails(PhiloxPlan const& plan, std::uint32_t const* iterations, std::uint32_t const* words,
                std::uint32_t count, std::uint32_t* tails) {
  Philox<Simd> const philox(plan);
  constexpr std::uint32_t lanes = philox.lanes;
  for (std::uint32_t i = 0; i < count; i += lanes) {
    std::uint32_t blocks[lanes], lower_end[lanes], upper_end[lanes];
    for (std::uint32_t l = 0; l < lanes; ++l) blocks[l] = words[i + l] >> 31 ? ~words[i + l] : words[i + l];
    auto const drawn = philox(philox.iterations(iterations + i), philox.blocks(blocks));
    Simd::store_upper_halves(lower_end, drawn.first[0], drawn.first[1]);
    Simd::store_lower_halves(upper_end, drawn.first[0], drawn.first[1]);
    for (std::uint32_t l = 0; l < lanes; ++l) tails[i + l] = words[i + l] >> 31 ? upper_end[l] : lower_end[l];
  }
}

}  // namespace
}  // namespace dsgd::simd
