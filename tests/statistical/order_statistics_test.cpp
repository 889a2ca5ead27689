/// Order statistics that are sampled directly, against their exact laws and against the workers one by one.
/// Fewer than 200 comparisons, each with a false-alarm rate of 5 * 10^-9 (statistics.hpp): 10^-6 in all.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/polygamma.hpp>

#include "dsgd/arithmetic/portable_log.hpp"
#include "dsgd/order_statistics/hazard.hpp"
#include "dsgd/quantum/sampled.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/cpu/sampled.hpp"
#include "statistics.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t seed = 20260305;
constexpr std::uint64_t sample_size = 200'000;

struct Ranked {
  std::uint64_t workers, rank;
};

/// Hazards of the first iterations.
std::vector<double> sample(Ranked const& of, std::uint64_t first = 0, std::uint64_t size = sample_size) {
  std::vector<double> hazards;
  for (std::uint64_t i = 0; i < size; ++i)
    hazards.push_back(sampled_hazard(seed, of.workers, of.rank, first + i));
  return hazards;
}

/// P(hazard <= x) of the rank-th smallest: its survival probability is Beta(m - K + 1, K).
double probability(Ranked const& of, double x) {
  auto const m = static_cast<double>(of.workers);
  if (of.rank == 1) return -std::expm1(-m * x);
  if (of.rank == of.workers) return std::exp(m * std::log1p(-std::exp(-x)));
  auto const early = static_cast<double>(of.rank);
  auto const late = static_cast<double>(of.workers - of.rank + 1);
  return x < 0.7 ? boost::math::ibeta(early, late, -std::expm1(-x))
                 : boost::math::ibetac(late, early, std::exp(-x));
}

/// Sum of i^-power over i = m - K + 1 .. m. The rank-th smallest is the sum of independent E_i / i (Renyi).
double power_sum(Ranked const& of, int power) {
  std::uint64_t const start = of.workers - of.rank + 1;
  if (of.rank <= 1'000'000) {
    double sum = 0;
    for (std::uint64_t i = of.workers; i >= start; --i) sum += std::pow(static_cast<double>(i), -power);
    return sum;
  }
  auto const remainder =
      [power](double from) {  // the sum from there to infinity, but for a constant if power = 1
        if (power == 1) return -boost::math::digamma(from);
        return (power % 2 == 0 ? 1.0 : -1.0) * boost::math::polygamma(power - 1, from) / std::tgamma(power);
      };
  return remainder(static_cast<double>(start)) - remainder(static_cast<double>(of.workers) + 1.0);
}

class SampledHazards : public testing::TestWithParam<Ranked> {
 protected:
  /// Smaller where both shapes of the beta distribution are large, which makes its probabilities expensive.
  static std::vector<double> small_sample() {
    auto const& [workers, rank] = GetParam();
    bool const expensive = std::min(rank, workers - rank + 1) > 10'000;
    return sample(GetParam(), 0, expensive ? 10'000 : sample_size);
  }

  /// Scores of mean and variance of a summary in exact standard errors, as if the law had rate 1.
  struct Scores {
    double mean, variance;
  };

  static constexpr std::uint64_t iterations = 1u << 21;

  static Scores scores(double rate) {
    Ranked const of = GetParam();
    auto const law = Exponential{rate}.sampler();
    SampledObservable const wanted{law, of.rank, quantum_exponent(sampled_range(law, of.workers, of.rank))};
    Summary summary;
    SampledRanks accumulate(choose_instruction_set());
    accumulate(seed, of.workers, {&wanted, 1}, {0, iterations}, {&summary, 1});

    constexpr auto n = static_cast<long double>(iterations);
    long double squares = 0;
    for (int limb = 2; limb >= 0; --limb)
      squares = squares * 0x1p64L + static_cast<long double>(summary.squared_ticks.limb[limb]);
    long double const mean = static_cast<long double>(summary.ticks) / n;
    long double const variance = squares / n - mean * mean;
    double const exact_variance = power_sum(of, 2);
    double const fourth_cumulant = 6 * power_sum(of, 4);
    double const error_of_variance =
        std::sqrt((fourth_cumulant + 2 * exact_variance * exact_variance) / static_cast<double>(n));
    int const exponent = wanted.quantum_exponent;
    return {(static_cast<double>(std::ldexp(mean, exponent)) - power_sum(of, 1)) /
                std::sqrt(exact_variance / static_cast<double>(n)),
            (static_cast<double>(std::ldexp(variance, 2 * exponent)) - exact_variance) / error_of_variance};
  }
};

TEST_P(SampledHazards, HaveTheExactLaw) {
  EXPECT_LT(kolmogorov_smirnov(small_sample(), [](double x) { return probability(GetParam(), x); }),
            ks_bound);
}

/// Hazards shifted by 4 % of their standard deviation, or as much more as the sample is smaller: seven
/// standard errors of the distribution.
TEST_P(SampledHazards, AWrongLawIsNoticed) {
  std::vector<double> const hazards = small_sample();
  double const shift = 18 * std::sqrt(power_sum(GetParam(), 2) / static_cast<double>(hazards.size()));
  EXPECT_GT(kolmogorov_smirnov(hazards, [=](double x) { return probability(GetParam(), x + shift); }),
            ks_bound);
}

TEST_P(SampledHazards, HaveTheExactMeanAndVariance) {
  auto const [mean, variance] = scores(1.0);
  EXPECT_LT(std::abs(mean), z_bound);
  EXPECT_LT(std::abs(variance), z_bound);
}

/// Runtimes too long by twelve standard errors of the mean must not pass.
TEST_P(SampledHazards, AWrongRateIsNoticed) {
  double const error = std::sqrt(power_sum(GetParam(), 2) / static_cast<double>(iterations));
  EXPECT_GT(scores(1 / (1 + 12 * error / power_sum(GetParam(), 1))).mean, z_bound);
}

INSTANTIATE_TEST_SUITE_P(
    Ranks, SampledHazards,
    testing::Values(Ranked{1, 1}, Ranked{2, 1}, Ranked{2, 2}, Ranked{3, 2}, Ranked{20, 1}, Ranked{20, 20},
                    Ranked{20, 2}, Ranked{20, 7}, Ranked{20, 19}, Ranked{1u << 24, 1},
                    Ranked{1u << 24, 1u << 24}, Ranked{1u << 24, 1u << 23}, Ranked{1u << 24, (1u << 24) - 1},
                    Ranked{1ull << 40, 1}, Ranked{1ull << 40, 1ull << 40}, Ranked{1ull << 40, 1ull << 39},
                    Ranked{1ull << 40, 1000}, Ranked{1ull << 61, 1}, Ranked{1ull << 61, 1ull << 61},
                    Ranked{1ull << 61, 2}, Ranked{1ull << 61, (1ull << 61) - 999}),
    [](auto const& info) {
      return "m" + std::to_string(info.param.workers) + "_k" + std::to_string(info.param.rank);
    });

/// The sample of one worker more, against the law of m: at least 4.5 expected at these sizes.
TEST(SampledHazards, OneWorkerMoreIsNoticed) {
  for (Ranked const& of :
       {Ranked{1, 1}, Ranked{2, 2}, Ranked{3, 2}, Ranked{20, 1}, Ranked{20, 20}, Ranked{20, 7}}) {
    bool const slowest = of.rank == of.workers;
    Ranked const more{of.workers + 1, slowest ? of.rank + 1 : of.rank};
    EXPECT_GT(kolmogorov_smirnov(sample(more), [&](double x) { return probability(of, x); }), ks_bound)
        << of.workers;
  }
}

struct Extremes {
  std::vector<double> smallest, largest;
};

/// @param apart  by how many iterations the largest lie behind the smallest
Extremes extremes(std::uint64_t workers, std::uint64_t apart = 0) {
  return {sample({workers, 1}), sample({workers, workers}, apart)};
}

/// Covariance in standard errors. It is var(smallest) = 1 / m^2, since the gap is independent.
double covariance_score(std::uint64_t workers, Extremes const& of) {
  auto const m = static_cast<double>(workers);
  auto const n = static_cast<double>(sample_size);
  double const mean_of_largest = power_sum({workers, workers}, 1);
  double covariance = 0;
  for (std::uint64_t i = 0; i < sample_size; ++i)
    covariance += (of.smallest[i] - 1 / m) * (of.largest[i] - mean_of_largest) / n;
  double const gap = power_sum({workers - 1, workers - 1}, 2);
  double const variance =
      8 / std::pow(m, 4) + gap / (m * m);  // of a product: E a^4 - (E a^2)^2 + E a^2 E g^2
  return (covariance - 1 / (m * m)) / std::sqrt(variance / n);
}

std::vector<double> gaps(Extremes const& of) {
  std::vector<double> all;
  for (std::size_t i = 0; i < of.smallest.size(); ++i) all.push_back(of.largest[i] - of.smallest[i]);
  return all;
}

class JointExtremes : public testing::TestWithParam<std::uint64_t> {};

TEST_P(JointExtremes, HaveTheExactCovariance) {
  EXPECT_LT(std::abs(covariance_score(GetParam(), extremes(GetParam()))), z_bound);
}

/// What the others need beyond the first is the maximum of m - 1, independent of the first.
TEST_P(JointExtremes, GapIsAFreshMaximumOfTheOthers) {
  Extremes const both = extremes(GetParam());
  Ranked const others{GetParam() - 1, GetParam() - 1};
  EXPECT_LT(kolmogorov_smirnov(gaps(both), [&](double x) { return probability(others, x); }), ks_bound);
  EXPECT_LT(std::abs(correlation_z(both.smallest, gaps(both))), z_bound);
}

INSTANTIATE_TEST_SUITE_P(Workers, JointExtremes, testing::Values(2, 3, 20, 1u << 24, 1ull << 40, 1ull << 61));

/// Up to 20 workers the covariance is 17 standard errors or more away from 0.
TEST(JointExtremes, IndependentExtremesAreNoticed) {
  for (std::uint64_t const m : {2u, 3u, 20u})
    EXPECT_LT(covariance_score(m, extremes(m, sample_size)), -z_bound) << m;
}

TEST(JointExtremes, AGapOfOneWorkerMoreIsNoticed) {
  for (std::uint64_t const m : {2u, 3u, 20u})
    EXPECT_GT(kolmogorov_smirnov(gaps(extremes(m)),
                                 [&](double x) {
                                   return probability({m, m}, x);
                                 }),
              ks_bound)
        << m;
}

/// One function of sorted hazards, from all workers' own draws.
template <class Function>
std::vector<double> exhaustive(std::uint32_t workers, Function const& function) {
  std::vector<double> results;
  std::vector<double> hazards(workers);
  Stream const stream{seed, workers};
  for (std::uint64_t i = 0; i < sample_size; ++i) {
    for (std::uint32_t worker = 0; worker < workers; ++worker) {
      std::uint32_t const k = draw_word(stream, i, worker);
      hazards[worker] = static_cast<double>(neg_log_uniform(k, tail_word(stream, i, k)));
    }
    std::sort(hazards.begin(), hazards.end());
    results.push_back(function(hazards));
  }
  return results;
}

/// Kolmogorov and Smirnov for two samples of the same size n: sqrt(n / 2) D.
double two_samples(std::vector<double> x, std::vector<double> y) {
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  std::size_t i = 0;
  std::size_t j = 0;
  std::ptrdiff_t distance = 0;
  while (i < x.size() && j < y.size()) {
    (x[i] <= y[j] ? i : j) += 1;
    distance = std::max(distance, std::abs(static_cast<std::ptrdiff_t>(i) - static_cast<std::ptrdiff_t>(j)));
  }
  auto const n = static_cast<double>(x.size());
  return static_cast<double>(distance) / n * std::sqrt(n / 2);
}

/// Distances between `sampled` workers, directly, and `drawn` workers, one by one.
struct Distances {
  double smallest, second, largest, joint;
};

Distances distances(std::uint32_t sampled, std::uint32_t drawn) {
  auto const [smallest, largest] = extremes(sampled);
  std::vector<double> joint;  // its law shows how the two depend on each other
  for (std::size_t i = 0; i < smallest.size(); ++i) joint.push_back(largest[i] - sampled * smallest[i]);
  return {
      two_samples(smallest, exhaustive(drawn, [](auto const& h) { return h.front(); })),
      two_samples(sample({sampled, 2}), exhaustive(drawn, [](auto const& h) { return h[1]; })),
      two_samples(largest, exhaustive(drawn, [](auto const& h) { return h.back(); })),
      two_samples(joint, exhaustive(drawn, [=](auto const& h) { return h.back() - sampled * h.front(); }))};
}

TEST(SampledHazards, AreThoseOfAllWorkersOneByOne) {
  for (std::uint32_t const m : {2u, 5u, 20u}) {
    Distances const between = distances(m, m);
    EXPECT_LT(between.smallest, ks_bound) << m;
    EXPECT_LT(between.second, ks_bound) << m;
    EXPECT_LT(between.largest, ks_bound) << m;
    EXPECT_LT(between.joint, ks_bound) << m;
  }
}

TEST(SampledHazards, OneWorkerMoreOneByOneIsNoticed) {
  for (std::uint32_t const m : {2u, 5u, 20u}) {
    Distances const between = distances(m, m + 1);
    EXPECT_GT(between.smallest, ks_bound) << m;
    EXPECT_GT(between.second, ks_bound) << m;
    EXPECT_GT(between.largest, ks_bound) << m;
  }
}

TEST(SampledHazards, OfSuccessiveIterationsAndOtherFleetsAreUncorrelated) {
  for (std::uint64_t const rank : {1u, 7u, 20u}) {
    std::vector<double> const here = sample({20, rank});
    EXPECT_LT(std::abs(correlation_z(here, sample({20, rank}, 1))), z_bound) << rank;
    EXPECT_LT(std::abs(correlation_z(here, sample({21, rank}))), z_bound) << rank;
    EXPECT_LT(std::abs(correlation_z(here, sample({(1ull << 30) + 20, rank}))), z_bound) << rank;
  }
}

}  // namespace
}  // namespace dsgd
