#include "plan/stopping.hpp"

#include <gtest/gtest.h>

#include "support/points.hpp"

namespace dsgd {
namespace {

/// One delay varies by its mean: 1.96^2 / 0.01^2 = 38416 iterations bring half the interval to 1 %.
TEST(ExpectStops, CutsWorkDownToWhatThePrecisionTakes) {
  std::vector<PlannedPoint> const points{
      make_planned_point(Async{}, 1, 1'000'000), make_planned_point(Async{}, 1, 20'000),
      make_planned_point(KAsync{Share{3}}, 5, 1000, ShiftedExponential{1, 1})};
  std::vector<PointWork> work = whole_work(points);
  std::uint64_t const whole = work[2].units.count;
  Stopping const stopping = expect_stops(points, work, 0.01, 10);
  EXPECT_EQ(stopping.stopped, 1u);
  EXPECT_EQ(stopping.fewest, 40'960u);
  EXPECT_EQ(stopping.most, 40'960u);
  EXPECT_EQ(stopping.not_stopped, 1u);
  EXPECT_EQ(stopping.unknown, 1u);
  EXPECT_EQ(work[0].units.count, 40'960u);
  EXPECT_EQ(work[1].units.count, 20'000u);
  EXPECT_EQ(work[2].units.count, whole);
}

/// The slowest of many varies less, for its mean, than the fastest; both are made of the same draws.
TEST(ExpectStops, KeepsPointsTogetherThatShareTheirDraws) {
  std::vector<PlannedPoint> const points{make_planned_point(Sync{}, 100, 1'000'000),
                                         make_planned_point(Fastest{}, 100, 1'000'000)};
  std::vector<PointWork> work = whole_work(points);
  Stopping const stopping = expect_stops(points, work, 0.01, 10);
  EXPECT_EQ(stopping.stopped, 2u);
  EXPECT_LT(stopping.fewest, stopping.most);
  for (PointWork const& one : work) EXPECT_EQ(one.units.count, stopping.most);
}

TEST(ExpectStops, LeavesWhatIsDoneAlone) {
  std::vector<PlannedPoint> const points{make_planned_point(Async{}, 1, 1'000'000)};
  std::vector<PointWork> work = whole_work(points);
  work[0].done = 500'000;
  EXPECT_EQ(expect_stops(points, work, 0.01, 10).stopped, 1u);
  EXPECT_EQ(work[0].units.count, 500'000u);
  work[0].units.count = 0;
  work[0].done = 0;
  EXPECT_EQ(expect_stops(points, work, 0.01, 10).stopped, 0u);
}

}  // namespace
}  // namespace dsgd
