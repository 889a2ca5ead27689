/// Words near the ends of their range.
#pragma once

#include <cstdint>

#include "engines/cpu/philox_of.hpp"
#include "engines/cpu/words_of.hpp"

namespace dsgd::simd {
namespace {

template <class Simd>
std::uint32_t find_tails(std::uint32_t const* words, std::uint32_t count, std::uint32_t* indices) {
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < count; i += Simd::floats) {
    // k + 2^20 wraps at the upper end, so that both ends fall below 2^21
    auto const moved = Simd::subtract(Simd::load_int(words + i), Simd::repeat_int(-(1 << 20)));
    auto const tails = Simd::is_zero(Simd::template shift_right<21>(moved));
    found += Simd::store_lanes(indices + found, tails, Simd::lane_numbers(i));
  }
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
