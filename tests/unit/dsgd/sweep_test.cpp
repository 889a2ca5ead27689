#include "dsgd/sweep.hpp"

#include <gtest/gtest.h>

namespace dsgd {
namespace {

TEST(Expand, OrdersByLawThenStrategyThenWorkers) {
  Sweep sweep;
  sweep.laws = {Exponential{1.0}, Exponential{2.0}};
  sweep.strategies = {Sync{}, Fastest{}};
  sweep.workers = {3, 5};
  std::vector<Point> const points = expand(sweep);
  ASSERT_EQ(points.size(), 8u);
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_EQ(std::get<Exponential>(points[i].law).rate, i < 4 ? 1.0 : 2.0);
    EXPECT_EQ(points[i].strategy.index(), sweep.strategies[i / 2 % 2].index());
    EXPECT_EQ(points[i].workers, i % 2 == 0 ? 3u : 5u);
  }
}

TEST(StreamOf, IsTheWorkersUnlessDrawsAreCommon) {
  Sweep sweep;
  sweep.seed = 99;
  EXPECT_EQ(stream_of(sweep, 17).id, 17u);
  EXPECT_EQ(stream_of(sweep, 17).seed, 99u);
  sweep.draws = Draws::common;
  EXPECT_EQ(stream_of(sweep, 17).id, 0u);
}

TEST(Rank, IsWhomTheServerWaitsFor) {
  Law const law = Exponential{};
  EXPECT_EQ(rank(Sync{}, law, 20), 20u);
  EXPECT_EQ(rank(Fastest{}, law, 20), 1u);
  EXPECT_EQ(rank(Async{}, law, 20), 1u);  // without memory, the next arrival is the smallest of fresh delays
}

TEST(Gradients, AreTheMiniBatchesOfAnUpdate) {
  EXPECT_EQ(gradients(Sync{}, 20), 20u);
  EXPECT_EQ(gradients(Fastest{}, 20), 1u);
  EXPECT_EQ(gradients(Async{}, 20), 1u);
}

}  // namespace
}  // namespace dsgd
