#include "exact/order_statistic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "exact/fleet.hpp"
#include "exact/inverse_powers.hpp"

namespace dsgd::exact {
namespace {

constexpr std::uint64_t far = (1ull << 62) - 1;

void expect_equal(std::optional<Moments> const& actual, double mean, double variance, double bound = 1e-11) {
  ASSERT_TRUE(actual);
  ASSERT_TRUE(actual->variance);
  EXPECT_NEAR(actual->mean / mean, 1, bound);
  EXPECT_NEAR(*actual->variance / variance, 1, bound);
}

struct Place {
  std::uint64_t workers, rank;
};

class Places : public testing::TestWithParam<Place> {};

/// The quadrature knows nothing of the sums and products that it must equal.
TEST_P(Places, QuadratureEqualsClosedForms) {
  auto const [m, k] = GetParam();
  for (Law const& law : {Law{exponential(3)}, Law{ShiftedExponential{100, 2}}, Law{Uniform{1, 3}},
                         Law{Pareto{2, 3}}, Law{Pareto{2, 2.1}}, Law{Pareto{2, 40}}}) {
    std::optional<Moments> const exact = order_statistic_moments(law, m, k);
    ASSERT_TRUE(exact);
    expect_equal(order_statistic_quadrature(law, m, k), exact->mean, *exact->variance, 3e-13);
  }
}

TEST_P(Places, SpecialCasesOfLawsAreExponential) {
  auto const [m, k] = GetParam();
  Moments const exact = *order_statistic_moments(exponential(3), m, k);
  for (Law const& law : {Law{Gamma{1, 3}}, Law{Weibull{1.0 / 3, 1}}, Law{Hyperexponential{0.3, 3, 3}},
                         Law{Hyperexponential{1, 3, 1}}}) {
    expect_equal(order_statistic_moments(law, m, k), exact.mean, *exact.variance, 3e-13);
  }
}

/// Weibull delays of shape 1/2 are squares of exponential ones, whose cumulants are sums over the spacings.
TEST_P(Places, WeibullOfShapeOneHalfIsASquare) {
  auto const [m, k] = GetParam();
  std::uint64_t const first = m - k + 1;
  double const k1 = inverse_power_sum(first, m, 1);
  double const k2 = inverse_power_sum(first, m, 2);
  double const k3 = 2 * inverse_power_sum(first, m, 3);
  double const k4 = 6 * inverse_power_sum(first, m, 4);
  double const variance =
      k4 + 4 * k3 * k1 + 2 * k2 * k2 + 4 * k2 * k1 * k1;  // E[E^4] - E[E^2]^2, nothing cancels
  expect_equal(order_statistic_moments(Weibull{1, 0.5}, m, k), k2 + k1 * k1, variance, 3e-13);
  expect_equal(order_statistic_quadrature(Weibull{1, 0.5}, m, k), k2 + k1 * k1, variance, 3e-13);
}

INSTANTIATE_TEST_SUITE_P(OfAll, Places,
                         testing::Values(Place{1, 1}, Place{2, 1}, Place{2, 2}, Place{20, 1}, Place{20, 7},
                                         Place{20, 20}, Place{1000, 500}, Place{1000, 999},
                                         Place{1u << 24, 1}, Place{1u << 24, 2}, Place{1u << 24, 1u << 23},
                                         Place{1u << 24, 1u << 24}, Place{far, 1}, Place{far, 1'000'000},
                                         Place{far, far / 2}, Place{far, far - 1000}, Place{far, far}));

struct Known {
  Law law;
  Place place;
  double mean, variance;
};

class KnownMoments : public testing::TestWithParam<Known> {};

/// Integrals of the tails over x, in 40 digits by mpmath 1.4: another integral, in another variable.
TEST_P(KnownMoments, AreReproduced) {
  auto const& [law, place, mean, variance] = GetParam();
  expect_equal(order_statistic_moments(law, place.workers, place.rank), mean, variance, 1e-13);
}

INSTANTIATE_TEST_SUITE_P(
    OfLaws, KnownMoments,
    testing::Values(
        Known{Lognormal{0, 1}, {3, 2}, 1.2518532189789086666, 0.89710873980932046556},
        Known{Lognormal{0, 1}, {20, 7}, 0.66547862838833088394, 0.037518507066718591949},
        Known{Lognormal{0, 1}, {1000, 1}, 0.041387358751334596659, 0.00017436870419154108291},
        Known{Lognormal{0, 1}, {1u << 24, 1}, 0.0046495732957981150072, 9.2415533557087377398e-7},
        Known{Lognormal{0, 1}, {1u << 24, 1u << 24}, 226.41040728900143232, 3473.4404854386598017},
        Known{Lognormal{0, 3}, {20, 20}, 1524.4865415078806149, 1310619287.7106008244},
        Known{Lognormal{1, 0.01}, {1000, 1000}, 2.8078541281640281348, 0.000097603123405299937762},
        Known{Weibull{1, 0.3}, {3, 2}, 2.2806607029772679262, 67.964307422941877905},
        Known{Weibull{1, 0.3}, {20, 7}, 0.08970658717901612627, 0.017918254878860800081},
        Known{Weibull{1, 0.3}, {1u << 24, 1u << 24}, 13462.75338856090419, 13614161.272924413574},
        Known{Weibull{1, 20}, {1000, 1000}, 1.1051724592282654568, 0.000080941261455174885185},
        Known{Weibull{1, 20}, {1u << 24, 1u << 24}, 1.1527568386240514995, 0.000017325826235297402888},
        Known{Gamma{0.3, 3}, {3, 2}, 0.057995087991778357795, 0.0076674159323482170748},
        Known{Gamma{0.3, 3}, {20, 7}, 0.0085122211365004487733, 0.000078273551062810161186},
        Known{Gamma{0.3, 3}, {1u << 24, 1u << 24}, 4.7386171242633705162, 0.16749867977558128276},
        Known{Gamma{30, 3}, {20, 7}, 9.1070212442410649374, 0.24286694928920758085},
        Known{Gamma{30, 3}, {1u << 24, 1}, 3.0342764527570650876, 0.030739223132290661182},
        Known{Gamma{30, 3}, {1u << 24, 1u << 24}, 23.147061213618641443, 0.51131007403861081031},
        Known{Hyperexponential{0.9, 10, 1}, {3, 2}, 0.10868138528138528139, 0.017625450250932328854},
        Known{
            Hyperexponential{0.9, 10, 1}, {1u << 24, 1}, 6.5499609986973782216e-9, 4.2901989534684575403e-17},
        Known{
            Hyperexponential{0.9, 10, 1}, {1u << 24, 1u << 24}, 14.910162935148496694, 1.6449340072435834374},
        Known{Hyperexponential{0.9, 1e6, 1}, {3, 2}, 0.014334305333022833597, 0.014350083247795227222},
        Known{Hyperexponential{0.9, 1e6, 1}, {20, 18}, 0.15184201724544351496, 0.10549912301171407576},
        Known{
            Hyperexponential{0.9, 1e6, 1}, {1000, 1}, 1.1112345952627397841e-9, 1.2351174067887309456e-18}));

/// Mean of the larger of two: mu (1 + Gini). Sources: Johnson, Kotz, Balakrishnan, "Continuous Univariate
/// Distributions", 14.6 (lognormal), 17.6 (gamma).
TEST(OrderStatistic, LargerOfTwo) {
  double const gini_lognormal = std::erf(0.7 / 2);
  EXPECT_NEAR(
      order_statistic_moments(Lognormal{0.2, 0.7}, 2, 2)->mean / (std::exp(0.445) * (1 + gini_lognormal)), 1,
      1e-13);
  double const gini_gamma = std::tgamma(3.0) / (std::sqrt(M_PI) * std::tgamma(3.5));
  EXPECT_NEAR(order_statistic_moments(Gamma{2.5, 2}, 2, 2)->mean / (1.25 * (1 + gini_gamma)), 1, 1e-13);
}

TEST(OrderStatistic, MomentsOfHeavyTailsExistOrAreInfinite) {
  auto const moments = [](double shape, std::uint64_t rank) {
    return *order_statistic_moments(Pareto{2, shape}, 4, rank);
  };
  EXPECT_EQ(moments(1, 4).mean, infinite);
  EXPECT_EQ(moments(1, 4).variance, infinite);
  EXPECT_NEAR(moments(1, 3).mean, 2 * 4, 1e-13);  // product of i / (i - 1) over i = 2, 3, 4
  EXPECT_EQ(moments(1, 3).variance, infinite);
  EXPECT_LT(*moments(1, 2).variance, infinite);
  EXPECT_EQ(moments(0.25, 1).mean, infinite);
  EXPECT_LT(moments(0.26, 1).mean, infinite);
  EXPECT_EQ(order_statistic_quadrature(Pareto{2, 1}, 4, 3), std::nullopt);
  EXPECT_EQ(order_statistic_tail_index(Pareto{2, 1.5}, 4, 3), 3);
}

/// Where the variance is infinite, the mean need not be; the same by quadrature of the tails.
TEST(OrderStatistic, MeansOfLogLogisticDelaysAreKnownWhereverTheyExist) {
  EXPECT_NEAR(order_statistic_moments(LogLogistic{2, 1.5}, 20, 20)->mean, 39.2590919985, 1e-9);
  for (double const shape : {0.4, 0.7, 1.001, 1.01, 1.1, 1.5, 2.0, 2.001, 2.1, 2.9, 3.1})
    for (std::uint64_t const m : {2ull, 5ull, 20ull, 1000ull})
      for (std::uint64_t const slower : {0ull, 1ull, 2ull, 3ull, 4ull, 5ull, 6ull, 7ull}) {
        if (slower >= m) continue;
        LogLogistic const law{2, shape};
        std::optional<Moments> const moments = order_statistic_moments(law, m, m - slower);
        ASSERT_TRUE(moments) << shape << " " << m << " " << slower;
        double const index = shape * static_cast<double>(slower + 1);
        EXPECT_EQ(moments->mean == infinite, index <= 1) << shape << " " << m << " " << slower;
        EXPECT_EQ(moments->variance == infinite, index <= 2) << shape << " " << m << " " << slower;
        std::optional<Moments> const tails = fleet_moments(std::vector<Group>{{m, law}}, m - slower);
        if (index <= 1.05 || !tails) continue;
        EXPECT_NEAR(moments->mean / tails->mean, 1, 1e-10) << shape << " " << m << " " << slower;
        if (index <= 2.05) continue;
        EXPECT_NEAR(moments->variance.value() / tails->variance.value(), 1, 1e-9)
            << shape << " " << m << " " << slower;
      }
}

/// The longest of many delays are those of a Pareto law.
TEST(OrderStatistic, OfManyLogLogisticDelaysAreLikePareto) {
  for (std::uint64_t const m : {1ull << 40, (1ull << 62) - 1})
    for (double const shape : {0.6, 1.5, 2.5}) {
      Moments const exact = order_statistic_moments(LogLogistic{3, shape}, m, m - 1).value();
      Moments const limit = order_statistic_moments(Pareto{3, shape}, m, m - 1).value();
      EXPECT_NEAR(exact.mean / limit.mean, 1, 2e-11) << m << " " << shape;
      if (shape <= 1) continue;
      EXPECT_NEAR(*exact.variance / *limit.variance, 1, 1e-10) << m << " " << shape;
    }
}

TEST(OrderStatistic, WithAtomsOfManyWorkersEnd) {
  std::vector<double> const table{1, 2, 3, 4, 5};
  for (std::uint64_t const m : {1ull << 53, 1ull << 60, (1ull << 62) - 1})
    for (std::uint64_t const rank : {std::uint64_t{1}, std::uint64_t{2}, m / 2, m - 1, m}) {
      double const part = static_cast<double>(rank) / static_cast<double>(m);
      EXPECT_EQ(order_statistic_moments(TwoPoint{1, 2, 0.01}, m, rank)->mean, rank < m - 1 ? 1 : 2) << m;
      EXPECT_EQ(order_statistic_moments(TwoPoint{1, 2, 0.01}, m, rank)->variance, 0) << m;
      EXPECT_EQ(order_statistic_moments(Empirical{table}, m, rank)->mean, part < 0.2   ? 1
                                                                          : part < 0.8 ? 3
                                                                                       : 5)
          << m << " " << rank;
      EXPECT_EQ(order_statistic_moments(Constant{3}, m, rank)->mean, 3);
      EXPECT_NEAR(order_statistic_moments(Uniform{1, 2}, m, rank)->mean, 1 + part, 1e-15);
    }
}

TEST(OrderStatistic, WhatOverflowsIsUnknownAndNotInfiniteNorZero) {
  EXPECT_EQ(order_statistic_moments(Lognormal{0, 40}, 1, 1), std::nullopt);
  EXPECT_EQ(order_statistic_moments(Lognormal{0, 40}, 2, 2), std::nullopt);
  EXPECT_EQ(order_statistic_moments(Lognormal{0, 25}, 1, 1)->variance, std::nullopt);
  EXPECT_EQ(order_statistic_moments(Weibull{1, 0.02}, 1u << 24, 1), std::nullopt);  // 2^-1200
  EXPECT_EQ(order_statistic_moments(Gamma{1e-3, 1}, 1u << 24, 1u << 23)->variance, std::nullopt);
}

TEST(OrderStatistic, OfTwoPointsIsABinomialSum) {
  TwoPoint const law{1, 5, 0.1};
  for (std::uint64_t rank = 1; rank <= 5; ++rank) {
    double high = 0;  // P(at least 6 - rank of 5 are high)
    double choose = 1;
    for (int i = 0; i <= 5; ++i) {
      if (i >= 6 - static_cast<int>(rank)) high += choose * std::pow(0.1, i) * std::pow(0.9, 5 - i);
      choose *= (5.0 - i) / (i + 1);
    }
    expect_equal(order_statistic_moments(law, 5, rank), 1 + 4 * high, 16 * high * (1 - high), 1e-13);
  }
}

/// Every way to draw three of four values.
TEST(OrderStatistic, OfATraceIsASumOverAllDraws) {
  std::vector<double> const values{1, 2.5, 2.5, 7};
  for (std::uint64_t rank = 1; rank <= 3; ++rank) {
    double sum = 0;
    double squares = 0;
    for (double const a : values)
      for (double const b : values)
        for (double const c : values) {
          std::array draws{a, b, c};
          std::ranges::sort(draws);
          sum += draws[rank - 1];
          squares += draws[rank - 1] * draws[rank - 1];
        }
    double const mean = sum / 64;
    expect_equal(order_statistic_moments(Empirical{values}, 3, rank), mean, squares / 64 - mean * mean,
                 1e-13);
  }
}

/// A fine trace of a uniform law: atoms at (i + 1/2) / n move the mean by the slope of the density / (24
/// n^2).
TEST(OrderStatistic, OfALongTraceTendsToItsLaw) {
  std::vector<double> values(20'000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 1 + (static_cast<double>(i) + 0.5) / 20'000;
  for (Place const place : {Place{2, 1}, Place{50, 49}, Place{1000, 400}, Place{1000, 1000}}) {
    Moments const limit = *order_statistic_moments(Uniform{1, 2}, place.workers, place.rank);
    Moments const trace = *order_statistic_moments(Empirical{values}, place.workers, place.rank);
    EXPECT_NEAR(trace.mean, limit.mean, static_cast<double>(place.workers) / (10 * 20e3 * 20e3));
    EXPECT_NEAR(*trace.variance / *limit.variance, 1, 1e-3);
  }
}

TEST(OrderStatistic, OfConstants) {
  std::vector<double> const same{3, 3, 3};
  for (Law const& law : {Law{Constant{3}}, Law{Empirical{same}}}) {
    EXPECT_EQ(order_statistic_moments(law, 5, 2)->mean, 3);
    EXPECT_EQ(order_statistic_moments(law, 5, 2)->variance, 0);
    EXPECT_EQ(order_statistic_quadrature(law, 5, 2), std::nullopt);
  }
}

}  // namespace
}  // namespace dsgd::exact
