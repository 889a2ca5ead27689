#include "exact/slowest_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "exact/order_statistic.hpp"

namespace dsgd::exact {
namespace {

TEST(SlowestSum, OneStepIsTheSlowestDelay) {
  for (Law const& law :
       {Law{Lognormal{0, 1}}, Law{Uniform{1, 3}}, Law{TwoPoint{1, 5, 0.1}}, Law{Pareto{1, 3}}}) {
    EXPECT_NEAR(slowest_sum_moments(law, 8, 1)->mean / order_statistic_moments(law, 8, 8)->mean, 1, 1e-13);
  }
}

/// Gini's coefficient of a gamma law gives the larger of two sums; triangles give the larger of two sums of
/// uniforms.
TEST(SlowestSum, LargerOfTwo) {
  double const gini = std::tgamma(10.5) / (std::sqrt(M_PI) * std::tgamma(11.0));
  EXPECT_NEAR(slowest_sum_moments(exponential(3), 2, 10)->mean / (10 / 3.0 * (1 + gini)), 1, 1e-13);
  EXPECT_NEAR(slowest_sum_moments(ShiftedExponential{1, 3}, 2, 10)->mean / (10 + 10 / 3.0 * (1 + gini)), 1,
              1e-13);
  EXPECT_NEAR(slowest_sum_moments(Gamma{2.5, 3}, 2, 4)->mean / (10 / 3.0 * (1 + gini)), 1, 1e-13);
  EXPECT_NEAR(slowest_sum_moments(Uniform{1, 3}, 2, 2)->mean, 2 + 2 * 37 / 30.0, 1e-13);
}

TEST(SlowestSum, OfTwoPointsIsASumOverAllDraws) {
  double mean = 0;
  double square = 0;
  for (unsigned draws = 0; draws < 512; ++draws) {
    double largest = 0;
    double probability = 1;
    for (unsigned worker = 0; worker < 3; ++worker) {
      double sum = 0;
      for (unsigned step = 0; step < 3; ++step) {
        bool const high = (draws >> (3 * worker + step) & 1u) != 0;
        probability *= high ? 0.3 : 0.7;
        sum += high ? 2.6 : 1;
      }
      largest = std::max(largest, sum);
    }
    mean += probability * largest;
    square += probability * largest * largest;
  }
  Moments const exact = *slowest_sum_moments(TwoPoint{1, 2.6, 0.3}, 3, 3);
  EXPECT_NEAR(exact.mean / mean, 1, 1e-13);
  EXPECT_NEAR(*exact.variance / (square - mean * mean), 1, 1e-12);
}

TEST(SlowestSum, IsUnknownWhereSumsAre) {
  EXPECT_EQ(slowest_sum_moments(Lognormal{0, 1}, 2, 2), std::nullopt);
  EXPECT_EQ(slowest_sum_moments(Uniform{0, 1}, 2, 65), std::nullopt);
  EXPECT_EQ(slowest_sum_moments(Pareto{1, 1.5}, 2, 2), std::nullopt);
  EXPECT_EQ(slowest_sum_moments(Pareto{1, 1}, 2, 2)->mean, infinite);
  EXPECT_NEAR(slowest_sum_moments(Lognormal{0, 1}, 1, 4)->mean, 4 * std::exp(0.5), 1e-13);
}

TEST(SlowestSum, OfFleets) {
  std::vector<Group> const equal{{3, Gamma{3, 2}}, {5, Gamma{3, 2}}};
  EXPECT_NEAR(slowest_sum_moments(equal, 6)->mean / slowest_sum_moments(Gamma{3, 2}, 8, 6)->mean, 1, 1e-12);
  std::vector<Group> const unknown{{1, exponential(1)}, {1, Weibull{1, 2}}};
  EXPECT_EQ(slowest_sum_moments(unknown, 2), std::nullopt);
}

}  // namespace
}  // namespace dsgd::exact
