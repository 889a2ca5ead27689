#include "dsgd/planned_point.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "dsgd/sweep.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

float longest_excess(PlannedPoint const& planned) {
  return std::visit([](auto const& law) { return law.excess(0, 0); }, planned.observable().law());
}

/// The sanitizers look whether a sampler reads measured delays that are gone.
TEST(PlannedPoint, KeepsWhatItsSamplersPointInto) {
  std::optional<PlannedPoint> last;
  {
    Empirical measured;
    measured.set_values({1, 2, 9});
    std::vector<PlannedPoint> planned = plan_points({make_point(Sync{}, 2, 10, measured)});
    for (int more = 0; more < 100; ++more) planned.push_back(make_planned_point(Sync{}, 2, 10));
    std::vector<PlannedPoint> const moved = std::move(planned);
    last = moved.front();
  }
  EXPECT_EQ(longest_excess(*last), 8);
  EXPECT_EQ(std::get<Empirical>(last->point().fleet.law()).origin(), 1);
}

TEST(PlannedPoint, IsMadeOnceForAllOfItsCopies) {
  PlannedPoint const planned = make_planned_point(KAsync{Share{2}}, 4, 1000, ShiftedExponential{1, 1});
  PlannedPoint const copy = planned;  // NOLINT(performance-unnecessary-copy-initialization): that is asked
  EXPECT_EQ(&planned.observable(), &copy.observable());
  EXPECT_EQ(&planned.point(), &copy.point());
}

TEST(PlanPoints, KeepsTheirOrder) {
  Sweep sweep;
  sweep.workers = {3, 5};
  std::vector<Point> const points = expand(sweep);
  std::vector<PlannedPoint> const planned = plan_points(points);
  ASSERT_EQ(planned.size(), 4u);
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_EQ(planned[i].point().workers(), points[i].workers());
    EXPECT_EQ(planned[i].point().strategy.index(), points[i].strategy.index());
    EXPECT_EQ(planned[i].observable().workers(), points[i].workers());
  }
}

TEST(WorkUnits, AreIterationsUnlessClocksAreFollowed) {
  PlannedPoint const iterated = make_planned_point(Sync{}, 4, 1001);
  EXPECT_EQ(work_units(iterated), 1001u);
  EXPECT_EQ(iterations_done(iterated), 1001u);
  PlannedPoint const clocked = make_planned_point(KAsync{Share{2}}, 4, 1001, ShiftedExponential{1, 1});
  ClockPlan const& plan = clocked.observable().plan;
  EXPECT_EQ(work_units(clocked), plan.replications);
  EXPECT_EQ(iterations_done(clocked), plan.replications * plan.updates);
  EXPECT_GE(iterations_done(clocked), 1001u);
}

}  // namespace
}  // namespace dsgd
