/// Time until k mini-batches have arrived from workers that started together.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <tuple>
#include <vector>

#include "exact/clocks.hpp"
#include "exact/order_statistic.hpp"
#include "exact/slowest_sum.hpp"
#include "support/replications.hpp"

namespace dsgd::exact {
namespace {

/// Gamma delays of shape 1 go through the convolution and must come out as Erlang.
TEST(KBatchSync, ExponentialIsErlang) {
  for (auto const& [m, k] : {std::pair{1ull, 3ull}, {2ull, 2ull}, {8ull, 5ull}, {100ull, 64ull}}) {
    auto const all = static_cast<double>(m);
    auto const batches = static_cast<double>(k);
    Moments const erlang = *k_batch_sync_moments(exponential(3), m, k);
    EXPECT_DOUBLE_EQ(erlang.mean, batches / (3 * all));
    EXPECT_DOUBLE_EQ(*erlang.variance, batches / (9 * all * all));
    Moments const convolved = *k_batch_sync_moments(Gamma{1, 3}, m, k);
    EXPECT_NEAR(convolved.mean / erlang.mean, 1, 1e-12) << m << " " << k;
    EXPECT_NEAR(*convolved.variance / *erlang.variance, 1, 1e-12) << m << " " << k;
  }
}

TEST(KBatchSync, OneWorkerAddsUpItsDelays) {
  for (Law const& law :
       {Law{ShiftedExponential{1, 2}}, Law{Gamma{0.3, 2}}, Law{Gamma{30, 2}}, Law{Uniform{1, 3}},
        Law{TwoPoint{1, 5, 0.1}}, Law{Constant{3}}, Law{Pareto{1, 3}}, Law{Hyperexponential{0.3, 1, 9}}}) {
    Moments const sum = *k_batch_sync_moments(law, 1, 8);
    EXPECT_NEAR(sum.mean / (8 * mean(law)), 1, 1e-13);
    EXPECT_NEAR(*sum.variance, 8 * variance(law), 1e-12 * variance(law));
  }
}

TEST(KBatchSync, SpecialCases) {
  EXPECT_NEAR(k_batch_sync_moments(Gamma{2, 1}, 1, 65)->mean, 130, 1e-12);
  EXPECT_EQ(k_batch_sync_moments(Pareto{1, 1}, 1, 3)->mean, infinite);
  EXPECT_EQ(k_batch_sync_moments(Lognormal{0, 1}, 8, 1)->mean,
            order_statistic_moments(Lognormal{0, 1}, 8, 1)->mean);
  EXPECT_EQ(k_batch_sync_moments(Lognormal{0, 1}, 8, 2), std::nullopt);
  EXPECT_EQ(k_batch_sync_moments(Gamma{2, 1}, 8, 65), std::nullopt);
  EXPECT_EQ(k_batch_sync_moments(Constant{3}, 4, 4)->mean, 3);
  EXPECT_EQ(k_batch_sync_moments(Constant{3}, 4, 5)->mean, 6);
  // X1 + X1' is always longer than either of two delays in [1, 1.5]: the larger of the two
  Moments const larger = *order_statistic_moments(Uniform{1, 1.5}, 2, 2);
  EXPECT_NEAR(k_batch_sync_moments(Uniform{1, 1.5}, 2, 2)->mean / larger.mean, 1, 1e-13);
  EXPECT_NEAR(*k_batch_sync_moments(Uniform{1, 1.5}, 2, 2)->variance / *larger.variance, 1, 1e-12);
}

/// Every way in which the delays of two workers can come out short or long.
TEST(KBatchSync, OfTwoPointsIsASumOverAllDraws) {
  TwoPoint const law{1, 2.6, 0.3};
  for (std::uint64_t k = 1; k <= 4; ++k) {
    double mean = 0;
    double square = 0;
    for (unsigned draws = 0; draws < 256; ++draws) {
      std::vector<double> times;
      double probability = 1;
      for (unsigned worker = 0; worker < 2; ++worker) {
        double t = 0;
        for (unsigned job = 0; job < 4; ++job) {
          bool const high = (draws >> (4 * worker + job) & 1u) != 0;
          probability *= high ? 0.3 : 0.7;
          t += high ? 2.6 : 1;
          times.push_back(t);
        }
      }
      std::ranges::sort(times);
      mean += probability * times[k - 1];
      square += probability * times[k - 1] * times[k - 1];
    }
    Moments const exact = *k_batch_sync_moments(law, 2, k);
    EXPECT_NEAR(exact.mean / mean, 1, 1e-13) << k;
    EXPECT_NEAR(*exact.variance / (square - mean * mean), 1, 1e-12) << k;
  }
}

/// Up to as many as 64 delays are added up.
TEST(KBatchSync, OfOneWorkerWithUniformDelaysIsTheirSum) {
  for (Uniform const& law : {Uniform{0, 1}, Uniform{1, 2}, Uniform{99, 100}, Uniform{1e-6, 3e6}})
    for (std::uint64_t const k : {2ull, 12ull, 13ull, 16ull, 30ull, 64ull}) {
      auto const n = static_cast<double>(k);
      std::optional<Moments> const sum = k_batch_sync_moments(law, 1, k);
      ASSERT_TRUE(sum) << law.low << " " << k;
      EXPECT_NEAR(sum->mean / (n * law.mean()), 1, 1e-12) << law.low << " " << k;
      EXPECT_NEAR(sum->variance.value() / (n * law.variance()), 1, 1e-10) << law.low << " " << k;
    }
}

/// Delays that differ little: no worker begins another round before the last has ended this one.
TEST(KBatchSync, OfUniformDelaysThatDifferLittleEndsWithTheSlowestSum) {
  Uniform const law{99, 100};
  for (auto const& [m, rounds] : {std::pair{8ull, 2ull}, {3ull, 10ull}, {4ull, 16ull}, {2ull, 32ull}}) {
    std::optional<Moments> const exact = k_batch_sync_moments(law, m, m * rounds);
    ASSERT_TRUE(exact) << m;
    Moments const slowest = slowest_sum_moments(law, m, rounds).value();
    EXPECT_NEAR(exact->mean / slowest.mean, 1, 1e-13) << m;
    EXPECT_NEAR(*exact->variance / *slowest.variance, 1, 1e-9) << m;
  }
}

TEST(KBatchSync, SimulatedUniformTimesHaveTheseMoments) {
  std::mt19937_64 random(29);
  for (auto const& [law, m, k] : {std::tuple{Uniform{1, 2}, 8u, 16u},
                                  {Uniform{1, 2}, 3u, 30u},
                                  {Uniform{0, 1}, 8u, 16u},
                                  {Uniform{0, 1}, 2u, 64u},
                                  {Uniform{99, 100}, 5u, 63u},
                                  {Uniform{0, 5}, 100u, 64u}}) {
    std::uniform_real_distribution<double> uniform(law.low, law.high);
    std::optional<Moments> const exact = k_batch_sync_moments(law, m, k);
    ASSERT_TRUE(exact) << m << " " << k;
    std::vector<double> times, squares;
    for (int replication = 0; replication < 20'000; ++replication) {
      times.push_back(arrivals(m, k, [&] { return uniform(random); }).back());
      squares.push_back((times.back() - exact->mean) * (times.back() - exact->mean));
    }
    EXPECT_LT(std::abs(z_score(times, exact->mean)), z_bound) << law.low << " " << m << " " << k;
    EXPECT_LT(std::abs(z_score(squares, exact->variance.value())), z_bound)
        << law.low << " " << m << " " << k;
  }
}

TEST(KBatchSync, SimulatedTimesHaveTheseMoments) {
  std::mt19937_64 random(23);
  std::uniform_real_distribution<double> uniform(0.1, 2.0);
  std::gamma_distribution<double> gamma(0.4, 1.0);
  auto const scores = [](Law const& law, std::function<double()> const& delay) {
    Moments const exact = *k_batch_sync_moments(law, 3, 7);
    std::vector<double> times, squares;
    for (int replication = 0; replication < 40'000; ++replication) {
      times.push_back(arrivals(3, 7, delay).back());
      squares.push_back((times.back() - exact.mean) * (times.back() - exact.mean));
    }
    return std::pair{z_score(times, exact.mean), z_score(squares, *exact.variance)};
  };
  for (auto const& [law, delay] :
       {std::pair<Law, std::function<double()>>{Uniform{0.1, 2}, [&] { return uniform(random); }},
        {Gamma{0.4, 1}, [&] { return gamma(random); }}}) {
    auto const [mean_score, variance_score] = scores(law, delay);
    EXPECT_LT(std::abs(mean_score), z_bound);
    EXPECT_LT(std::abs(variance_score), z_bound);
  }
  EXPECT_GT(std::abs(scores(Uniform{0.1, 2.05}, [&] { return uniform(random); }).first), z_bound);
}

}  // namespace
}  // namespace dsgd::exact
