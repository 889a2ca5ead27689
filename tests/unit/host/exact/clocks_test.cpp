#include "exact/clocks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include "exact/order_statistic.hpp"
#include "support/replications.hpp"

namespace dsgd::exact {
namespace {

TEST(Async, ExponentialGapsAreExponential) {
  Moments const gap = async_moments(exponential(3), 8);
  EXPECT_DOUBLE_EQ(gap.mean, 1 / 24.0);
  EXPECT_DOUBLE_EQ(*gap.variance, 1 / 576.0);
  Moments const by_quadrature = async_moments(Gamma{1, 3}, 8);
  EXPECT_NEAR(*by_quadrature.variance * 576, 1, 1e-13);
}

TEST(Async, GapsInClosedForm) {
  // rests of Uniform(0, 1): P(R > x) = (1 - x)^2, so E[min of m] = 1 / (2 m + 1)
  for (std::uint64_t const m : {2ull, 3ull, 1000ull, 1ull << 24}) {
    auto const all = static_cast<double>(m);
    Moments const gap = async_moments(Uniform{0, 1}, m);
    EXPECT_NEAR(gap.mean * 2 * all, 1, 1e-15);
    EXPECT_NEAR(*gap.variance / (1 / (all * (2 * all + 1)) - 0.25 / (all * all)), 1, 1e-11) << m;
  }
  // rests of a hyperexponential delay are hyperexponential
  double const p = 0.9, q = 0.1, fast = 1e6, slow = 1;
  double const mean = p / fast + q / slow;
  double const least = (p * p / (2 * fast * fast * fast) + 2 * p * q / (fast * slow * (fast + slow)) +
                        q * q / (2 * slow * slow * slow)) /
                       (mean * mean);
  for (Law const& law : {Law{Hyperexponential{p, fast, slow}}, Law{Hyperexponential{q, slow, fast}}}) {
    EXPECT_NEAR(*async_moments(law, 2).variance / (mean * least - mean * mean / 4), 1, 1e-12);
  }
}

TEST(Async, MomentsThatDoNotExist) {
  EXPECT_EQ(async_moments(Pareto{1, 1}, 8).mean, infinite);
  EXPECT_EQ(async_moments(Pareto{1, 1}, 8).variance, infinite);
  EXPECT_LT(async_moments(Pareto{1, 1.1}, 8).mean, infinite);
  EXPECT_EQ(async_moments(Pareto{1, 1.1}, 8).variance, infinite);  // 8 rests with tails of index 0.1
  EXPECT_LT(*async_moments(Pareto{1, 1.1}, 11).variance, infinite);
}

TEST(Async, AtomsMayStayInStep) {
  std::vector<double> const trace{1, 2, 4};
  for (Law const& law : {Law{Constant{3}}, Law{TwoPoint{1, 5, 0.5}}, Law{Empirical{trace}}}) {
    EXPECT_DOUBLE_EQ(async_moments(law, 4).mean, mean(law) / 4);
    EXPECT_EQ(async_moments(law, 4).variance, std::nullopt);
    EXPECT_EQ(async_moments(law, 1).variance, variance(law));
  }
}

/// Mean and variance of the gaps of five clocks, long after their start.
TEST(Async, SimulatedGapsHaveTheseMoments) {
  std::mt19937_64 random(17);
  auto const scores = [&](Law const& law, std::function<double()> const& delay) {
    Moments const exact = async_moments(law, 5);
    std::vector<double> gaps, squares;
    for (int replication = 0; replication < 300; ++replication) {
      std::vector<double> const times = arrivals(5, 1500, delay);
      double sum = 0;
      double squared = 0;
      for (std::size_t i = 500; i < 1500; ++i) {
        double const gap = times[i] - times[i - 1];
        sum += gap;
        squared += (gap - exact.mean) * (gap - exact.mean);
      }
      gaps.push_back(sum / 1000);
      squares.push_back(squared / 1000);
    }
    return std::pair{z_score(gaps, exact.mean), z_score(squares, *exact.variance)};
  };
  std::gamma_distribution<double> gamma(3.0, 0.5);
  auto const [mean_score, variance_score] = scores(Gamma{3, 2}, [&] { return gamma(random); });
  EXPECT_LT(std::abs(mean_score), z_bound);
  EXPECT_LT(std::abs(variance_score), z_bound);
  std::lognormal_distribution<double> lognormal(0.0, 0.8);
  auto const [mean_score2, variance_score2] = scores(Lognormal{0, 0.8}, [&] { return lognormal(random); });
  EXPECT_LT(std::abs(mean_score2), z_bound);
  EXPECT_LT(std::abs(variance_score2), z_bound);
  // A law of the same mean and another shape must be noticed by the variance.
  auto const [same_mean, other_variance] = scores(Gamma{4.5, 3}, [&] { return gamma(random); });
  EXPECT_LT(std::abs(same_mean), z_bound);
  EXPECT_GT(std::abs(other_variance), z_bound);
}

TEST(FleetOfClocks, OfEqualWorkersIsAHomogeneousOne) {
  for (Law const& law : {Law{exponential(2)}, Law{Lognormal{0, 1}}, Law{Gamma{3, 2}}}) {
    std::vector<Group> const fleet{{3, law}, {5, law}};
    EXPECT_NEAR(async_moments(fleet).mean / async_moments(law, 8).mean, 1, 1e-14);
    EXPECT_NEAR(*async_moments(fleet).variance / *async_moments(law, 8).variance, 1, 1e-12);
    EXPECT_NEAR(k_batch_async_moments(fleet, 4).mean / k_batch_async_moments(law, 8, 4).mean, 1, 1e-14);
    EXPECT_NEAR(k_batch_sync_moments(fleet, 1)->mean / k_batch_sync_moments(law, 8, 1)->mean, 1, 1e-12);
    EXPECT_NEAR(k_async_moments(fleet, 8)->mean / k_async_moments(law, 8, 8)->mean, 1, 1e-12);
    EXPECT_NEAR(k_async_moments(fleet, 1)->mean / k_async_moments(law, 8, 1)->mean, 1, 1e-14);
  }
  EXPECT_NEAR(k_batch_sync_moments(std::vector<Group>{{8, Gamma{3, 2}}}, 4)->mean,
              k_batch_sync_moments(Gamma{3, 2}, 8, 4)->mean, 1e-15);
}

TEST(FleetOfClocks, ExponentialArrivalsArePoisson) {
  std::vector<Group> const fleet{{3, exponential(2)}, {4, exponential(0.5)}};  // 8 per time
  EXPECT_DOUBLE_EQ(async_moments(fleet).mean, 1 / 8.0);
  EXPECT_DOUBLE_EQ(*async_moments(fleet).variance, 1 / 64.0);
  EXPECT_DOUBLE_EQ(k_batch_async_moments(fleet, 6).mean, 6 / 8.0);
  EXPECT_DOUBLE_EQ(*k_batch_async_moments(fleet, 6).variance, 6 / 64.0);
  EXPECT_DOUBLE_EQ(k_batch_sync_moments(fleet, 6)->mean, 6 / 8.0);
  EXPECT_DOUBLE_EQ(k_async_moments(fleet, 5)->mean, fleet_moments(fleet, 5)->mean);
}

TEST(FleetOfClocks, IsUnknownWhereOneGroupIs) {
  std::vector<Group> const fleet{{3, exponential(2)}, {4, Constant{3}}};
  EXPECT_DOUBLE_EQ(async_moments(fleet).mean, 1 / (6 + 4 / 3.0));
  EXPECT_EQ(async_moments(fleet).variance, std::nullopt);
  EXPECT_EQ(k_batch_async_moments(fleet, 2).variance, std::nullopt);
  EXPECT_EQ(k_batch_sync_moments(fleet, 2), std::nullopt);
  EXPECT_EQ(k_async_moments(fleet, 2), std::nullopt);
  // workers without mean stop to count in the end
  std::vector<Group> const stuck{{3, exponential(2)}, {4, Pareto{1, 0.5}}};
  EXPECT_DOUBLE_EQ(async_moments(stuck).mean, 1 / 6.0);
  EXPECT_EQ(async_moments(stuck).variance, std::nullopt);
  EXPECT_EQ(async_moments(std::vector<Group>{{2, Pareto{1, 0.5}}, {2, Pareto{1, 1}}}).mean, infinite);
}

/// Three fast and regular workers beside two slow and irregular ones.
TEST(FleetOfClocks, SimulatedGapsHaveTheseMoments) {
  std::mt19937_64 random(29);
  std::gamma_distribution<double> gamma(3.0, 0.5);
  std::uniform_real_distribution<double> uniform(0.1, 0.7);
  std::vector<Group> const fleet{{2, Gamma{3, 2}}, {3, Uniform{0.1, 0.7}}};
  auto const scores = [&](Moments const& exact) {
    std::vector<double> gaps, squares;
    for (int replication = 0; replication < 300; ++replication) {
      std::vector<double> next{gamma(random), gamma(random), uniform(random), uniform(random),
                               uniform(random)};
      double last = 0;
      double sum = 0;
      double squared = 0;
      for (int i = 0; i < 1500; ++i) {
        auto const first = std::ranges::min_element(next);
        double const gap = *first - last;
        last = *first;
        *first += first - next.begin() < 2 ? gamma(random) : uniform(random);
        if (i < 500) continue;
        sum += gap;
        squared += (gap - exact.mean) * (gap - exact.mean);
      }
      gaps.push_back(sum / 1000);
      squares.push_back(squared / 1000);
    }
    return std::pair{z_score(gaps, exact.mean), z_score(squares, *exact.variance)};
  };
  auto const [mean_score, variance_score] = scores(async_moments(fleet));
  EXPECT_LT(std::abs(mean_score), z_bound);
  EXPECT_LT(std::abs(variance_score), z_bound);
  Moments wrong = async_moments(fleet);
  wrong.mean *= 1.01;
  *wrong.variance *= 1.05;
  EXPECT_GT(std::abs(scores(wrong).first), z_bound);
  EXPECT_GT(std::abs(scores(wrong).second), z_bound);
}

TEST(KBatchAsync, MeansAreRenewalMeans) {
  EXPECT_DOUBLE_EQ(k_batch_async_moments(Weibull{1, 2}, 8, 4).mean, 4 * std::tgamma(1.5) / 8);
  EXPECT_EQ(k_batch_async_moments(Weibull{1, 2}, 8, 4).variance, std::nullopt);
  EXPECT_EQ(k_batch_async_moments(Weibull{1, 2}, 8, 1).variance, async_moments(Weibull{1, 2}, 8).variance);
  EXPECT_DOUBLE_EQ(*k_batch_async_moments(exponential(3), 8, 4).variance, 4 / 576.0);
  EXPECT_EQ(k_batch_async_moments(Pareto{1, 0.9}, 8, 4).mean, infinite);
}

TEST(KAsync, IsAnOrderStatisticWhereNothingIsRemembered) {
  Moments const exact = *order_statistic_moments(exponential(2), 8, 3);
  EXPECT_EQ(k_async_moments(exponential(2), 8, 3)->mean, exact.mean);
  EXPECT_EQ(k_async_moments(exponential(2), 8, 3)->variance, exact.variance);
  EXPECT_EQ(k_async_moments(Weibull{1, 2}, 8, 8)->mean, order_statistic_moments(Weibull{1, 2}, 8, 8)->mean);
  EXPECT_EQ(k_async_moments(Weibull{1, 2}, 8, 1)->mean, async_moments(Weibull{1, 2}, 8).mean);
  EXPECT_EQ(k_async_moments(Weibull{1, 2}, 8, 3), std::nullopt);
}

TEST(Staleness, LongRunMeans) {
  EXPECT_EQ(k_async_staleness(8, 8), 0);
  EXPECT_EQ(k_async_staleness(8, 2), 3);
  EXPECT_EQ(k_async_staleness(8, 1), 7);  // async
  EXPECT_EQ(k_batch_async_staleness(8, 1), 7);
  EXPECT_EQ(k_batch_async_staleness(9, 4), 2);
}

}  // namespace
}  // namespace dsgd::exact
