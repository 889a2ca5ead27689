#include "dsgd/law/exponential.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace dsgd {
namespace {

/// -log u / rate in extended precision, u as the words define it.
long double exact_delay(double rate, std::uint32_t k, std::uint32_t t) {
  bool const upper_end = k >= 0x80000000u;
  std::uint32_t const j = upper_end ? ~k : k;
  long double const distance = needs_tail(k) ? std::ldexp(static_cast<long double>(j), -32) +
                                                   std::ldexp(static_cast<long double>(t) + 0.5L, -64)
                                             : std::ldexp(static_cast<long double>(j) + 0.5L, -32);
  return -(upper_end ? std::log1p(-distance) : std::log(distance)) / static_cast<long double>(rate);
}

class ExponentialRates : public testing::TestWithParam<double> {};

/// Two roundings after a logarithm that is right to 1.4 ulp: below 2.5 ulp, 3e-7.
TEST_P(ExponentialRates, DelaysAreTheInverseSurvivalFunction) {
  auto const law = Exponential{GetParam()}.sampler();
  std::mt19937 random(5);
  for (int i = 0; i < 200'000; ++i) {
    std::uint32_t const j = static_cast<std::uint32_t>(random()) >> (random() % 32);
    std::uint32_t const k = random() % 2 == 0 ? j : ~j;
    std::uint32_t const t = needs_tail(k) ? static_cast<std::uint32_t>(random()) : 0;
    float const delay = law.excess(k, t);
    ASSERT_TRUE(std::isnormal(delay)) << k << " " << t;
    ASSERT_NEAR(static_cast<double>(delay / exact_delay(GetParam(), k, t)), 1.0, 3e-7) << k << " " << t;
  }
}

/// One rounding to float32, 3e-8 at most, in both directions alike: its mean over 2 10^5 delays is below
/// 7e-11 in standard errors, and 1e-9 is beyond any that chance makes. A scale in one float would be off by
/// up to 3e-8.
TEST_P(ExponentialRates, NoRoundingBiasesTheMean) {
  auto const law = Exponential{GetParam()}.sampler();
  std::mt19937 random(6);
  constexpr int count = 200'000;
  double sum = 0;
  for (int i = 0; i < count; ++i) {
    auto const k = static_cast<std::uint32_t>(random());
    double const exact = static_cast<double>(neg_log_uniform(k, 0)) / GetParam();
    sum += static_cast<double>(law.excess(k, 0)) / exact - 1.0;
  }
  EXPECT_NEAR(sum / count, 0.0, 1e-9);
}

TEST_P(ExponentialRates, TheExtremesAreNormalAndPositive) {
  auto const law = Exponential{GetParam()}.sampler();
  for (float const delay : {law.excess(0, 0), law.excess(~0u, 0)}) {
    EXPECT_TRUE(std::isnormal(delay));
    EXPECT_GT(delay, 0.0f);
  }
}

/// The scale in two floats is the double to 2^-48: one float alone would bias every mean by up to 3e-8.
TEST_P(ExponentialRates, TheScaleIsExactTo48Bits) {
  auto const law = Exponential{GetParam()}.sampler();
  double const scale = static_cast<double>(law.scale_hi) + static_cast<double>(law.scale_lo);
  EXPECT_NEAR(scale * GetParam(), 1.0, 0x1p-47);
}

INSTANTIATE_TEST_SUITE_P(Rates, ExponentialRates,
                         testing::Values(1e-36, 1e-6, 1.0 / 3, 1.0, 2.0, 3.0, 1e6, 1e18));

}  // namespace
}  // namespace dsgd
