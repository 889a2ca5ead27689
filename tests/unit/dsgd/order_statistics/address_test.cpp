#include "dsgd/order_statistics/address.hpp"

#include <gtest/gtest.h>

#include <set>

namespace dsgd {
namespace {

/// The counter as the design writes it down.
BitPair by_hand(std::uint64_t seed, std::uint64_t m, std::uint64_t i, std::uint64_t attempt) {
  std::uint64_t const words[4] = {(1ull << 30) + m % (1ull << 30), m >> 30,
                                  attempt * (1ull << 18) + (i >> 32), i % (1ull << 32)};
  PhiloxBlock counter;
  for (int w = 0; w < 4; ++w) {
    EXPECT_LT(words[w], 1ull << 32);
    counter.word[w] = static_cast<std::uint32_t>(words[w]);
  }
  auto const [word] =
      philox4x32_10(counter, {{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}});
  return {word[0] * (1ull << 32) + word[1], word[2] * (1ull << 32) + word[3]};
}

TEST(SampledBits, LieAtTheAddressOfTheDesign) {
  for (std::uint64_t const m :
       {1ull, 2ull, (1ull << 30) - 1, 1ull << 30, (1ull << 30) + 1, 1ull << 40, (1ull << 62) - 1})
    for (std::uint64_t const i : {0ull, 1ull, (1ull << 32) - 1, 1ull << 32, (1ull << 50) - 1})
      for (std::uint32_t const attempt : {0u, 1u, max_attempts - 1}) {
        BitPair const expected = by_hand(0x0123456789abcdef, m, i, attempt);
        BitPair const bits = sampled_bits(0x0123456789abcdef, m, i, attempt);
        EXPECT_EQ(bits.first, expected.first) << m << " " << i << " " << attempt;
        EXPECT_EQ(bits.second, expected.second) << m << " " << i << " " << attempt;
      }
}

TEST(SampledBits, EveryAddressHasItsOwn) {
  std::set<std::uint64_t> seen;
  for (std::uint64_t const m : {1ull, 2ull, (1ull << 30) + 1, (1ull << 62) - 1})
    for (std::uint64_t const i : {0ull, 1ull, 1ull << 32, (1ull << 50) - 1})
      for (std::uint32_t const attempt : {0u, 1u, max_attempts - 1}) {
        seen.insert(sampled_bits(5, m, i, attempt).first);
        seen.insert(sampled_bits(5, m, i, attempt).second);
      }
  EXPECT_EQ(seen.size(), 4u * 4u * 3u * 2u);
}

/// Streams of single workers lie below 2^27, their tails have bit 31: neither has bit 30 alone.
TEST(SampledStream, IsApartFromThoseOfSingleWorkers) {
  for (std::uint64_t const m : {1ull, (1ull << 30) - 1, 1ull << 30, (1ull << 62) - 1})
    EXPECT_EQ(sampled_stream(m) >> 30, 1u) << m;
}

}  // namespace
}  // namespace dsgd
