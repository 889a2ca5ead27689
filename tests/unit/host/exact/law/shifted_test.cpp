#include "exact/law/shifted.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "exact/exact_law.hpp"
#include "exact/fleet.hpp"
#include "exact/law/weibull.hpp"
#include "exact/order_statistic.hpp"
#include "spec/spec.hpp"

namespace dsgd::exact {
namespace {

TEST(Shifted, MovesTheLawAndNothingElse) {
  Weibull const law{2, 1.5};
  Shifted<Weibull> const shifted{law, 3};
  EXPECT_EQ(shifted.lower(), 3);
  EXPECT_EQ(shifted.mean(), 3 + law.mean());
  EXPECT_EQ(shifted.variance(), law.variance());
  EXPECT_EQ(shifted.cumulative_hazard(2.5), 0);
  for (double const x : {0.25, 1.0, 8.0}) {
    EXPECT_DOUBLE_EQ(shifted.cumulative_hazard(3 + x), law.cumulative_hazard(x));
    EXPECT_DOUBLE_EQ(shifted.density(3 + x), law.density(x));
    EXPECT_DOUBLE_EQ(shifted.limited_mean(3 + x), 3 + law.limited_mean(x));
    EXPECT_DOUBLE_EQ(shifted.excess_mean(3 + x), law.excess_mean(x));
    EXPECT_DOUBLE_EQ(shifted.at_hazard(x), 3 + law.at_hazard(x));
  }
  EXPECT_EQ(shifted.limited_mean(2), 2);
  EXPECT_EQ(shifted.excess_mean(2), shifted.mean() - 2);
  HazardStep const step{1, 1.25, 0.25};
  EXPECT_DOUBLE_EQ(shifted.rise(shifted.at_hazard(1), step), law.rise(law.at_hazard(1), step));
}

/// What all workers wait for is shifted as every delay is.
TEST(Shifted, MomentsOfOrderStatisticsMoveWithTheLaw) {
  for (char const* const spec :
       {"exponential:rate=2", "pareto:scale=1:shape=3", "weibull:scale=2:shape=1.5",
        "lognormal:mu=0:sigma=0.5", "log-logistic:scale=1:shape=4", "gamma:shape=2:rate=2",
        "uniform:low=1:high=2", "constant:value=2", "two-point:low=1:high=2:probability=0.25",
        "hyperexponential:probability=0.75:rate1=2:rate2=0.5"}) {
    dsgd::ExactLaw const law(parse_law(spec)), shifted(parse_law(std::string(spec) + ":shift=3"));
    for (std::uint64_t const rank : {1u, 5u, 8u}) {
      Moments const plain = order_statistic_moments(law.get(), 8, rank).value();
      Moments const moved = order_statistic_moments(shifted.get(), 8, rank).value();
      EXPECT_NEAR(moved.mean, plain.mean + 3, 1e-10 * moved.mean) << spec;
      EXPECT_NEAR(moved.variance.value(), plain.variance.value(), 1e-9 * plain.variance.value()) << spec;
      std::array const fleet{Group{4, law.get()}, Group{4, law.get()}};
      std::array const moved_fleet{Group{4, shifted.get()}, Group{4, shifted.get()}};
      EXPECT_NEAR(fleet_moments(moved_fleet, rank).value().mean, fleet_moments(fleet, rank).value().mean + 3,
                  1e-9 * moved.mean)
          << spec;
    }
  }
}

}  // namespace
}  // namespace dsgd::exact
