#include "exact/sums.hpp"

#include <gtest/gtest.h>

#include <boost/math/quadrature/gauss.hpp>
#include <cmath>

namespace dsgd::exact {
namespace {

TEST(LawOfSum, AddsMeansAndVariances) {
  for (Law const& law : {Law{exponential(3)}, Law{ShiftedExponential{1, 2}}, Law{Gamma{0.3, 2}},
                         Law{Gamma{2, 2, 5}}, Law{Constant{4}}}) {
    Law const sum = law_of_sum(law, 7).value();
    EXPECT_NEAR(mean(sum), 7 * mean(law), 1e-13);
    EXPECT_NEAR(variance(sum), 7 * variance(law), 1e-13);
    EXPECT_EQ(lower(sum), 7 * lower(law));
  }
}

TEST(LawOfSum, IsUnknownForMostLaws) {
  for (Law const& law : {Law{Pareto{1, 3}}, Law{Weibull{1, 2}}, Law{Lognormal{0, 1}}, Law{Uniform{0, 1}},
                         Law{Hyperexponential{0.5, 1, 2}}}) {
    EXPECT_FALSE(law_of_sum(law, 2));
    EXPECT_TRUE(law_of_sum(law, 1));
  }
  EXPECT_FALSE(sum_tails(Weibull{1, 2}, 2));
  EXPECT_FALSE(sum_tails(Uniform{0, 1}, 65));
}

/// P(S_n <= x) is the mean of P(S_(n-1) <= x - u) over u in [0, 1]. By Gauss's rule with 40 nodes on the
/// smooth halves, exact for these degrees.
TEST(IrwinHall, EachSumIsTheConvolutionOfTheLast) {
  using Gauss = boost::math::quadrature::gauss<double, 40>;
  for (std::uint64_t n = 2; n <= 64; ++n)
    for (double const share : {0.001, 0.04, 0.11, 0.24, 0.499, 0.501, 0.77, 0.98, 0.9993}) {
      double const x = share * static_cast<double>(n);
      double const corner = x - std::floor(x);  // the integrand is a polynomial on either side
      auto const below = [&](double u) { return irwin_hall(n - 1, x - u).below; };
      auto const above = [&](double u) { return irwin_hall(n - 1, x - u).above; };
      Tails const tails = irwin_hall(n, x);
      EXPECT_NEAR(tails.below / (Gauss::integrate(below, 0, corner) + Gauss::integrate(below, corner, 1)), 1,
                  1e-11)
          << n << " " << x;
      EXPECT_NEAR(tails.above / (Gauss::integrate(above, 0, corner) + Gauss::integrate(above, corner, 1)), 1,
                  1e-11)
          << n << " " << x;
    }
}

TEST(IrwinHall, KnownValues) {
  EXPECT_DOUBLE_EQ(irwin_hall(1, 0.3).below, 0.3);
  EXPECT_DOUBLE_EQ(irwin_hall(2, 0.5).below, 0.125);
  EXPECT_DOUBLE_EQ(irwin_hall(3, 1.5).below, 0.5);
  EXPECT_DOUBLE_EQ(irwin_hall(12, 11.5).above, std::pow(0.5, 12) / 479001600);
  EXPECT_NEAR(irwin_hall(64, 63).above * std::exp(std::lgamma(65.0)), 1, 1e-12);
  EXPECT_DOUBLE_EQ(irwin_hall(64, 32).below, 0.5);
  EXPECT_DOUBLE_EQ(irwin_hall(63, 31.5).above, 0.5);
  EXPECT_EQ(irwin_hall(3, -1).above, 1);
  EXPECT_EQ(irwin_hall(3, 3).below, 1);
}

}  // namespace
}  // namespace dsgd::exact
