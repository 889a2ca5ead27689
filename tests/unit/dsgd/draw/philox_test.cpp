#include "dsgd/draw/philox.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <array>
#include <random>

namespace dsgd {
namespace {

using Words = std::array<std::uint32_t, 4>;

Words words(PhiloxBlock const& block) { return std::to_array(block.word); }

/// Source: Random123 1.14, tests/kat_vectors, philox4x32 10.
TEST(Philox, KnownAnswers) {
  std::uint32_t const f = 0xffffffff;
  EXPECT_EQ(words(philox4x32_10({{0, 0, 0, 0}}, {{0, 0}})),
            (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(words(philox4x32_10({{f, f, f, f}}, {{f, f}})),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(
      words(philox4x32_10({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, {{0xa4093822, 0x299f31d0}})),
      (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

/// Four million blocks, half of them with counters next to a carry of some word.
TEST(Philox, EqualsRandom123) {
  std::mt19937 random(20260101);
  r123::Philox4x32 const other;
  for (int i = 0; i < 4'000'000; ++i) {
    PhiloxBlock counter{};
    for (std::uint32_t& word : counter.word)
      word = static_cast<std::uint32_t>(i % 2 == 0 ? random() : 0 - random() % 3);
    PhiloxKey const key{{static_cast<std::uint32_t>(random()), static_cast<std::uint32_t>(random())}};
    r123::Philox4x32::ctr_type const c = {
        {counter.word[0], counter.word[1], counter.word[2], counter.word[3]}};
    r123::Philox4x32::key_type const k = {{key.word[0], key.word[1]}};
    auto const expected = other(c, k);
    ASSERT_EQ(words(philox4x32_10(counter, key)), (Words{expected[0], expected[1], expected[2], expected[3]}))
        << "block " << i;
  }
}

}  // namespace
}  // namespace dsgd
