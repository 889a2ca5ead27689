#include "dsgd/draw/address.hpp"

#include <gtest/gtest.h>

#include <set>
#include "support/survival.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t seed = 0x0123456789abcdef;

/// The address of the design, written out.
std::uint32_t word_at_counter(std::uint32_t stream, std::uint32_t block, std::uint64_t iteration, int i) {
  return philox4x32_10({{stream, block, static_cast<std::uint32_t>(iteration >> 32),
                         static_cast<std::uint32_t>(iteration)}},
                       {{0x89abcdef, 0x01234567}})
      .word[i];
}

TEST(DrawWord, FollowsItsAddress) {
  for (std::uint64_t const iteration : {0ull, 1ull, 0xffffffffull, 0x100000000ull, (1ull << 50) - 1})
    for (std::uint64_t const index : {0ull, 1ull, 3ull, 4ull, 0xffffffull, 0x100000003ull, 0x3ffffffffull})
      EXPECT_EQ(
          draw_word({seed, 7}, iteration, index),
          word_at_counter(7, static_cast<std::uint32_t>(index / 4), iteration, static_cast<int>(index % 4)))
          << iteration << " " << index;
}

TEST(DrawWord, NoPartOfTheAddressIsIgnored) {
  std::set<std::uint32_t> seen;
  for (std::uint64_t const s : {0ull, 1ull, 1ull << 32})
    for (std::uint32_t const stream : {0u, 1u, 1u << 23})
      for (std::uint64_t const iteration : {0ull, 1ull, 1ull << 32, 1ull << 49})
        for (std::uint64_t const index : {0ull, 1ull, 2ull, 3ull, 4ull, 1ull << 33})
          seen.insert(draw_word({s, stream}, iteration, index));
  EXPECT_EQ(seen.size(), 3u * 3 * 4 * 6);  // a pair of 216 equal by chance: 5e-6, and the seeds are fixed
}

TEST(WordBlock, HoldsFourDraws) {
  PhiloxBlock const block = word_block({seed, 20}, 5, 3);
  for (std::uint64_t i = 0; i < 4; ++i) EXPECT_EQ(block.word[i], draw_word({seed, 20}, 5, 12 + i));
}

TEST(TailWord, RefinesBothEndsAndNothingElse) {
  Stream const stream{seed, 20};
  std::uint32_t const tails = 20u | 1u << 31;
  for (std::uint32_t const j : {0u, 1u, 12345u, tail_cells - 1}) {
    EXPECT_TRUE(needs_tail(j) && needs_tail(~j));
    EXPECT_EQ(tail_word(stream, 9, j), word_at_counter(tails, j, 9, 0));
    EXPECT_EQ(tail_word(stream, 9, ~j), word_at_counter(tails, j, 9, 1));
  }
  for (std::uint32_t const k : {tail_cells, 1u << 31, ~tail_cells}) {
    EXPECT_FALSE(needs_tail(k));
    EXPECT_EQ(tail_word(stream, 9, k), 0u);
  }
}

TEST(WordsAt, GoThroughSurvivalInOrder) {
  double before = -1;
  for (std::uint64_t const position :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 33, std::uint64_t{1} << 63,
        ~std::uint64_t{0} - (std::uint64_t{1} << 40), ~std::uint64_t{0} - (std::uint64_t{1} << 20)}) {
    double const u = survival(words_at(position));
    EXPECT_GT(u, before);
    EXPECT_NEAR(u, static_cast<double>(position) * 0x1p-64, 0x1p-32);
    before = u;
  }
  EXPECT_EQ(words_at(~std::uint64_t{0}).k, ~0u);
  EXPECT_EQ(words_at(~std::uint64_t{0}).t, 0u);
}

}  // namespace
}  // namespace dsgd
