#include "exact/tail_variance.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace dsgd::exact {
namespace {

/// For an exponential of rate 1 the integral of (x - 1)^2 e^-x from 1 + d on is (d^2 + 2 d + 2) e^-(1 + d).
TEST(VarianceBeyond, OfAnExponentialIsItsIntegral) {
  auto const tails = [](double x) { return Tails{-std::expm1(-x), std::exp(-x)}; };
  for (double const d : {0.1, 1.0, 5.0, 20.0})
    EXPECT_NEAR(variance_beyond(tails, 1, d) / ((d * d + 2 * d + 2) * std::exp(-1 - d)), 1, 0.01) << d;
}

/// One value far out, however rare: all of it up to there, nothing beyond.
TEST(VarianceBeyond, FindsRareValuesFarOut) {
  for (double const far : {100.0, 1e9})
    for (double const probability : {1e-4, 1e-15}) {
      auto const tails = [&](double x) { return Tails{1, x < far ? probability : 0.0}; };
      EXPECT_NEAR(variance_beyond(tails, 1, 0.5) / (far * far * probability), 1, 0.06) << far;
      EXPECT_EQ(variance_beyond(tails, 1, far), 0);
    }
}

/// Pareto's of shape 2.5: the second moment beyond x is 5 / sqrt(x).
TEST(VarianceBeyond, OfAPowerTailReachesFar) {
  auto const tails = [](double x) { return Tails{1 - std::pow(x, -2.5), std::pow(x, -2.5)}; };
  EXPECT_NEAR(variance_beyond(tails, 0, 1e4) / 0.05, 1, 0.01);
}

}  // namespace
}  // namespace dsgd::exact
