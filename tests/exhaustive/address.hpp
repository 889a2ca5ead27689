/// What the logarithm is called with, ordered by u, and cut into blocks that cover all 2^32 words.
#pragma once

#include <array>
#include <cstdint>

#include "dsgd/draw/address.hpp"

namespace dsgd::test {

/// Word and tail word of a draw. Where u counts from its upper end, a larger t is a smaller u.
struct Address {
  std::uint32_t k, t;
};

inline bool at_upper_end(std::uint32_t k) { return k > ~tail_cells; }

/// The address with the next larger u. @pre address is not the last, (2^32 - 1, 0)
inline Address successor(Address a) {
  bool const upper = at_upper_end(a.k);
  std::uint32_t const last_tail = upper ? 0u : ~0u;
  if (needs_tail(a.k) && a.t != last_tail) return {a.k, upper ? a.t - 1 : a.t + 1};
  return {a.k + 1, at_upper_end(a.k + 1) ? ~0u : 0u};
}

/// Addresses of increasing u: `words` words from `first_word` on, each with 2^log2_strata tail words that are
/// spread over [0, 2^32) and include both ends. Where no tail word is needed there is one, to be ignored.
struct BlockShape {
  static constexpr std::uint32_t addresses = 4096;

  std::uint32_t first_word;
  std::uint32_t words;  ///< addresses / 2^log2_strata
  std::uint32_t log2_strata;

  Address operator[](std::uint32_t i) const {
    std::uint32_t const strata = 1u << log2_strata;
    std::uint32_t const k = first_word + (i >> log2_strata);
    std::uint32_t const stratum = i & (strata - 1);
    std::uint32_t const mixed = k * 2654435761u;  // Knuth's multiplicative hash
    if (log2_strata == 0) return {k, mixed};
    std::uint32_t t = (stratum << (32 - log2_strata)) + (mixed >> log2_strata);
    if (stratum == 0) t = 0;
    if (stratum == strata - 1) t = ~0u;
    return {k, at_upper_end(k) ? ~t : t};
  }
};

/// The 2^12 words nearest to an end get a block each, the other words with tails share one between 64.
inline constexpr std::uint32_t single_word_blocks = 4096;
inline constexpr std::uint32_t end_blocks = single_word_blocks + (tail_cells - single_word_blocks) / 64;
inline constexpr std::uint32_t middle_blocks = (0u - 2 * tail_cells) / BlockShape::addresses;
inline constexpr std::uint32_t all_blocks = 2 * end_blocks + middle_blocks;

/// Blocks numbered by increasing u. @pre number < all_blocks
inline BlockShape block_shape(std::uint32_t number) {
  if (number >= end_blocks + middle_blocks) {
    BlockShape const mirrored = block_shape(all_blocks - 1 - number);
    return {~(mirrored.first_word + (mirrored.words - 1)), mirrored.words, mirrored.log2_strata};
  }
  if (number >= end_blocks) return {tail_cells + (number - end_blocks) * BlockShape::addresses, 4096, 0};
  if (number >= single_word_blocks) return {single_word_blocks + (number - single_word_blocks) * 64, 64, 6};
  return {number, 1, 12};
}

/// A block's addresses in arrays, as vector loops want them.
struct AddressBlock {
  std::array<std::uint32_t, BlockShape::addresses> k, t;

  AddressBlock() = default;
  explicit AddressBlock(BlockShape shape) {
    for (std::uint32_t i = 0; i < BlockShape::addresses; ++i) {
      Address const address = shape[i];
      k[i] = address.k;
      t[i] = address.t;
    }
  }
};

}  // namespace dsgd::test
