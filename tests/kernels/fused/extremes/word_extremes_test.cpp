#include "kernels/fused/extremes/word_extremes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "dsgd/draw/address.hpp"

namespace dsgd::kernels {
namespace {

TEST(WordExtremes, AreThoseOfTheWordsTaken) {
  for (std::uint32_t count = 1; count <= 4; ++count)
    for (std::uint64_t i = 0; i < 1000; ++i) {
      PhiloxBlock const first = word_block({1, 2}, i, 0), second = word_block({1, 2}, i, 1);
      WordExtremes extremes;
      if (i % 2 == 1) extremes.take(first);
      if (count == 4)
        extremes.take(second);
      else
        extremes.take_first(count, second);
      std::uint32_t smallest = ~0u, largest = 0;
      auto const take = [&](std::uint32_t word) {
        smallest = std::min(smallest, word);
        largest = std::max(largest, word);
      };
      if (i % 2 == 1)
        for (std::uint32_t const word : first.word) take(word);
      for (std::uint32_t w = 0; w < count; ++w) take(second.word[w]);
      ASSERT_EQ(extremes.smallest, smallest) << count << ' ' << i;
      ASSERT_EQ(extremes.largest, largest) << count << ' ' << i;
    }
}

TEST(WordExtremes, OfNoWordGiveWayToAny) {
  for (std::uint32_t const word : {0u, 1u, ~0u}) {
    WordExtremes extremes;
    extremes.take(word, word);
    EXPECT_EQ(extremes.smallest, word);
    EXPECT_EQ(extremes.largest, word);
  }
}

}  // namespace
}  // namespace dsgd::kernels
