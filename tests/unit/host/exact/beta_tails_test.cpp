#include "exact/beta_tails.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <numbers>
#include <utility>

#include "exact/moments.hpp"

namespace dsgd::exact {
namespace {

TEST(BetaTails, AreBinomialSums) {
  for (std::uint64_t const m : {1ull, 2ull, 3ull, 20ull})
    for (std::uint64_t rank = 1; rank <= m; ++rank)
      for (double const hazard : {1e-9, 0.01, 0.3, 1.0, 5.0, 12.0}) {
        long double const p = -std::expm1(-static_cast<long double>(hazard));
        long double const q = std::exp(-static_cast<long double>(hazard));
        long double below = 0;
        long double above = 0;
        long double choose = 1;
        for (std::uint64_t i = 0; i <= m; ++i) {
          long double const mass = choose * std::pow(p, static_cast<long double>(i)) *
                                   std::pow(q, static_cast<long double>(m - i));
          (i >= rank ? below : above) += mass;
          choose *= static_cast<long double>(m - i) / static_cast<long double>(i + 1);
        }
        Tails const tails = BetaTails(m, rank).at(hazard);
        EXPECT_NEAR(tails.below / static_cast<double>(below), 1, 1e-13) << m << " " << rank << " " << hazard;
        EXPECT_NEAR(tails.above / static_cast<double>(above), 1, 1e-13) << m << " " << rank << " " << hazard;
      }
}

/// Boost's incomplete beta loses some digits where its arguments are large.
TEST(BetaTails, AreIncompleteBetaFunctions) {
  std::uint64_t const m = 1'000'000;
  for (std::uint64_t const rank : {2ull, 1000ull, 500'000ull, 999'000ull, 999'999ull})
    for (double const away : {-5.0, -1.0, 0.1, 1.0, 5.0}) {
      auto const a = static_cast<double>(rank);
      auto const b = static_cast<double>(m - rank + 1);
      double const p = 1 / (1 + b / a * std::exp(-away * std::sqrt(1 / a + 1 / b)));
      Tails const tails = BetaTails(m, rank).at(-std::log1p(-p));
      EXPECT_NEAR(tails.below / boost::math::ibeta(a, b, p), 1, 1e-9) << rank << " " << away;
      EXPECT_NEAR(tails.above / boost::math::ibetac(a, b, p), 1, 1e-9) << rank << " " << away;
    }
}

/// Far from a bell as narrow as this, panels would be too narrow for doubles to tell their ends apart.
TEST(BetaTails, AreCertainFarFromANarrowBell) {
  for (std::uint64_t const m : {1ull << 53, 1ull << 60, (1ull << 62) - 1}) {
    double const longest = std::log(static_cast<double>(m));
    for (auto const& [rank, median] :
         {std::pair{std::uint64_t{2}, 1e-15}, {m / 2, std::log(2.0)}, {m - 1, longest}}) {
      for (double const hazard : {1e-300, 1e-22, 1e-3, 0.01, 0.5, 0.7, 1.0, 5.0, 25.0, 29.0, 100.0, 700.0}) {
        Tails const tails = BetaTails(m, rank).at(hazard);
        EXPECT_NEAR(tails.below, hazard < median ? 0 : 1, 1e-4) << m << " " << rank << " " << hazard;
        EXPECT_NEAR(tails.above, hazard < median ? 1 : 0, 1e-4) << m << " " << rank << " " << hazard;
      }
    }
  }
}

/// So few of 2^60 delays are short, or long, that their number is Poisson's.
TEST(BetaTails, OfManyWorkersNearAnEndArePoisson) {
  std::uint64_t const m = 1ull << 60;
  for (double const expected : {0.01, 0.5, 2.0, 9.0}) {
    double const two_or_more = -std::expm1(-expected) - expected * std::exp(-expected);
    double const fewer = std::exp(-expected) * (1 + expected);
    Tails const second = BetaTails(m, 2).at(std::ldexp(expected, -60));
    EXPECT_NEAR(second.below / two_or_more, 1, 1e-11) << expected;
    EXPECT_NEAR(second.above / fewer, 1, 1e-11) << expected;
    Tails const last_but_one = BetaTails(m, m - 1).at(-std::log(std::ldexp(expected, -60)));
    EXPECT_NEAR(last_but_one.above / two_or_more, 1, 1e-11) << expected;
    EXPECT_NEAR(last_but_one.below / fewer, 1, 1e-11) << expected;
  }
}

TEST(BetaTails, EndWhereTheLawEnds) {
  for (std::uint64_t const rank : {1ull, 2ull, 3ull}) {
    EXPECT_EQ(BetaTails(3, rank).at(0).above, 1);
    EXPECT_EQ(BetaTails(3, rank).at(0).below, 0);
    EXPECT_EQ(BetaTails(3, rank).at(infinite).above, 0);
    EXPECT_EQ(BetaTails(3, rank).at(infinite).below, 1);
  }
}

/// Tails are right to 1e-12 (in the middle of a bell as narrow as that of 2^60 workers to about 1e-7), and so is
/// what they are inverted to.
TEST(BetaTails, AreInverted) {
  for (std::uint64_t const m : {1ull, 2ull, 3ull, 20ull, 1'000'000ull})
    for (std::uint64_t const rank : {std::uint64_t{1}, std::uint64_t{2}, m / 2, m - 1, m})
      for (double const p : {1e-12, 1e-6, 0.01, 0.5, 0.9, 1 - 1e-6, 1 - 1e-12}) {
        if (rank < 1 || rank > m) continue;
        BetaTails const nth(m, rank);
        Tails const tails = nth.at(nth.hazard_at(p));
        EXPECT_NEAR((p <= 0.5 ? tails.below / p : tails.above / (1 - p)), 1, 1e-11)
            << m << " " << rank << " " << p;
        Tails const beside = nth.at(nth.hazard_at(p) * 1.001);
        EXPECT_GT((p <= 0.5 ? beside.below / p : (1 - p) / beside.above), 1 + 1e-7)
            << m << " " << rank << " " << p;
      }
}

/// For a narrow bell the logarithm of the density is that of a normal one, though it is a difference of
/// numbers near 2^62.
TEST(LogitBeta, DoesNotCancel) {
  LogitBeta const beta((1ull << 62) - 1, 1ull << 61);
  for (double const t : {-8.0, -1.0, 0.01, 1.0, 8.0}) {
    EXPECT_NEAR(beta.log_density(t * beta.spread()) / (-t * t / 2), 1, 1e-14) << t;
  }
  EXPECT_NEAR(beta.integral(-infinite, infinite) / (beta.spread() * std::sqrt(2 * std::numbers::pi)), 1,
              1e-14);
}

TEST(LogitBeta, InvertsTheHazard) {
  for (auto const& [m, rank] :
       {std::pair{1ull, 1ull}, {20ull, 7ull}, {1ull << 62, 1ull}, {1ull << 62, 1ull << 62}}) {
    LogitBeta const beta(m, rank);
    for (double const delta : {-20.0, -0.3, 0.0, 1.0, 30.0}) {
      EXPECT_NEAR(beta.delta(beta.hazard(delta)), delta, 1e-13) << m << " " << rank;
      EXPECT_NEAR(beta.hazard_rise(delta), beta.hazard(delta) - beta.hazard(0), 1e-13) << m << " " << rank;
    }
  }
}

}  // namespace
}  // namespace dsgd::exact
