#pragma once

#include <cstdint>

#include "dsgd/draw/philox.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/host_device.hpp"
#include "kernels/device/unroll.hpp"

namespace dsgd::kernels {

inline constexpr unsigned few_words = 4;   ///< words that are kept where all wanted places are among so few
inline constexpr unsigned most_words = 8;  ///< words that are kept elsewhere

/// The smallest words of an iteration, ascending, in registers.
template <unsigned Depth>
class FirstWords {
 public:
  DSGD_HD FirstWords() {
    DSGD_UNROLL for (unsigned i = 0; i < Depth; ++i) words_[i] = ~0u;  // as if no word were taken
  }

  /// Takes a block of words. Once many were taken, few are among the smallest: most of the time no thread of
  /// a warp has one to insert.
  DSGD_HD void take(PhiloxBlock const& block) {
    std::uint32_t const least =
        lesser(lesser(lesser(block.word[0], block.word[1]), block.word[2]), block.word[3]);
    if (least >= words_[Depth - 1]) return;
    for (std::uint32_t const word : block.word) insert(word);
  }

  /// The word at a place, counted from 1; ~0 where fewer words were taken. @pre 1 <= place <= Depth
  DSGD_HD std::uint32_t at(std::uint32_t place) const {
    DSGD_EXPECTS(1 <= place && place <= Depth);
    std::uint32_t word = words_[0];
    DSGD_UNROLL for (unsigned i = 1; i < Depth; ++i) if (place > i) word = words_[i];
    return word;
  }

 private:
  DSGD_HD static std::uint32_t lesser(std::uint32_t a, std::uint32_t b) { return b < a ? b : a; }

  DSGD_HD void insert(std::uint32_t word) {
    DSGD_UNROLL for (unsigned i = 0; i < Depth; ++i) {
      std::uint32_t const less = lesser(words_[i], word);
      word = words_[i] < word ? word : words_[i];
      words_[i] = less;
    }
  }

  std::uint32_t words_[Depth];
};

}  // namespace dsgd::kernels
