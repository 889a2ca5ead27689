#include "exact/copies.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "exact/order_statistic.hpp"

namespace dsgd::exact {
namespace {

using Fleet = std::vector<Group>;

/// One exponential worker: 1 - e^-1 until the copy begins, then half as long as alone.
TEST(Copies, OfOneExponentialWorker) {
  Fleet const one{{1, exponential(1)}};
  double const left = std::exp(-1.0);
  EXPECT_NEAR(copied_moments(one, {1, 1}).value().mean, 1 - left / 2, 1e-12);
  CopiedWork const work = copied_work(one, {1, 1}).value();
  EXPECT_NEAR(work.worked, 1 - left / 2 + left / 2, 1e-12);
  EXPECT_NEAR(work.entering, 1 - left / 2 - left / 2, 1e-12);  // half of the copies are first, and began at 1
}

/// A copy from the start is another worker of which the first of two counts.
TEST(Copies, FromTheStartDoubleTheHazard) {
  for (std::uint64_t const rank : {1u, 3u, 5u}) {
    Fleet const fleet{{5, exponential(1)}};
    Moments const both = copied_moments(fleet, {rank, 0}).value();
    Moments const twice_as_fast = order_statistic_moments(exponential(2), 5, rank).value();
    EXPECT_NEAR(both.mean, twice_as_fast.mean, 1e-12);
    EXPECT_NEAR(both.variance.value(), twice_as_fast.variance.value(), 1e-11);
  }
}

TEST(Copies, ThatBeginLateChangeNothing) {
  Fleet const fleet{{6, Weibull{1, 1.5}}};
  EXPECT_NEAR(copied_moments(fleet, {4, 1e6})->mean, order_statistic_moments(fleet.front().law, 6, 4)->mean,
              1e-11);
  EXPECT_NEAR(copied_work(fleet, {6, 1e6})->worked, copied_work(fleet, {6, 1e6})->entering, 1e-11);
}

/// A delay of 1, or of 9 with a probability of 0.1, copied at 2: it takes 3, or 9 where the copy is long, too.
TEST(Copies, OfTwoPoints) {
  Fleet const one{{1, TwoPoint{1, 9, 0.1}}};
  EXPECT_NEAR(copied_moments(one, {1, 2})->mean, 0.9 + 0.09 * 3 + 0.01 * 9, 1e-14);
  CopiedWork const work = copied_work(one, {1, 2}).value();
  EXPECT_NEAR(work.entering, 0.9 + 0.09 * 1 + 0.01 * 9, 1e-14);
  EXPECT_NEAR(work.worked, 0.9 + 0.09 * (3 + 1) + 0.01 * (9 + 7), 1e-14);
}

/// A copy runs on another worker: that of the slow one on a quick one.
TEST(Copies, RunOnOtherWorkers) {
  Fleet const fleet{{1, Constant{10}}, {2, Constant{1}}};
  EXPECT_NEAR(copied_moments(fleet, {3, 2})->mean, 3, 1e-14);
  Fleet const two_slow{{2, Constant{10}},
                       {1, Constant{1}}};  // a slow one's copy is on the other with probability 1/2
  EXPECT_NEAR(copied_moments(two_slow, {3, 2})->mean, 0.25 * 3 + 0.75 * 10, 1e-14);
}

TEST(Copies, OfWorkersOneByOneAreThoseOfTheGroup) {
  for (Law const& law : {Law(exponential(1)), Law(Weibull{1, 0.7}), Law(TwoPoint{1, 3, 0.3})}) {
    Fleet const together{{5, law}}, apart{{1, law}, {2, law}, {2, law}};
    for (std::uint64_t const rank : {2u, 5u})
      EXPECT_NEAR(copied_moments(apart, {rank, 1.2})->mean, copied_moments(together, {rank, 1.2})->mean,
                  1e-12);
    EXPECT_NEAR(copied_work(apart, {5, 1.2})->entering, copied_work(together, {5, 1.2})->entering, 1e-10);
  }
}

TEST(Copies, DoubleTheTailIndex) {
  Fleet const fleet{{3, Pareto{1, 1.5}}};
  EXPECT_EQ(copied_tail_index(fleet, 3), 3);
  EXPECT_TRUE(std::isfinite(copied_moments(fleet, {3, 1})->variance.value()));
  EXPECT_EQ(order_statistic_moments(fleet.front().law, 3, 3)->variance, infinite);
  EXPECT_EQ(copied_tail_index(Fleet{{1, Pareto{1, 0.5}}, {2, Pareto{1, 2}}}, 3), 2.5);
  EXPECT_EQ(copied_moments(Fleet{{2, Pareto{1, 0.5}}}, {2, 1})->mean, infinite);
}

}  // namespace
}  // namespace dsgd::exact
