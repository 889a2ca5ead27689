#include "kernels/fused/selection/first_words.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "dsgd/draw/address.hpp"

namespace dsgd::kernels {
namespace {

template <unsigned Depth>
void expect_sorted(std::uint32_t blocks, std::uint32_t mask) {
  FirstWords<Depth> first;
  std::vector<std::uint32_t> words;
  for (std::uint32_t i = 0; i < blocks; ++i) {
    PhiloxBlock block = word_block({7, 1}, blocks, i);
    for (std::uint32_t& word : block.word) words.push_back(word &= mask);
    first.take(block);
  }
  std::sort(words.begin(), words.end());
  for (std::uint32_t place = 1; place <= Depth && place <= words.size(); ++place)
    EXPECT_EQ(first.at(place), words[place - 1]) << place << " of " << words.size();
}

TEST(FirstWords, AreTheSmallestInOrder) {
  for (std::uint32_t const blocks : {1u, 2u, 3u, 10u, 1000u})
    for (std::uint32_t const mask : {~0u, 0x7u}) {  // the latter: many are equal
      expect_sorted<1>(blocks, mask);
      expect_sorted<4>(blocks, mask);
      expect_sorted<8>(blocks, mask);
    }
}

TEST(FirstWords, MayAllBeTheLargest) {
  FirstWords<4> first;
  first.take({{~0u, ~0u, ~0u, 5}});
  EXPECT_EQ(first.at(1), 5u);
  EXPECT_EQ(first.at(4), ~0u);
}

}  // namespace
}  // namespace dsgd::kernels
