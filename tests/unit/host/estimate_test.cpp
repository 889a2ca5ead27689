#include "estimate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "support/points.hpp"

namespace dsgd {
namespace {

Summary summarize(Point const& point, std::vector<float> const& runtimes) {
  Summary summary;
  for (float const runtime : runtimes) summary.add(runtime, observable(point).quantum_exponent);
  return summary;
}

TEST(Estimate, OfThreeRuntimesByHand) {
  Point const point = make_point(Sync{}, 1, 3);
  Estimate const result = estimate(point, summarize(point, {1.0f, 2.0f, 6.0f}));
  EXPECT_EQ(result.iterations, 3u);
  EXPECT_EQ(result.mean, 3.0);
  EXPECT_EQ(result.standard_deviation, std::sqrt(7.0));  // (4 + 1 + 9) / 2
  EXPECT_EQ(result.standard_error, std::sqrt(7.0) / std::sqrt(3.0));
  EXPECT_EQ(result.minimum, 1.0);
  EXPECT_EQ(result.maximum, 6.0);
  EXPECT_EQ(result.expected, 0.5);
  EXPECT_NEAR(result.z.value(), 2.5 / std::sqrt(7.0 / 3), 5e-5);
  EXPECT_NEAR(result.ci95_high.value(), 3 + 4.302652729749 * std::sqrt(7.0 / 3), 1e-10);
  EXPECT_NEAR(result.ci95_low.value(), 3 - 4.302652729749 * std::sqrt(7.0 / 3), 1e-10);
}

TEST(Estimate, OneIterationHasNoSpread) {
  Point const point = make_point(Sync{}, 1, 1);
  Estimate const result = estimate(point, summarize(point, {2.5f}));
  EXPECT_EQ(result.mean, 2.5);
  EXPECT_FALSE(result.standard_deviation || result.standard_error || result.ci95_low || result.ci95_high ||
               result.z);
  EXPECT_TRUE(result.expected);
}

TEST(Estimate, EqualRuntimesHaveNoError) {
  Point const point = make_point(Sync{}, 1, 2);
  Estimate const result = estimate(point, summarize(point, {2.5f, 2.5f}));
  EXPECT_EQ(result.standard_deviation, 0.0);
  EXPECT_FALSE(result.standard_error || result.ci95_low || result.ci95_high || result.z);
}

/// Against sums in extended precision; ticks resolve 2^-25 of a typical runtime, so 1000 of them agree to
/// 1e-9.
TEST(Estimate, EqualsFloatingPointSums) {
  std::mt19937 random(11);
  std::exponential_distribution<float> delay(2.0f);
  for (double const rate : {1e-36, 2.0, 1e18}) {
    Point const point = make_point(Fastest{}, 1, 1000, Exponential{rate});
    std::vector<float> runtimes;
    long double sum = 0;
    long double squares = 0;
    for (int i = 0; i < 1000; ++i) {
      runtimes.push_back(static_cast<float>(static_cast<double>(delay(random)) * 2 / rate));
      sum += runtimes.back();
      squares += static_cast<long double>(runtimes.back()) * runtimes.back();
    }
    long double const variance = (squares - sum * sum / 1000) / 999;
    Estimate const result = estimate(point, summarize(point, runtimes));
    EXPECT_NEAR(*result.mean / static_cast<double>(sum / 1000), 1, 1e-8);
    EXPECT_NEAR(result.standard_deviation.value() / static_cast<double>(std::sqrt(variance)), 1, 1e-8);
  }
}

}  // namespace
}  // namespace dsgd
