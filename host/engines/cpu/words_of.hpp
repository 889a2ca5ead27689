/// Words in memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engines/cpu/kernels.hpp"
#include "engines/cpu/philox_of.hpp"

namespace dsgd::simd {
namespace {

template <class Simd>
void draw_words(PhiloxPlan const& plan, PlannedBlocks const& planned, std::uint32_t blocks,
                std::uint32_t first, std::uint32_t count, std::uint32_t stride, std::uint32_t* words) {
  std::size_t const row = stride;
  for_each_part<Simd>(
      plan, count, [&](auto const& philox, std::uint32_t i) __attribute__((always_inline)) {
        auto const iterations = philox.successive_iterations(first + i);
        for (std::uint32_t b = 0; b < blocks; ++b)
          philox(iterations, philox.same_block(planned, b)).store(words + 4 * row * b + i, row);
      });
}

/// Without what is padding.
inline std::uint32_t count_below(std::uint32_t limit, std::uint32_t const* ascending, std::uint32_t count) {
  while (count > 0 && ascending[count - 1] >= limit) --count;
  return count;
}

template <class Simd>
ExtremeChanges extend_by_words(std::uint32_t const* words, std::uint32_t count, std::uint32_t* smallest,
                               std::uint32_t* largest, ExtremeChanges changes, std::uint32_t* to_smallest,
                               std::uint32_t* to_largest) {
  for (std::uint32_t i = 0; i < count; i += Simd::floats) {
    auto const word = Simd::load_int(words + i);
    auto const low = Simd::load_int(smallest + i);
    auto const high = Simd::load_int(largest + i);
    auto const fell = Simd::less(word, low);
    auto const rose = Simd::less(high, word);
    Simd::store_int(smallest + i, Simd::smaller(word, low));
    Simd::store_int(largest + i, Simd::larger(word, high));
    if (Simd::any(fell, rose)) {
      auto const lanes = Simd::lane_numbers(i);
      changes.smallest += Simd::store_lanes(to_smallest + changes.smallest, fell, lanes);
      changes.largest += Simd::store_lanes(to_largest + changes.largest, rose, lanes);
    }
  }
  return {count_below(count, to_smallest, changes.smallest), count_below(count, to_largest, changes.largest)};
}

template <class Simd>
std::uint32_t find_changes(std::uint32_t const* words, std::uint32_t const* before, std::uint32_t count,
                           std::uint32_t* indices) {
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < count; i += Simd::floats) {
    auto const changed = Simd::differs(Simd::load_int(words + i), Simd::load_int(before + i));
    found += Simd::store_lanes(indices + found, changed, Simd::lane_numbers(i));
  }
  return count_below(count, indices, found);
}

}  // namespace
}  // namespace dsgd::simd
