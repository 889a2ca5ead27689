/// The logarithm over all words, and wrong logarithms over some: error, order, range, bias.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "logarithms.hpp"
#include "measure.hpp"
#include "neighbours.hpp"
#include "report.hpp"

namespace dsgd::test {
namespace {

constexpr double promised_error = 1.4;  // ulp

/// Both tails; they alone decide the means of max and min over 2^promised_workers.
template <class Function>
Findings measure_ends(Function const& function) {
  Findings findings = measure(0, end_blocks, function);
  return findings += measure(all_blocks - end_blocks, all_blocks, function);
}

TEST(PortableLogExhaustive, ErrorOrderAndBiasOverAllWords) {
  Findings const found = measure(0, all_blocks, Exact{});
  RelativeBias const bias = relative_bias(found.bias, 1.0);
  print("-log u", found);
  print(bias);
  EXPECT_LE(found.error, promised_error);
  EXPECT_EQ(found.increases, 0u);
  EXPECT_EQ(found.abnormal, 0u);
  expect_promised(bias);
}

TEST(PortableLogQuick, ErrorOrderAndBiasOfTheEnds) {
  Findings const found = measure_ends(Exact{});
  Bias const bias = relative_bias(found.bias, 1.0).total();
  EXPECT_LE(found.error, promised_error);
  EXPECT_EQ(found.increases, 0u);
  EXPECT_EQ(found.abnormal, 0u);
  EXPECT_LT(std::fabs(bias.maximum[promised_workers]), promised_bias);
  EXPECT_LT(std::fabs(bias.minimum[promised_workers]), promised_bias);
}

TEST(PortableLogQuick, NeighboursAreInOrder) {
  Findings found = compare_neighbours(BlockEnds{}, Exact{});
  found += compare_neighbours(RandomAddresses{}, Exact{});
  EXPECT_EQ(found.increases, 0u);
  EXPECT_EQ(found.abnormal, 0u);
}

TEST(PortableLogQuick, RangeIsAsDocumented) {
  EXPECT_LE(neg_log_uniform(0, 0), 45.1f);
  EXPECT_GE(neg_log_uniform(~0u, 0), 2.7e-20f);
}

TEST(PortableLogQuick, TailWordOfTheMiddleIsIgnored) {
  for (std::uint32_t k = tail_cells; k < ~tail_cells; k += 65521) {
    ASSERT_EQ(neg_log_uniform(k, 0), neg_log_uniform(k, ~0u)) << k;
  }
}

// Each checker must notice what it is there for.

TEST(WrongLogQuick, LogOfRoundedUniformIsNoticed) {
  Findings const found = measure(all_blocks - end_blocks, all_blocks, OfRoundedUniform{});
  EXPECT_GT(found.error, promised_error);
  EXPECT_GT(found.abnormal, 0u);  // -log 1 = 0
  EXPECT_GT(std::fabs(relative_bias(found.bias, 1.0).total().minimum[promised_workers]), promised_bias);
}

TEST(WrongLogQuick, MissingTailIsNoticed) {
  Findings const found = measure_ends(WithoutTail{});
  Bias const bias = relative_bias(found.bias, 1.0).total();
  EXPECT_GT(found.error, promised_error);
  EXPECT_GT(std::fabs(bias.maximum[promised_workers]), promised_bias);
}

TEST(WrongLogQuick, RoundingTheWrongWayIsNoticed) {
  Findings const found = measure_ends(NextFloat{});
  Bias const bias = relative_bias(found.bias, 1.0).total();
  EXPECT_GT(found.error, promised_error);
  EXPECT_GT(std::fabs(bias.maximum[promised_workers]), promised_bias);
  EXPECT_GT(std::fabs(bias.minimum[promised_workers]), promised_bias);
}

TEST(WrongLogQuick, WrongLog2IsNoticed) {
  Findings const found = measure(0, end_blocks, WrongLog2{});
  EXPECT_GT(found.error, promised_error);
  EXPECT_GT(std::fabs(relative_bias(found.bias, 1.0).total().maximum[promised_workers]), promised_bias);
}

TEST(WrongLogQuick, OneIncreaseIsNoticedWhereverItIs) {
  struct Place {
    std::uint32_t block, index;
  };
  std::uint32_t const last = BlockShape::addresses - 1;
  std::uint32_t const middle = end_blocks + 3, upper_end = end_blocks + middle_blocks;
  // inside a word's tail, between the words of a tail, inside the middle, at the borders between blocks and
  // between middle and tails
  for (Place const place : {Place{7, 1000}, Place{single_word_blocks + 7, 64}, Place{middle, 1000},
                            Place{middle, 0}, Place{middle, last}, Place{end_blocks, 0}, Place{upper_end, 0},
                            Place{all_blocks - 9, 1000}, Place{all_blocks - 1, last - 1}}) {
    OneIncrease const spoilt{block_shape(place.block)[place.index]};
    std::uint32_t const end = std::min(place.block + 2, all_blocks);
    EXPECT_EQ(measure(place.block - 1, end, spoilt).increases, 1u) << "block " << place.block;
    EXPECT_EQ(measure(place.block - 1, end, Exact{}).increases, 0u) << "block " << place.block;
  }
}

TEST(WrongLogQuick, OneIncreaseBetweenNeighboursIsNoticed) {
  Address const border = successor(BlockEnds{}(end_blocks + 1000));
  EXPECT_EQ(compare_neighbours(BlockEnds{}, OneIncrease{border}).increases, 1u);
  Address const sampled = successor(RandomAddresses{}(12345));
  EXPECT_GE(compare_neighbours(RandomAddresses{}, OneIncrease{sampled}).increases, 1u);
}

}  // namespace
}  // namespace dsgd::test
