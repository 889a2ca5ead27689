#include "exact/slowed.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "exact/order_statistic.hpp"

namespace dsgd::exact {
namespace {

using Fleet = std::vector<Group>;

Stragglers const often{0.02, 0.2, 10};

/// Times of 1, and of 10 with a probability of 1/11: the largest of 20 is 10 but for (10/11)^20.
TEST(Slowed, OfConstantTimes) {
  Moments const exact = slowed_moments(Fleet{{20, Constant{1}}}, 20, often).value();
  EXPECT_NEAR(exact.mean, 8.662207, 5e-7);
  double const none = std::pow(10 / 11.0, 20);
  EXPECT_NEAR(exact.variance.value(), 81 * none * (1 - none), 1e-12);
}

/// One exponential delay, ten times as long with a probability of 1/11.
TEST(Slowed, OfOneWorkerIsTheMixture) {
  Moments const exact = slowed_moments(Fleet{{1, exponential(1)}}, 1, often).value();
  double const mean = (10 + 10) / 11.0, square = (10 * 2 + 200) / 11.0;
  EXPECT_NEAR(exact.mean, mean, 1e-12);
  EXPECT_NEAR(exact.variance.value(), square - mean * mean, 1e-10);
}

TEST(Slowed, ByOneIsNotSlow) {
  for (std::uint64_t const rank : {1u, 3u, 5u})
    EXPECT_NEAR(slowed_moments(Fleet{{5, Weibull{1, 2}}}, rank, {0.5, 0.3, 1})->mean,
                order_statistic_moments(Weibull{1, 2}, 5, rank)->mean, 1e-12);
}

/// Where each worker is always slow or hardly ever, in the long run.
TEST(Slowed, HasTheLongRunShare) {
  Fleet const fleet{{4, Uniform{1, 2}}};
  double const usual = order_statistic_moments(fleet.front().law, 4, 4)->mean;
  EXPECT_NEAR(slowed_moments(fleet, 4, {1, 1e-6, 3})->mean, 3 * usual, 1e-4);
  EXPECT_NEAR(slowed_moments(fleet, 4, {1e-6, 1, 3})->mean, usual, 1e-4);
}

}  // namespace
}  // namespace dsgd::exact
