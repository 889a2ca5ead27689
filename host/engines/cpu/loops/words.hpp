/// Draws words to memory, and follows their extremes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engines/cpu/loops/philox.hpp"
#include "engines/cpu/loops/tables/words.hpp"

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

/// Number of elements of an ascending list that are below a limit: those behind are padding.
inline std::uint32_t count_below(std::uint32_t limit, std::uint32_t const* ascending, std::uint32_t count) {
  while (count > 0 && ascending[count - 1] >= limit) --count;
  return count;
}

/// Does what extend_by_words() does with one vector.
template <class Simd>
class WordExtender {
 public:
  WordExtender(std::uint32_t const* words, std::uint32_t* smallest, std::uint32_t* largest)
      : words_(words), smallest_(smallest), largest_(largest) {}

  /// Mask of the lanes from number i on whose word changes an extreme.
  __attribute__((always_inline)) typename Simd::Mask changes(std::uint32_t i) const {
    auto const word = Simd::load_int(words_ + i);
    return Simd::either_mask(fell(i, word), rose(i, word));
  }

  __attribute__((always_inline)) void take(std::uint32_t i, ExtremeChanges& changes,
                                           std::uint32_t* to_smallest, std::uint32_t* to_largest) const {
    auto const word = Simd::load_int(words_ + i);
    auto const lanes = Simd::lane_numbers(i);
    changes.smallest += Simd::store_lanes(to_smallest + changes.smallest, fell(i, word), lanes);
    changes.largest += Simd::store_lanes(to_largest + changes.largest, rose(i, word), lanes);
    Simd::store_int(smallest_ + i, Simd::smaller(word, Simd::load_int(smallest_ + i)));
    Simd::store_int(largest_ + i, Simd::larger(word, Simd::load_int(largest_ + i)));
  }

 private:
  typename Simd::Mask fell(std::uint32_t i, typename Simd::Integers word) const {
    return Simd::less(word, Simd::load_int(smallest_ + i));
  }
  typename Simd::Mask rose(std::uint32_t i, typename Simd::Integers word) const {
    return Simd::less(Simd::load_int(largest_ + i), word);
  }

  std::uint32_t const* words_;
  std::uint32_t *smallest_, *largest_;
};

/// Branches once for four vectors, and not within them: with some hundred workers nobody can predict which of
/// them changes.
template <class Simd>
ExtremeChanges extend_by_words(std::uint32_t const* words, std::uint32_t count, std::uint32_t* smallest,
                               std::uint32_t* largest, ExtremeChanges changes, std::uint32_t* to_smallest,
                               std::uint32_t* to_largest) {
  constexpr std::uint32_t lanes = Simd::floats, together = 4 * lanes;
  WordExtender<Simd> const extender(words, smallest, largest);
  std::uint32_t i = 0;
  for (; i + together <= count; i += together) {
    auto const lower = Simd::either_mask(extender.changes(i), extender.changes(i + lanes));
    auto const upper = Simd::either_mask(extender.changes(i + 2 * lanes), extender.changes(i + 3 * lanes));
    if (!Simd::any(lower, upper)) continue;
    for (std::uint32_t l = i; l < i + together; l += lanes)
      extender.take(l, changes, to_smallest, to_largest);
  }
  for (; i < count; i += lanes) extender.take(i, changes, to_smallest, to_largest);
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

/// Stores without a branch: nobody could predict one.
template <class Simd>
std::uint32_t find_at_most(std::uint32_t const* words, std::uint32_t count, std::uint32_t flip,
                           std::uint32_t limit, std::uint32_t* indices, std::uint32_t* chosen) {
  auto const most = Simd::repeat_int(static_cast<std::int32_t>(limit));
  auto const flips = Simd::repeat_int(static_cast<std::int32_t>(flip));
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < count; i += Simd::floats) {
    auto const word = Simd::load_int(words + i);
    auto const named = Simd::at_most(Simd::exclusive_or_int(word, flips), most);
    Simd::store_lanes(chosen + found, named, word);
    found += Simd::store_lanes(indices + found, named, Simd::lane_numbers(i));
  }
  return count_below(count, indices, found);
}

}  // namespace
}  // namespace dsgd::simd
