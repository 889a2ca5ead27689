#include "exact/law/list.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "exact/order_statistic.hpp"

namespace dsgd::exact {
namespace {

class ContinuousLaws : public testing::TestWithParam<Law> {
 protected:
  /// Calls check(law) with the law's own type.
  template <class Check>
  void with_law(Check const& check) {
    std::visit(
        [&]<class L>(L const& law) {
          if constexpr (Continuous<L>)
            check(law);
          else
            FAIL() << "has atoms";
        },
        GetParam());
  }
};

constexpr std::array hazards{1e-12, 1e-3, 0.2, 0.7, 3.0, 40.0};

TEST_P(ContinuousLaws, TheQuantileInvertsTheHazard) {
  with_law([](auto const& law) {
    for (double const e : hazards) {
      double const x = law.at_hazard(e);
      if (x == law.upper()) continue;
      // x is rounded: what that does to the hazard is not the law's fault
      double const rounding = 2e-16 * x * law.density(x) * std::exp(e);
      EXPECT_NEAR(law.cumulative_hazard(x), e, 1e-13 * e + 4 * rounding) << e;
    }
    EXPECT_EQ(law.cumulative_hazard(std::nextafter(law.lower(), -1.0)), 0);
  });
}

TEST_P(ContinuousLaws, TheRiseIsADifferenceOfQuantiles) {
  with_law([](auto const& law) {
    for (double const e : hazards) {
      double const x = law.at_hazard(e);
      EXPECT_NEAR(law.rise(x, {e, 2 * e, e}), law.at_hazard(2 * e) - x, 1e-14 * law.at_hazard(2 * e)) << e;
      // Where a difference would cancel the slope has the answer, up to its own change.
      double const step = 1e-7 * std::min(e, 1.0);
      double const middle = law.at_hazard(e + step / 2);
      double const slope = std::exp(-e - step / 2) / law.density(middle);
      EXPECT_NEAR(law.rise(x, {e, e + step, step}) / (slope * step), 1, 1e-11) << e;
    }
  });
}

TEST_P(ContinuousLaws, TheDensityIsTheSlopeOfTheTail) {
  with_law([](auto const& law) {
    for (double const e : {0.1, 0.7, 3.0}) {
      double const x = law.at_hazard(e);
      double const h = 1e-4 * e * std::exp(-e) / law.density(x);
      double const slope = (law.cumulative_hazard(x + h) - law.cumulative_hazard(x - h)) / (2 * h);
      EXPECT_NEAR(law.density(x) / (slope * std::exp(-e)), 1, 1e-6) << e;
    }
    EXPECT_EQ(law.density(std::nextafter(law.lower(), -1.0)), 0);
  });
}

TEST_P(ContinuousLaws, TheMomentsAreThoseOfTheQuantile) {
  std::optional<Moments> const quadrature = order_statistic_quadrature(GetParam(), 1, 1);
  ASSERT_TRUE(quadrature);
  EXPECT_NEAR(mean(GetParam()) / quadrature->mean, 1, 1e-13);
  EXPECT_NEAR(variance(GetParam()) / *quadrature->variance, 1, 1e-12);
}

TEST_P(ContinuousLaws, ShorterAndLongerAddUpToTheMean) {
  with_law([](auto const& law) {
    for (double const e : hazards) {
      double const x = law.at_hazard(e);
      EXPECT_NEAR((law.limited_mean(x) + law.excess_mean(x)) / law.mean(), 1, 1e-14) << e;
      if (e > 0.01 && e < 10) {  // the slope of E[min(X, x)] is P(X > x)
        double const h = 1e-4 * e * std::exp(-e) / law.density(x);
        double const slope = (law.limited_mean(x + h) - law.limited_mean(x - h)) / (2 * h);
        EXPECT_NEAR(slope / std::exp(-e), 1, 1e-5) << e;
      }
    }
    EXPECT_EQ(law.limited_mean(law.lower() / 2), law.lower() / 2);
    EXPECT_NEAR(law.excess_mean(law.lower() / 2), law.mean() - law.lower() / 2, 1e-15 * law.mean());
  });
}

INSTANTIATE_TEST_SUITE_P(Laws, ContinuousLaws,
                         testing::Values(exponential(3), ShiftedExponential{5, 2}, Pareto{2, 2.5},
                                         Weibull{2, 0.4}, Weibull{2, 1}, Weibull{2, 7.9}, Weibull{2, 8.1},
                                         Weibull{2, 1000}, Lognormal{0.5, 0.01}, Lognormal{-1, 3},
                                         LogLogistic{2, 2.2}, LogLogistic{3, 5}, LogLogistic{2, 1e5},
                                         Gamma{0.2, 3}, Gamma{1, 3}, Gamma{300, 3}, Gamma{4, 3, 7},
                                         Uniform{2, 5}, Hyperexponential{0.9, 10, 1},
                                         Hyperexponential{0.2, 1, 1000}));

TEST(Weibull, VarianceOfLargeShapesDoesNotCancel) {
  // log X is Gumbel: variance of X is pi^2 / 6 / shape^2 up to terms of higher order
  double const shape = 1e7;
  double const limit = 1.6449340668482264 / (shape * shape);
  EXPECT_NEAR((Weibull{1, shape}.variance()) / limit, 1, 1e-6);
}

TEST(ParetoLaw, HasTheMomentsThatExist) {
  EXPECT_EQ((Pareto{2, 1}.mean()), infinite);
  EXPECT_EQ((Pareto{2, 2}.variance()), infinite);
  EXPECT_EQ((Pareto{2, 2}.mean()), 4);
}

TEST(LogLogisticLaw, HasExactMomentsWhereTheyBegin) {
  double const d = 0x1p-30;  // mean d / sin(pi d) .. = 1/d, variance 2/d - (pi/2)^2, up to terms in d
  EXPECT_EQ((LogLogistic{2, 1}.mean()), infinite);
  EXPECT_EQ((LogLogistic{2, 2}.variance()), infinite);
  EXPECT_NEAR((LogLogistic{1, 1 + d}.mean()) * d, 1, 1e-14);
  EXPECT_NEAR((LogLogistic{1, 2 + d}.variance()) / (2 / d - 2.4674011002723395), 1, 1e-14);
}

TEST(DiscreteLaws, StepAtTheirAtoms) {
  Constant const constant{3};
  EXPECT_EQ(constant.cumulative_hazard(2.999), 0);
  EXPECT_EQ(constant.cumulative_hazard(3), infinite);

  TwoPoint const two{1, 5, 0.25};
  EXPECT_EQ(two.cumulative_hazard(0.999), 0);
  EXPECT_EQ(two.cumulative_hazard(1), std::log(4.0));
  EXPECT_EQ(two.cumulative_hazard(5), infinite);
  EXPECT_EQ(two.mean(), 2);
  EXPECT_EQ(two.variance(), 3);

  std::array const values{1.0, 1.0, 2.0, 8.0};
  Empirical const empirical{values};
  EXPECT_EQ(empirical.cumulative_hazard(0.5), 0);
  EXPECT_DOUBLE_EQ(empirical.cumulative_hazard(1), std::log(2.0));
  EXPECT_DOUBLE_EQ(empirical.cumulative_hazard(2), std::log(4.0));
  EXPECT_EQ(empirical.cumulative_hazard(8), infinite);
  EXPECT_EQ(empirical.mean(), 3);
  EXPECT_EQ(empirical.variance(), 8.5);
}

}  // namespace
}  // namespace dsgd::exact
