#include "exact/sum_of_fastest.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "exact/order_statistic.hpp"

namespace dsgd::exact {
namespace {

std::vector<double> const six_values{1, 1.5, 1.5, 2, 7, 8};

std::vector<Law> const laws{ShiftedExponential{0, 3},
                            ShiftedExponential{1, 2},
                            Pareto{2, 3.5},
                            Weibull{2, 0.5},
                            Weibull{2, 20},
                            Lognormal{0, 1},
                            LogLogistic{2, 2.5},
                            Gamma{0.3, 2},
                            Gamma{30, 2},
                            Uniform{1, 3},
                            Hyperexponential{0.9, 10, 1},
                            Hyperexponential{0.9, 1e4, 1},
                            Constant{3},
                            TwoPoint{1, 5, 0.1},
                            Empirical{six_values},
                            Shifted<Lognormal>{Lognormal{0, 1}, 2}};

/// The sum of the means of the order statistics, one by one.
TEST(SumOfFastest, IsTheSumOfTheOrderStatistics) {
  for (Law const& law : laws)
    for (std::uint64_t const m : {2u, 7u, 100u}) {
      double sum = 0;
      for (std::uint64_t rank = 1; rank <= m; ++rank) {
        double const mean = order_statistic_moments(law, m, rank).value().mean;
        sum += mean;
        EXPECT_NEAR(sum_of_fastest(law, m, rank, mean).value(), sum, 1e-11 * static_cast<double>(m) * mean)
            << law.index() << " " << m << " " << rank;
      }
    }
}

/// A difference of large numbers would leave nothing of the few that are first.
TEST(SumOfFastest, OfManyWorkers) {
  for (Law const& law : laws)
    for (std::uint64_t const rank : {2u, 3u}) {
      std::uint64_t const m = 1ull << 20;
      double sum = 0, mean = 0;
      for (std::uint64_t r = 1; r <= rank; ++r) sum += mean = order_statistic_moments(law, m, r).value().mean;
      double const found = sum_of_fastest(law, m, rank, mean).value();
      EXPECT_NEAR(found / sum, 1, 1e-9) << law.index() << " " << rank;
    }
}

TEST(SumOfFastest, OfAFleetOfEqualsIsThatOfTheLaw) {
  for (Law const& law : laws)
    for (auto const& [m, rank] : {std::pair{9ull, 2ull}, {9ull, 8ull}, {300ull, 150ull}}) {
      double const mean = order_statistic_moments(law, m, rank).value().mean;
      std::vector<Group> const fleet{{2, law}, {m - 2, law}};
      double const scale = static_cast<double>(m) * mean;
      EXPECT_NEAR(sum_of_fastest(fleet, rank, mean).value() / scale,
                  sum_of_fastest(law, m, rank, mean).value() / scale, 1e-11)
          << law.index() << " " << m << " " << rank;
    }
}

/// Exponential delays: beyond the first, the second is the first of what is left.
TEST(SumOfFastest, OfAFleet) {
  std::vector<Group> const fleet{{1, exponential(1)}, {2, exponential(3)}};
  double const first = 1 / 7.0;
  double const second = first + 1 / 7.0 * (1 / 6.0) + 6 / 7.0 * (1 / 4.0);
  EXPECT_NEAR(sum_of_fastest(fleet, 2, second).value(), first + second, 1e-12);
  EXPECT_NEAR(sum_of_fastest(fleet, 3, 9).value(), 1 + 2 / 3.0, 1e-12);
}

TEST(SumOfFastest, OfDelaysWithoutAMeanIsKnownOfTheFirstAlone) {
  EXPECT_EQ(sum_of_fastest(Pareto{1, 0.9}, 4, 1, 2.5), 2.5);
  EXPECT_FALSE(sum_of_fastest(Pareto{1, 0.9}, 4, 2, 2.5));
}

}  // namespace
}  // namespace dsgd::exact
