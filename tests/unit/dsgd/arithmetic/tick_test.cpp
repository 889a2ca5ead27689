#include "dsgd/arithmetic/tick.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

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
}

TEST(ToTicks, CountsNothingAsMoreThanTheMost) {
  EXPECT_EQ(to_ticks(0x1.fffffep61f, 0), 0x3fffffc000000000u);  // the largest below 2^62
  EXPECT_EQ(to_ticks(0x1p62f, 0), max_ticks);
  EXPECT_EQ(to_ticks(0x1.8p62f, 0), max_ticks);
  EXPECT_EQ(to_ticks(0x1p64f, 0), max_ticks);
  EXPECT_EQ(to_ticks(0x1.fffffep127f, -151), max_ticks);
  EXPECT_EQ(to_ticks(std::numeric_limits<float>::infinity(), 0), max_ticks);
  EXPECT_EQ(to_ticks(0.0f, -151), 0u);
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

}  // namespace
}  // namespace dsgd
