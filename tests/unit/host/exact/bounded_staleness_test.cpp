#include "exact/bounded_staleness.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "exact/order_statistic.hpp"

namespace dsgd::exact {
namespace {

/// Updates per worker and time.
double rate(std::uint64_t workers, std::uint64_t staleness) {
  return 1 / (static_cast<double>(workers) *
              bounded_staleness_moments(std::array{Group{workers, exponential(1)}}, staleness)->mean);
}

TEST(BoundedStaleness, OfTwoExponentialWorkersIsInClosedForm) {
  for (std::uint64_t const s : {0ull, 1ull, 5ull, 1000ull}) {
    double const bound = static_cast<double>(s);
    EXPECT_NEAR(rate(2, s) * (2 * bound + 3) / (2 * bound + 2), 1, 1e-13) << s;
  }
}

TEST(BoundedStaleness, OfMoreExponentialWorkersIsThatOfAChain) {
  // Solved apart from this, with 50 digits.
  EXPECT_NEAR(rate(4, 2), .7481906947, 1e-10);
}

TEST(BoundedStaleness, GrowsFromStepsToNoWaiting) {
  for (std::uint64_t const m : {3ull, 5ull, 8ull}) {
    double last = 0;
    for (std::uint64_t s = 0; s <= 3; ++s) {
      double const now = rate(m, s);
      EXPECT_GT(now, last);
      EXPECT_LT(now, 1);
      last = now;
    }
  }
}

TEST(BoundedStaleness, WithoutItIsThatOfSteps) {
  for (Law const& law : {Law{exponential(2)}, Law{Gamma{3, 2}}, Law{Uniform{1, 2}}}) {
    std::optional<Moments> const found = bounded_staleness_moments(std::array{Group{5, law}}, 0);
    EXPECT_NEAR(found->mean * 5 / order_statistic_moments(law, 5, 5)->mean, 1, 1e-12);
    EXPECT_FALSE(found->variance);
  }
  std::array const fleet{Group{1, exponential(1)}, Group{1, exponential(0.25)}};
  EXPECT_NEAR(bounded_staleness_moments(fleet, 0)->mean * 2, 1 + 4 - 1 / 1.25, 1e-12);
}

TEST(BoundedStaleness, OfUnequalWorkersEndsAtThePaceOfTheSlower) {
  std::array const fleet{Group{1, exponential(1)}, Group{1, exponential(0.25)}};
  EXPECT_NEAR(bounded_staleness_moments(fleet, 40)->mean, 2, 1e-9);
  std::array const swapped{Group{1, exponential(0.25)}, Group{1, exponential(1)}};
  EXPECT_DOUBLE_EQ(bounded_staleness_moments(swapped, 3)->mean, bounded_staleness_moments(fleet, 3)->mean);
}

TEST(BoundedStaleness, HasTheStalenessOfWhoWorks) {
  auto const staleness = [](std::uint64_t workers, std::uint64_t s) {
    return bounded_staleness_staleness(std::array{Group{workers, exponential(3)}}, s).value();
  };
  EXPECT_DOUBLE_EQ(staleness(5, 0), 2);
  EXPECT_DOUBLE_EQ(bounded_staleness_staleness(std::array{Group{5, Law{Uniform{1, 2}}}}, 0).value(), 2);
  // Two workers: both work but in the two of 2 s + 3 states at the ends. An update finds both with 2 (2 s + 1) of
  // (4 s + 4) chances.
  for (std::uint64_t const s : {1ull, 4ull}) {
    double const bound = static_cast<double>(s);
    EXPECT_NEAR(staleness(2, s), (2 * bound + 1) / (2 * bound + 2), 1e-13);
  }
  EXPECT_GT(staleness(8, 2), staleness(8, 1));
  EXPECT_LT(staleness(8, 2), 7);  // as under async
  EXPECT_FALSE(bounded_staleness_staleness(std::array{Group{5, Law{Uniform{1, 2}}}}, 1));
}

TEST(BoundedStaleness, IsNotGuessed) {
  EXPECT_FALSE(bounded_staleness_moments(std::array{Group{3, Law{Gamma{3, 2}}}}, 1));
  EXPECT_FALSE(bounded_staleness_moments(std::array{Group{100, exponential(1)}}, 5));
  EXPECT_FALSE(bounded_staleness_moments(std::array{Group{2, exponential(1)}, Group{1, exponential(2)}}, 1));
  EXPECT_TRUE(bounded_staleness_moments(std::array{Group{1, Law{Gamma{3, 2}}}}, 1));
}

}  // namespace
}  // namespace dsgd::exact
