#include "dsgd/sweep.hpp"

#include <gtest/gtest.h>

namespace dsgd {
namespace {

TEST(Expand, OrdersByLawThenStrategyThenWorkers) {
  Sweep sweep;
  sweep.fleets = {Law{Exponential{1.0}}, Law{Exponential{2.0}}};
  sweep.strategies = {Sync{}, Fastest{}};
  sweep.workers = {3, 5};
  std::vector<Point> const points = expand(sweep);
  ASSERT_EQ(points.size(), 8u);
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_EQ(std::get<Exponential>(points[i].fleet.law()).rate, i < 4 ? 1.0 : 2.0);
    EXPECT_EQ(points[i].strategy.index(), sweep.strategies[i / 2 % 2].index());
    EXPECT_EQ(points[i].workers(), i % 2 == 0 ? 3u : 5u);
  }
}

TEST(StreamOf, IsTheWorkersUnlessDrawsAreCommon) {
  Sweep sweep;
  sweep.seed = 99;
  EXPECT_EQ(stream_of(sweep, OrderStatistic{1}, 17).id, 17u);
  EXPECT_EQ(stream_of(sweep, OrderStatistic{1}, 17).seed, 99u);
  sweep.draws = Draws::common;
  EXPECT_EQ(stream_of(sweep, OrderStatistic{1}, 17).id, 0u);
}

TEST(Expand, LeavesOutPointsWhoseStrategyWaitsForMoreWorkersThanThereAre) {
  Sweep sweep;
  sweep.strategies = {KSync{Share{4}}, Backup{Share{4}}, GradientCoding{Share{4}}, KBatchSync{Share{4}}};
  sweep.workers = {3, 4, 5};
  std::vector<std::uint64_t> kept;
  for (Point const& point : expand(sweep)) kept.push_back(point.workers());
  std::vector<std::uint64_t> const expected{4, 5,      // k-sync waits for 4
                                            5,         // backup and gradient coding spare 4, and wait for one
                                            5,         //
                                            3, 4, 5};  // mini-batches may come from the same worker
  EXPECT_EQ(kept, expected);
}

}  // namespace
}  // namespace dsgd
