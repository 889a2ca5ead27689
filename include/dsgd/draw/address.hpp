/// Addresses of draws: every draw is a pure function of (seed, stream, iteration, index). It depends on no
/// state, no order and no launch geometry, so that a run can be split, resumed or replayed anywhere.
///
/// In cuRAND's terms a word is its Philox at subsequence = iteration_lo 2^32 + iteration_hi and
/// offset = 4 ((index / 4) 2^32 + stream) + index mod 4. The iteration stands last in the counter because
/// three of the ten rounds then depend on the block or on the iteration alone, and leave the inner loop of
/// the fast engines.
#pragma once

#include <cstdint>

#include "dsgd/draw/philox.hpp"
#include "dsgd/expects.hpp"

namespace dsgd {

inline constexpr std::uint32_t max_workers = (1u << 24) - 1;
inline constexpr std::uint64_t max_iterations = std::uint64_t{1} << 50;

/// A delay is refined by a tail word where its word is this near to either end of [0, 2^32): without it the
/// mean of the slowest of 10^6 workers would be wrong by 63 standard errors at 10^12 iterations.
inline constexpr std::uint32_t tail_cells = 1u << 20;

/// Bit of the stream that marks tail words.
inline constexpr std::uint32_t tail_stream_bit = 1u << 31;

/// One family of independent draws. `id` is the number of workers when points with different workers draw
/// independently, 0 when all points share their draws.
struct Stream {
  std::uint64_t seed;
  std::uint32_t id;  ///< in [0, 2^31)
};

DSGD_HD PhiloxKey philox_key(std::uint64_t seed) {
  return {{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
}

/// Words of the draws 4 block .. 4 block + 3 of an iteration.
DSGD_HD PhiloxBlock word_block(Stream stream, std::uint64_t iteration, std::uint32_t block) {
  return philox4x32_10({{stream.id, block, static_cast<std::uint32_t>(iteration >> 32),
                         static_cast<std::uint32_t>(iteration)}},
                       philox_key(stream.seed));
}

/// Word of draw number `index` (the worker, where each draws once) of an iteration. @pre index < 2^34
DSGD_HD std::uint32_t draw_word(Stream stream, std::uint64_t iteration, std::uint64_t index) {
  DSGD_EXPECTS(index >> 34 == 0);
  return word_block(stream, iteration, static_cast<std::uint32_t>(index / 4)).word[index % 4];
}

/// True where the delay of word k depends on a tail word.
DSGD_HD bool needs_tail(std::uint32_t k) { return k < tail_cells || ~k < tail_cells; }

/// Tail word of word k in an iteration; 0 where k needs none. It depends on the word and not on the worker,
/// on purpose: an engine keeps an iteration's extreme words alone and asks for their tails afterwards.
DSGD_HD std::uint32_t tail_word(Stream stream, std::uint64_t iteration, std::uint32_t k) {
  if (!needs_tail(k)) return 0;
  bool const upper_end = k >= tail_cells;
  Stream const tails{stream.seed, stream.id | tail_stream_bit};
  return word_block(tails, iteration, upper_end ? ~k : k).word[upper_end];
}

/// A word with its tail word: a delay is a function of both.
struct DelayWords {
  std::uint32_t k, t;
};

/// The words at a position in the order of u, from the longest delay on.
/// @param position  u 2^64, rounded down
DSGD_HD DelayWords words_at(std::uint64_t position) {
  auto const k = static_cast<std::uint32_t>(position >> 32);
  auto const low = static_cast<std::uint32_t>(position);
  return {k, k < 1u << 31 ? low : ~low};  // tail words count towards the middle
}

}  // namespace dsgd
