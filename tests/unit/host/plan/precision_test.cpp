#include "plan/precision.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engines/cpu/cpu.hpp"
#include "run/runner.hpp"
#include "statistics/estimate.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

std::optional<double> precision_of(Point const& point) { return expected_precision(PlannedPoint(point)); }

TEST(ExpectedPrecision, OfOneExponentialWorkerIsKnownByHeart) {
  // deviation = mean
  EXPECT_NEAR(*precision_of(make_point(Sync{}, 1, 1'000'000)), 1.95997 / 1000, 1e-7);
}

/// The interval of a run is as wide as was foretold: its deviation varies by about 1 / sqrt(2 n) = 0.2 %.
TEST(ExpectedPrecision, IsThatOfTheRun) {
  for (Strategy const& strategy : {Strategy(Sync{}), Strategy(KSync{3}), Strategy(LocalSgd{4, 0})})
    for (Law const& law : {Law(Exponential{2}), Law(Uniform{1, 3})}) {
      PlannedPoint const point = make_planned_point(strategy, 8, 100'000, law);
      std::optional<double> const expected = expected_precision(point);
      if (!expected) continue;  // no variance is known of some sums
      Summary const summary = run(std::span(&point, 1), *make_cpu_engine(1), {}).summaries.front();
      Estimate const result = estimate(point, summary);
      EXPECT_NEAR((*result.ci95_high - *result.ci95_low) / 2 / *result.mean / *expected, 1, 0.02);
    }
}

TEST(ExpectedPrecision, IsUnknownWhereTheVarianceIs) {
  EXPECT_FALSE(precision_of(make_point(Sync{}, 4, 1000, Pareto{1, 1.5})));  // infinite
  EXPECT_FALSE(precision_of(make_point(Async{}, 4, 1000, Uniform{1, 2})));  // updates depend on each other
  EXPECT_FALSE(precision_of(make_point(Sync{}, 4, 1)));                     // one iteration has no interval
}

TEST(ExpectedPrecision, OfASweepIsItsExtremes) {
  std::vector<PlannedPoint> const points =
      plan_points({make_point(Sync{}, 1, 1000), make_point(Sync{}, 50, 1000), make_point(Sync{}, 4, 1000),
                   make_point(Sync{}, 4, 1000, Pareto{1, 1.5})});
  Precision const all = expected_precision(points, 60);
  EXPECT_EQ(all.looked_at, 4u);
  EXPECT_EQ(all.unknown, 1u);
  EXPECT_EQ(all.best->point, 1u);
  EXPECT_EQ(all.worst->point, 0u);
  Precision const ends = expected_precision(points, 0);
  EXPECT_EQ(ends.looked_at, 2u);
  EXPECT_EQ(ends.best->point, 0u);
}

}  // namespace
}  // namespace dsgd
