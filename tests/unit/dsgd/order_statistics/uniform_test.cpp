#include "dsgd/order_statistics/uniform.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "dsgd/arithmetic/wide_unsigned.hpp"

namespace dsgd {
namespace {

/// Numbers of bits at both ends and everywhere between.
std::vector<std::uint64_t> samples() {
  std::vector<std::uint64_t> all{
      0, 1, 2, ~0ull, ~1ull, 0xffffffff, 1ull << 32, ~0xffffffffull, 1ull << 63, (1ull << 63) - 1};
  std::mt19937_64 random(20260302);
  for (int i = 0; i < 200'000; ++i) {
    std::uint64_t const bits = random() >> random() % 64;
    all.push_back(bits);
    all.push_back(~bits);
  }
  return all;
}

/// (bits + 1/2) 2^65 as an integer, against hi and lo as integers.
TEST(Uniform, IsExact) {
  for (std::uint64_t const bits : samples()) {
    UniformSum const u = uniform(bits);
    auto const sum = static_cast<uint128>(std::ldexp(u.hi, 65)) +
                     static_cast<uint128>(static_cast<std::int64_t>(std::ldexp(u.lo, 65)));
    ASSERT_TRUE(sum == 2 * uint128{bits} + 1) << bits;
    ASSERT_EQ(std::ldexp(u.lo, 65), std::floor(std::ldexp(u.lo, 65))) << bits;
    ASSERT_EQ(u.hi, u.hi + u.lo) << bits;
  }
}

TEST(LogUniform, IsRelativelyAccurateAtBothEnds) {
  for (std::uint64_t const bits : samples()) {
    bool const near_one = bits >> 63;
    long double const end = std::ldexp(static_cast<long double>(near_one ? ~bits : bits) + 0.5L, -64);
    long double const exact = near_one ? std::log1p(-end) : std::log(end);
    ASSERT_LT(std::fabs((static_cast<long double>(log_uniform(bits)) - exact) / exact), 0x1.4p-52L) << bits;
  }
}

TEST(LogUniform, Ends) {
  EXPECT_DOUBLE_EQ(log_uniform(0), -65 * std::log(2.0));
  EXPECT_DOUBLE_EQ(log_uniform(~0ull), -0x1p-65);
  EXPECT_LT(log_uniform(~0ull), 0.0);
}

}  // namespace
}  // namespace dsgd
