#include "dsgd/quantum/range.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "dsgd/arithmetic/tick.hpp"
#include "dsgd/law/exponential.hpp"
#include "dsgd/law/pareto.hpp"

namespace dsgd {
namespace {

TEST(WordAt, CountsFromTheNearerEnd) {
  EXPECT_EQ(word_at(1, 2).k, 0x80000000u);
  EXPECT_EQ(word_at(1, 4).k, 0x40000000u);
  EXPECT_EQ(word_at(3, 4).k, ~0x40000000u);
  DelayWords const small = word_at(1, 3u << 22);  // 2^64 / (3 * 2^22) = 0x155.55555555 * 2^32
  EXPECT_EQ(small.k, 0x155u);
  EXPECT_EQ(small.t, 0x55555555u);
}

/// P(at least j of n exceed), each with probability p.
double at_least(int j, int n, double p) {
  double sum = 0;
  for (int i = j; i <= n; ++i)
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1) + i * std::log(p) +
                    (n - i) * std::log1p(-p));
  return sum;
}

/// Exceeded with probability 2^-50 at most; near both ends, where tails show, little less is exceeded more
/// often.
TEST(RareHazard, IsExceededOnceIn2To50) {
  for (int const m : {1, 2, 3, 8, 20, 1000})
    for (int const rank : {1, 2, m / 3, m / 2, m - 1, m}) {
      if (rank < 1 || rank > m) continue;
      double const hazard = rare_hazard(static_cast<std::uint64_t>(m), static_cast<std::uint64_t>(rank));
      int const j = m - rank + 1;
      EXPECT_LE(at_least(j, m, std::exp(-hazard)), 0x1.01p-50) << m << " " << rank;
      if (j > 2 && rank > 2) continue;
      double const less = std::max(hazard - 1.05, 0.9 * hazard);
      EXPECT_GT(at_least(j, m, std::exp(-less)), 0x1p-50) << m << " " << rank;
    }
}

TEST(WordsAtHazard, AreThoseOfSoManyLongerDelays) {
  EXPECT_EQ(words_at_hazard(50 * std::log(2.0)).k, 0u);
  EXPECT_NEAR(words_at_hazard(50 * std::log(2.0)).t, 1 << 14, 1);
  EXPECT_NEAR(words_at_hazard(std::log(2.0)).k, 0x80000000u, 1);
  EXPECT_EQ(words_at_hazard(100).k, 0u);
  EXPECT_EQ(words_at_hazard(100).t, 0u);
  EXPECT_EQ(words_at_hazard(0x1p-40).k, 0xffffffffu);
}

/// The quantum as the design defines it, and its promises: 24 bits at the typical runtime, nothing reaches
/// 2^62 ticks.
TEST(QuantumExponent, ResolvesTheTypicalAndHoldsTheLongest) {
  for (double const rate : {1e-36, 1e-6, 1.0 / 3, 1.0, 2.0, 1e6, 1e18})
    for (std::uint32_t const m : {1u, 2u, 3u, 20u, 1024u, 1u << 20, max_workers})
      for (std::uint32_t const rank : {1u, (m + 1) / 2, m}) {
        auto const law = Exponential{rate}.sampler();
        int const exponent = quantum_exponent(order_statistic_range(law, m, rank));
        DelayWords const median = word_at(2 * (m - rank) + 1, 2 * m);
        std::uint64_t const typical = to_ticks(law.excess(median.k, median.t), exponent);
        EXPECT_GE(typical, 1u << 24) << rate << " " << m << " " << rank;
        EXPECT_LE(typical, 1u << 25);
        double const longest = std::ldexp(static_cast<double>(law.excess(0, 0)), -exponent);
        EXPECT_LT(longest, 0x1p62);
      }
}

/// A heavy tail, down to where the mean ends: shape (m - rank + 1) > 1.
TEST(QuantumExponent, ResolvesHeavyTailsThatHaveAMean) {
  for (std::uint32_t const m : {1u, 2u, 8u, 1000u, max_workers})
    for (std::uint32_t const rank : {1u, (m + 1) / 2, m - m / 10, m}) {
      double const shape = std::max(0.55, 1.0 / (m - rank + 1));
      auto const law = Pareto{1.0, shape}.sampler();
      RuntimeRange const range = order_statistic_range(law, m, rank);
      EXPECT_LE(quantum_exponent(range), range.typical - 9) << m << " " << rank;
    }
}

TEST(DelayRange, HoldsStepsOfTheLongestWithTheirOrigins) {
  auto const law = Pareto{1.0, 1.5}.sampler();
  DelayWords const rare = words_at_hazard(50 * std::log(2.0));
  double const longest = static_cast<double>(law.excess(rare.k, rare.t));
  for (double const start : {0.0, 1.0, 1e15})
    for (std::uint64_t const steps : {1u, 7u, 4096u}) {
      RuntimeRange const range = delay_range(law, start, steps);
      double const sum = static_cast<double>(steps) * (start + longest);
      EXPECT_LE(sum, std::ldexp(1.0, range.rare));
      EXPECT_GE(sum, std::ldexp(1.0, range.rare - 3));
      EXPECT_EQ(range.typical, -1);  // 2^(2/3) - 1
    }
}

/// sync at m = 20, rate 2: the median of the slowest is -log(1/40) / 2 = 1.84, so 2^(0 - 24).
TEST(QuantumExponent, OfTheNotebook) {
  auto const law = Exponential{2.0}.sampler();
  EXPECT_EQ(quantum_exponent(order_statistic_range(law, 20, 20)), -24);
  EXPECT_EQ(quantum_exponent(order_statistic_range(law, 20, 1)), -7 - 24);  // -log(39/40) / 2 = 0.0127
}

/// Sums of ticks stay below 2^128 and of their squares below 2^192 for every count of iterations that is
/// accepted.
TEST(QuantumExponent, SumsCannotWrap) {
  auto const tick = static_cast<double>(max_ticks);
  EXPECT_LT(tick * static_cast<double>(max_iterations), 0x1p128);
  EXPECT_LT(tick * tick * static_cast<double>(max_iterations), 0x1p192);
}

}  // namespace
}  // namespace dsgd
