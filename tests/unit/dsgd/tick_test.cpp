#include "dsgd/tick.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "dsgd/draw.hpp"
#include "dsgd/law/exponential.hpp"

namespace dsgd {
namespace {

TEST(ToTicks, RoundsToNearestEven) {
  EXPECT_EQ(to_ticks(0.0f, -24), 0u);
  EXPECT_EQ(to_ticks(1.0f, 0), 1u);
  EXPECT_EQ(to_ticks(0.5f, 0), 0u);  // a tie, to even
  EXPECT_EQ(to_ticks(1.5f, 0), 2u);  // a tie, to even
  EXPECT_EQ(to_ticks(2.5f, 0), 2u);  // a tie, to even
  EXPECT_EQ(to_ticks(0.500001f, 0), 1u);
  EXPECT_EQ(to_ticks(0x1p-149f, -149), 1u);  // the smallest float
  EXPECT_EQ(to_ticks(0x1p-149f, -148), 0u);  // a tie, to even
  EXPECT_EQ(to_ticks(0x1.8p-148f, -148), 2u);
  EXPECT_EQ(to_ticks(1e-30f, 0), 0u);
  EXPECT_EQ(to_ticks(0x1.fffffep63f, 0), 0xffffff0000000000u);  // the largest below 2^64
}

/// nearbyint of an exact double quotient is the same rounding.
TEST(ToTicks, EqualsExactRounding) {
  std::mt19937 random(7);
  for (int i = 0; i < 1'000'000; ++i) {
    int const exponent = static_cast<int>(random() % 60) - 30;
    float const excess = std::ldexp(static_cast<float>(random() >> 8), static_cast<int>(random() % 50) - 40);
    double const quotient = std::ldexp(static_cast<double>(excess), -exponent);
    if (quotient >= 0x1p52) continue;
    ASSERT_EQ(to_ticks(excess, exponent), static_cast<std::uint64_t>(std::nearbyint(quotient)))
        << excess << " / 2^" << exponent;
  }
}

TEST(WordAt, CountsFromTheNearerEnd) {
  EXPECT_EQ(word_at(1, 2).k, 0x80000000u);
  EXPECT_EQ(word_at(1, 4).k, 0x40000000u);
  EXPECT_EQ(word_at(3, 4).k, ~0x40000000u);
  RankWord const small = word_at(1, 3u << 22);  // 2^64 / (3 * 2^22) = 0x155.55555555 * 2^32
  EXPECT_EQ(small.k, 0x155u);
  EXPECT_EQ(small.t, 0x55555555u);
}

/// The quantum as the design defines it, and its promises: 24 bits at the typical runtime, nothing reaches
/// 2^64 ticks.
TEST(QuantumExponent, ResolvesTheTypicalAndHoldsTheLongest) {
  for (double const rate : {1e-36, 1e-6, 1.0 / 3, 1.0, 2.0, 1e6, 1e18})
    for (std::uint32_t const m : {1u, 2u, 3u, 20u, 1024u, 1u << 20, max_workers})
      for (std::uint32_t const rank : {1u, (m + 1) / 2, m}) {
        auto const law = Exponential{rate}.sampler();
        int const exponent = quantum_exponent(law, m, rank);
        RankWord const median = word_at(2 * (m - rank) + 1, 2 * m);
        std::uint64_t const typical = to_ticks(law.excess(median.k, median.t), exponent);
        EXPECT_GE(typical, 1u << 24) << rate << " " << m << " " << rank;
        EXPECT_LE(typical, 1u << 25);
        double const longest = std::ldexp(static_cast<double>(law.excess(0, 0)), -exponent);
        EXPECT_LT(longest, 0x1p63);
      }
}

/// sync at m = 20, rate 2: the median of the slowest is -log(1/40) / 2 = 1.84, so 2^(0 - 24).
TEST(QuantumExponent, OfTheNotebook) {
  auto const law = Exponential{2.0}.sampler();
  EXPECT_EQ(quantum_exponent(law, 20, 20), -24);
  EXPECT_EQ(quantum_exponent(law, 20, 1), -7 - 24);  // -log(39/40) / 2 = 0.0127
}

/// Sums of ticks stay below 2^128 and of their squares below 2^192 for every count of iterations that is
/// accepted.
TEST(QuantumExponent, SumsCannotWrap) {
  double const tick = 0x1p64;  // an upper bound of every tick
  EXPECT_LT(tick * static_cast<double>(max_iterations), 0x1p128);
  EXPECT_LT(tick * tick * static_cast<double>(max_iterations), 0x1p192);
}

}  // namespace
}  // namespace dsgd
