/// The blocks cover every word, in order, so that what is measured over them holds for all words.
#include "address.hpp"

#include <gtest/gtest.h>

namespace dsgd::test {
namespace {

/// u 2^64 - 1/2
std::uint64_t position(Address a) {
  if (!needs_tail(a.k)) return std::uint64_t{a.k} << 32 | 0x7fffffffu;
  return std::uint64_t{a.k} << 32 | (at_upper_end(a.k) ? ~a.t : a.t);
}

TEST(AddressQuick, BlocksCoverAllWordsWithoutGapOrOverlap) {
  std::uint64_t next = 0;
  for (std::uint32_t number = 0; number < all_blocks; ++number) {
    BlockShape const shape = block_shape(number);
    ASSERT_EQ(shape.first_word, next) << "block " << number;
    ASSERT_EQ(shape.words << shape.log2_strata, BlockShape::addresses);
    ASSERT_EQ(shape.log2_strata > 0, needs_tail(shape.first_word));
    ASSERT_EQ(shape.log2_strata > 0, needs_tail(shape.first_word + shape.words - 1));
    next += shape.words;
  }
  EXPECT_EQ(next, std::uint64_t{1} << 32);
}

TEST(AddressQuick, AddressesIncreaseAndReachBothEndsOfEachTail) {
  for (std::uint32_t number = 0; number < all_blocks; number += 101) {  // prime: all kinds of blocks
    BlockShape const shape = block_shape(number);
    std::uint32_t const strata = 1u << shape.log2_strata;
    for (std::uint32_t i = 1; i < BlockShape::addresses; ++i) {
      ASSERT_LT(position(shape[i - 1]), position(shape[i])) << "block " << number;
    }
    for (std::uint32_t i = 0; strata > 1 && i < BlockShape::addresses; i += strata) {
      bool const upper = at_upper_end(shape[i].k);
      ASSERT_EQ(shape[i].t, upper ? ~0u : 0u);
      ASSERT_EQ(shape[i + strata - 1].t, upper ? 0u : ~0u);
    }
  }
}

TEST(AddressQuick, SuccessorIsTheNextAddress) {
  std::uint32_t const first = tail_cells, last = ~tail_cells;  // the words without tails
  auto const equal = [](Address a, std::uint32_t k, std::uint32_t t) { return a.k == k && a.t == t; };
  EXPECT_TRUE(equal(successor({0, 0}), 0, 1));
  EXPECT_TRUE(equal(successor({0, ~0u}), 1, 0));
  EXPECT_TRUE(equal(successor({first - 1, ~0u}), first, 0));
  EXPECT_TRUE(equal(successor({first, 5}), first + 1, 0));
  EXPECT_TRUE(equal(successor({last, 5}), last + 1, ~0u));
  EXPECT_TRUE(equal(successor({last + 1, 7}), last + 1, 6));
  EXPECT_TRUE(equal(successor({~1u, 0}), ~0u, ~0u));
}

}  // namespace
}  // namespace dsgd::test
