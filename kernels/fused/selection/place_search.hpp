#pragma once

#include <cstdint>

#include "dsgd/expects.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd::kernels {

/// Search for the word that is `place`-th of an iteration's words, in ascending order, where words are too
/// many to be kept and are drawn again instead: the number of words below a pivot says on which side of it
/// the wanted one is. Words are uniform, so that the next pivot can be guessed: an error of e places becomes
/// one of about sqrt(e). What is found never depends on the guesses.
class PlaceSearch {
 public:
  /// @param place  1 = smallest, words = largest. @pre 1 <= place <= words < 2^24
  DSGD_HD PlaceSearch(std::uint32_t words, std::uint32_t place) : place_(place), up_to_last_(words) {
    DSGD_EXPECTS(1 <= place && place <= words && words >> 24 == 0);
  }
  PlaceSearch() = default;

  /// A lower bound of the wanted word.
  DSGD_HD std::uint32_t first() const { return first_; }

  /// Place of the wanted word among those that are at least first(), from 1.
  DSGD_HD std::uint32_t place_from_first() const { return place_ - before_first_; }

  /// True where the wanted word is first() itself, however many words are equal.
  DSGD_HD bool is_first() const { return first_ == last_; }

  /// True where the wanted word is one of the `depth` smallest words from first() on.
  DSGD_HD bool reaches(std::uint32_t depth) const { return is_first() || place_from_first() <= depth; }

  /// The pivot below which words are to be counted next, above first(). @pre !reaches(depth)
  DSGD_HD std::uint32_t pivot(std::uint32_t depth) const {
    DSGD_EXPECTS(!reaches(depth));
    std::uint32_t const span = last_ - first_;
    if (turns_ >= guesses) return last_ - span / 2;
    std::uint32_t const middle = (depth + 1) / 2;
    auto const aim = static_cast<float>(place_from_first() - middle);
    float const share = aim / static_cast<float>(up_to_last_ - before_first_);  // below 1
    auto const guess = static_cast<std::uint32_t>(share * static_cast<float>(span));
    return first_ + (guess < 1 ? 1 : guess > span ? span : guess);
  }

  /// Narrows the search by what was counted. @param below  how many words are less than the pivot
  DSGD_HD void narrow(std::uint32_t pivot, std::uint32_t below) {
    ++turns_;
    if (below >= place_) {
      last_ = pivot - 1;
      up_to_last_ = below;
    } else {
      first_ = pivot;
      before_first_ = below;
    }
  }

 private:
  /// Turns in which the pivot is guessed, more than uniform words take. After them it is the middle: 32 more
  /// turns end every search.
  static constexpr std::uint32_t guesses = 12;

  std::uint32_t place_ = 1;
  std::uint32_t first_ = 0, last_ = ~0u;  ///< range of the wanted word, ends included
  std::uint32_t before_first_ = 0;        ///< words that are less than first
  std::uint32_t up_to_last_ = 1;          ///< words that are not more than last
  std::uint32_t turns_ = 0;
};

}  // namespace dsgd::kernels
