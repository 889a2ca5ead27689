#include "exact/deadline.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "exact/order_statistic.hpp"
#include "exact/sum_of_fastest.hpp"

namespace dsgd::exact {
namespace {

using Fleet = std::vector<Group>;

Fleet const eight{{8, exponential(1)}};

/// Source: E[T] and E[N] of 8 exponential workers by the sums of their definition, in 30 digits.
TEST(Deadline, OfExponentialWorkers) {
  DeadlineOf const of{4, 1};
  EXPECT_NEAR(deadline_moments(eight, of).value().mean, 1.027575004, 5e-10);
  EXPECT_NEAR(deadline_gradients(eight, of), 5.222910563, 5e-10);
}

TEST(Deadline, OfZeroWaitsForTheFirst) {
  for (std::uint64_t const rank : {1u, 4u, 7u}) {
    Moments const none = deadline_moments(eight, {rank, 0}).value();
    Moments const first = order_statistic_moments(exponential(1), 8, rank).value();
    EXPECT_NEAR(none.mean, first.mean, 1e-12);
    EXPECT_NEAR(none.variance.value(), first.variance.value(), 1e-11);
    EXPECT_NEAR(deadline_gradients(eight, {rank, 0}), static_cast<double>(rank), 1e-14);
    DeadlineWork const work = deadline_work(eight, {rank, 0}).value();
    EXPECT_NEAR(work.cancelled, static_cast<double>(8 - rank) * first.mean, 1e-11);
    EXPECT_NEAR(work.worked - work.cancelled, *sum_of_fastest(exponential(1), 8, rank, first.mean), 1e-11);
  }
}

TEST(Deadline, ThatIsLateWaitsForAll) {
  DeadlineOf const late{2, 1e6};
  EXPECT_NEAR(deadline_moments(eight, late).value().mean, order_statistic_moments(exponential(1), 8, 8)->mean,
              1e-11);
  EXPECT_NEAR(deadline_gradients(eight, late), 8, 1e-12);
  DeadlineWork const work = deadline_work(eight, late).value();
  EXPECT_NEAR(work.worked, 8, 1e-11);
  EXPECT_NEAR(work.cancelled, 0, 1e-11);
}

/// Two workers with delays of 1 or 3, half the time each, and a deadline of 2 with one gradient at least: both are
/// there at 1 with a probability of 1/4, one is at 2 with 1/2, and two at 3 with 1/4.
TEST(Deadline, OfTwoPoints) {
  Fleet const fleet{{2, TwoPoint{1, 3, 0.5}}};
  DeadlineOf const of{1, 2};
  Moments const exact = deadline_moments(fleet, of).value();
  EXPECT_NEAR(exact.mean, 2, 1e-15);
  EXPECT_NEAR(exact.variance.value(), 0.5, 1e-15);
  EXPECT_NEAR(deadline_gradients(fleet, of), 1.25,
              1e-15);  // where all are late, the first of them is waited for
  DeadlineWork const work = deadline_work(fleet, of).value();
  EXPECT_NEAR(work.worked, 0.25 * 2 + 0.5 * 3 + 0.25 * 6, 1e-14);
}

/// Workers that are listed one by one are as good as a group.
TEST(Deadline, OfWorkersOneByOneIsThatOfTheGroup) {
  for (Law const& law : {Law(exponential(1)), Law(Weibull{1, 0.7}), Law(TwoPoint{1, 3, 0.3})}) {
    Fleet const together{{5, law}}, apart{{1, law}, {2, law}, {2, law}};
    DeadlineOf const of{3, 1.2};
    EXPECT_NEAR(deadline_moments(apart, of)->mean, deadline_moments(together, of)->mean, 1e-12);
    EXPECT_NEAR(deadline_gradients(apart, of), deadline_gradients(together, of), 1e-12);
    EXPECT_NEAR(deadline_work(apart, of)->cancelled, deadline_work(together, of)->cancelled, 1e-11);
  }
}

TEST(Deadline, HasTheMeanOfItsTail) {
  Fleet const fleet{{4, Pareto{1, 0.4}}};
  EXPECT_EQ(deadline_moments(fleet, {4, 2})->mean, infinite);
  EXPECT_EQ(deadline_moments(fleet, {2, 2})->variance, infinite);
  EXPECT_TRUE(std::isfinite(*deadline_moments(fleet, {1, 2})->variance) == false);
  EXPECT_FALSE(deadline_work(fleet, {4, 2}));
}

}  // namespace
}  // namespace dsgd::exact
