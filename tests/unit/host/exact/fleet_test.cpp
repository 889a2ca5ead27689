#include "exact/fleet.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "exact/order_statistic.hpp"

namespace dsgd::exact {
namespace {

using Fleet = std::vector<Group>;

class EqualFleets : public testing::TestWithParam<Law> {};

TEST_P(EqualFleets, EqualAHomogeneousOne) {
  Law const& law = GetParam();
  for (auto const& [m, rank] : {std::pair{2ull, 2ull},
                                {9ull, 1ull},
                                {9ull, 4ull},
                                {9ull, 9ull},
                                {100ull, 1ull},
                                {100ull, 50ull},
                                {100ull, 100ull},
                                {1ull << 16, 1ull << 15},
                                {1ull << 20, 1ull << 20}}) {
    Fleet const fleet{{1, law}, {m - 1, law}};
    std::optional<Moments> const expected = order_statistic_moments(law, m, rank);
    std::optional<Moments> const actual = fleet_moments(fleet, rank);
    ASSERT_TRUE(expected && actual) << m << " " << rank;
    EXPECT_NEAR(actual->mean / expected->mean, 1, 1e-13) << m << " " << rank;
    if (!actual->variance) {
      EXPECT_LT(*expected->variance, 1e-12 * expected->mean * expected->mean) << m << " " << rank;
      continue;
    }
    double const rounding = 4e-16 * expected->mean * std::sqrt(*expected->variance);
    EXPECT_NEAR(*actual->variance, *expected->variance, 1e-12 * *expected->variance + rounding)
        << m << " " << rank;
  }
}

std::vector<double> const trace{1, 1.5, 1.5, 2, 7, 8};

INSTANTIATE_TEST_SUITE_P(Laws, EqualFleets,
                         testing::Values(exponential(3), ShiftedExponential{1, 2}, Pareto{2, 3.5},
                                         Pareto{2, 2.05}, Weibull{2, 0.5}, Weibull{2, 20}, Lognormal{0, 1},
                                         Lognormal{0, 3}, Gamma{0.3, 2}, Gamma{30, 2}, Uniform{1, 3},
                                         Hyperexponential{0.9, 10, 1}, Hyperexponential{0.9, 1e6, 1},
                                         Constant{3}, TwoPoint{1, 5, 0.1}, Empirical{trace}));

/// Exponential delays of different rates: the least has the sum of the rates, the largest follows by
/// inclusion and exclusion, the middle one of three is what is left of the sum.
TEST(Fleet, OfExponentialWorkers) {
  std::array const rates{1.0, 2.5, 40.0};
  Fleet const fleet{{1, exponential(rates[0])}, {1, exponential(rates[1])}, {1, exponential(rates[2])}};
  double const least = 1 / (1 + 2.5 + 40);
  double const largest = 1 + 1 / 2.5 + 1 / 40.0 - 1 / 3.5 - 1 / 41.0 - 1 / 42.5 + least;
  double const sum = 1 + 1 / 2.5 + 1 / 40.0;
  EXPECT_NEAR(fleet_moments(fleet, 1)->mean / least, 1, 1e-13);
  EXPECT_NEAR(*fleet_moments(fleet, 1)->variance / (least * least), 1, 1e-13);
  EXPECT_NEAR(fleet_moments(fleet, 2)->mean / (sum - least - largest), 1, 1e-13);
  EXPECT_NEAR(fleet_moments(fleet, 3)->mean / largest, 1, 1e-13);
}

/// Half of the workers a thousand times as fast: scales that have nothing to do with each other.
TEST(Fleet, OfTwoSpeeds) {
  Fleet const fleet{{50, exponential(1000)}, {50, exponential(1)}};
  double const slowest = order_statistic_moments(exponential(1), 50, 50)->mean;
  double const fast_ones = order_statistic_moments(exponential(1000), 50, 50)->mean;
  EXPECT_NEAR(fleet_moments(fleet, 1)->mean, 1 / 50'050.0, 1e-17);
  EXPECT_NEAR(fleet_moments(fleet, 100)->mean / slowest, 1, 1e-12);  // a fast one is last once in 10^60
  EXPECT_GT(fleet_moments(fleet, 40)->mean, fast_ones / 4);
  EXPECT_LT(fleet_moments(fleet, 40)->mean, fast_ones);
}

/// Ranks of all workers add up to all delays, in every mixture of laws.
TEST(Fleet, RanksAddUpToTheSum) {
  Fleet const fleet{
      {2, Lognormal{0, 2}}, {1, Uniform{0.5, 4}}, {2, Weibull{1, 0.5}}, {1, TwoPoint{0.3, 50, 0.01}},
      {1, Constant{1}},     {1, Pareto{1, 2.5}},  {1, Gamma{5, 2}}};
  double sum = 0;
  for (std::uint64_t rank = 1; rank <= workers(fleet); ++rank) sum += fleet_moments(fleet, rank)->mean;
  double expected = 0;
  for (Group const& group : fleet) expected += static_cast<double>(group.count) * mean(group.law);
  EXPECT_NEAR(sum / expected, 1, 1e-12);
}

TEST(Fleet, TailsAreThoseOfOneByOne) {
  Fleet const fleet{{1, Uniform{0, 1}}, {1, Uniform{0, 2}}, {1, Uniform{0, 4}}};
  double const a = 0.6, b = 0.3, c = 0.15;  // P(delay <= 0.6)
  EXPECT_NEAR(fleet_tails(fleet, 1, 0.6).above, (1 - a) * (1 - b) * (1 - c), 1e-15);
  EXPECT_NEAR(fleet_tails(fleet, 3, 0.6).below, a * b * c, 1e-15);
  EXPECT_NEAR(fleet_tails(fleet, 2, 0.6).below, a * b + a * c + b * c - 2 * a * b * c, 1e-15);
  EXPECT_NEAR(fleet_tails(fleet, 2, 0.6).above, 1 - (a * b + a * c + b * c - 2 * a * b * c), 1e-15);
}

/// The K-th smallest is long when the m - K + 1 heaviest are.
TEST(Fleet, HasTheMomentsThatItsHeaviestWorkersLeave) {
  Fleet const fleet{{1, Pareto{1, 0.6}}, {2, Pareto{1, 1.3}}, {3, exponential(1)}};
  EXPECT_DOUBLE_EQ(least_tail_index(fleet, 1, false), 0.6);
  EXPECT_DOUBLE_EQ(least_tail_index(fleet, 2, false), 1.9);
  EXPECT_DOUBLE_EQ(least_tail_index(fleet, 3, false), 3.2);
  EXPECT_EQ(least_tail_index(fleet, 4, false), infinite);
  EXPECT_EQ(fleet_moments(fleet, 6)->mean, infinite);
  EXPECT_LT(fleet_moments(fleet, 5)->mean, infinite);
  EXPECT_EQ(fleet_moments(fleet, 5)->variance, infinite);
  EXPECT_LT(*fleet_moments(fleet, 4)->variance, infinite);
}

TEST(Fleet, WhatWouldTakeTooLongIsUnknown) {
  Fleet const large{{100'000, exponential(1)}, {100'000, exponential(2)}, {100'000, exponential(3)}};
  EXPECT_EQ(fleet_moments(large, 150'000), std::nullopt);
  EXPECT_TRUE(fleet_moments(large, 300'000));
  std::vector<double> values(5000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i);
  EXPECT_EQ(fleet_moments(Fleet{{1, Empirical{values}}}, 1), std::nullopt);
}

}  // namespace
}  // namespace dsgd::exact
