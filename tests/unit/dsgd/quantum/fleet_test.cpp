#include "dsgd/quantum/fleet.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "dsgd/quantum/sampled.hpp"

namespace dsgd {
namespace {

TEST(Survival, IsThatOfTheLaw) {
  Law const law = Pareto{2.0, 1.5};  // P(X > x) = (2 / x)^1.5
  EXPECT_EQ(detail::survival(law, 2.0, 1.0), 1.0);
  EXPECT_NEAR(detail::survival(law, 2.0, 3.0), std::pow(2.0 / 3, 1.5), 1e-7);
  EXPECT_NEAR(detail::survival(law, 2.0, 2e9) / std::pow(1e-9, 1.5), 1.0, 1e-6);
  EXPECT_EQ(detail::survival(law, 2.0, 1e37), 0.0);
}

/// Groups that are alike are a fleet that is: the typical is the same, and the rare nearly.
TEST(FleetRange, OfEqualGroupsIsThatOfEqualWorkers) {
  for (Law const& law : std::vector<Law>{Exponential{2.0}, Pareto{1.0, 1.2}, Lognormal{0.0, 2.0}})
    for (std::uint32_t const rank : {1u, 5u, 19u, 20u}) {
      std::vector<FleetGroup> const groups{{7, law}, {13, law}};
      RuntimeRange const fleet = fleet_range(groups, rank);
      RuntimeRange const equal =
          std::visit([&](auto const& s) { return order_statistic_range(s, 20, rank); }, sampler(law));
      EXPECT_EQ(fleet.typical, equal.typical) << rank;
      EXPECT_GE(fleet.rare, equal.rare) << rank;
      EXPECT_LE(fleet.rare, equal.rare + 3) << rank;
    }
}

/// The fastest of fifteen quick workers hides that of the sixteenth there is no mean.
TEST(FleetRange, OfTheFastestForgetsTheHeaviestTail) {
  std::vector<FleetGroup> const groups{{15, Exponential{2.0}}, {1, Pareto{1.0, 0.95}}};
  RuntimeRange const fastest = fleet_range(groups, 1);
  EXPECT_EQ(fastest.typical, -6);  // half of sixteen have passed -log(14.5 / 15) / 2 = 0.017
  EXPECT_LE(fastest.rare, 2);
  EXPECT_GE(fleet_range(groups, 16).rare, 45);
}

TEST(FleetRange, BeginsWithTheSmallestOrigin) {
  std::vector<FleetGroup> const groups{{1, ShiftedExponential{100.0, 1.0}},
                                       {1, ShiftedExponential{164.0, 1.0}}};
  EXPECT_EQ(fleet_range(groups, 2).typical, 6);
  EXPECT_EQ(fleet_range(groups, 2).rare, 7);
}

/// Two of two workers are never longer than the one that is never longer than 2.
TEST(FleetRange, IsNoLongerThanWhatTheStatisticCanReach) {
  std::vector<FleetGroup> const far{{1, TwoPoint{1.0, 2.0, 0.4}}, {1, Constant{1e30}}};
  EXPECT_EQ(fleet_range(far, 1).rare, 0);
  std::vector<FleetGroup> const slow{{1, Constant{1.001}}, {1, Exponential{1e-15}}};
  EXPECT_EQ(fleet_range(slow, 1).rare, 1);
  EXPECT_EQ(fleet_range(slow, 1).typical, 0);
}

/// Against the binomial tail itself: P(N >= 3) of 20 workers with probability 0.001 is 1.13e-6.
TEST(LogChernoffBound, IsAboveTheLogarithmOfTheProbabilityAndNotFarAbove) {
  std::vector<detail::Exceedance> const equal{{20, 0.001}};
  EXPECT_GE(detail::log_chernoff_bound(equal, 3), std::log(1.13e-6));
  EXPECT_LE(detail::log_chernoff_bound(equal, 3), std::log(20 * 1.13e-6));
  std::vector<detail::Exceedance> const always{{1, 1.0}, {1, 0.0}};
  EXPECT_LT(detail::log_chernoff_bound(always, 2), -60);
  EXPECT_NEAR(detail::log_chernoff_bound(always, 1), 0, 1e-15);
}

TEST(FleetRange, OfConstantsIsTheirDistance) {
  std::vector<FleetGroup> const groups{{3, Constant{1.0}}, {1, Constant{1.0}}};
  EXPECT_EQ(fleet_range(groups, 4).typical, -127);
}

}  // namespace
}  // namespace dsgd
