#include "closed_form/sums.hpp"

#include <gtest/gtest.h>

#include <array>
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
  EXPECT_FALSE(sum_tails(Uniform{0, 1}, 13));
}

/// A sum is half the integral of the sum with one term less over the last unit: P(S_n <= x) is the mean of
/// P(S_(n-1) <= x - u) over u in [0, 1]. By Gauss's rule with 7 nodes on the smooth halves, exact for these
/// degrees.
TEST(IrwinHall, EachSumIsTheConvolutionOfTheLast) {
  std::array const nodes{0.0, 0.4058451513773972, 0.7415311855993945, 0.9491079123427585};
  std::array const weights{0.4179591836734694, 0.3818300505051189, 0.2797053914892766, 0.1294849661688697};
  for (std::uint64_t n = 2; n <= 12; ++n)
    for (double const x : {0.01, 0.5, 1.3, 2.9, 5.99, 6.01, 9.2, 11.7, 11.99}) {
      if (x >= static_cast<double>(n)) continue;
      double const corner = x - std::floor(x);  // the integrand is a polynomial on either side
      double below = 0;
      double above = 0;
      for (auto const& [from, to] : {std::pair{0.0, corner}, std::pair{corner, 1.0}})
        for (std::size_t i = 0; i < 4; ++i)
          for (double const sign : {-1.0, 1.0}) {
            if (i == 0 && sign > 0) continue;
            double const u = (from + to) / 2 + sign * nodes[i] * (to - from) / 2;
            Tails const tails = irwin_hall(n - 1, x - u);
            below += weights[i] * (to - from) / 2 * tails.below;
            above += weights[i] * (to - from) / 2 * tails.above;
          }
      Tails const tails = irwin_hall(n, x);
      EXPECT_NEAR(tails.below / below, 1, 1e-11) << n << " " << x;
      EXPECT_NEAR(tails.above / above, 1, 1e-11) << n << " " << x;
    }
}

TEST(IrwinHall, KnownValues) {
  EXPECT_DOUBLE_EQ(irwin_hall(1, 0.3).below, 0.3);
  EXPECT_DOUBLE_EQ(irwin_hall(2, 0.5).below, 0.125);
  EXPECT_DOUBLE_EQ(irwin_hall(3, 1.5).below, 0.5);
  EXPECT_DOUBLE_EQ(irwin_hall(12, 11.5).above, std::pow(0.5, 12) / 479001600);
  EXPECT_EQ(irwin_hall(3, -1).above, 1);
  EXPECT_EQ(irwin_hall(3, 3).below, 1);
}

}  // namespace
}  // namespace dsgd::exact
