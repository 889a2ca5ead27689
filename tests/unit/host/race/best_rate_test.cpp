#include "race/best_rate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace dsgd {
namespace {

TEST(BestRate, FindsTheSmallestLoss) {
  for (double const best : {0.0123, 0.3, 1.7})
    EXPECT_NEAR(best_rate(2, [&](double rate) { return std::abs(std::log(rate / best)); }), best,
                0.003 * best);
}

TEST(BestRate, GoesToAnEndWhereTheLossFallsTowardsIt) {
  EXPECT_NEAR(best_rate(2, [](double rate) { return 3 - rate; }), 2, 0.01);
  EXPECT_NEAR(best_rate(2, [](double rate) { return rate; }), std::ldexp(2.0, -14), 1e-6);
}

TEST(BestRate, PassesLossesThatAreInfinite) {
  double const found = best_rate(2, [](double rate) {
    return rate > 0.5 ? std::numeric_limits<double>::infinity() : std::abs(rate - 0.4);
  });
  EXPECT_NEAR(found, 0.4, 0.002);
}

}  // namespace
}  // namespace dsgd
