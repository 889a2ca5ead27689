#include "dsgd/strategy/list.hpp"

#include <gtest/gtest.h>

namespace dsgd {
namespace {

Law const memoryless = Exponential{};

std::uint64_t rank_of(Strategy const& strategy, std::uint64_t workers) {
  return std::get<OrderStatistic>(runtime(strategy, memoryless, workers)).rank;
}

TEST(Runtime, IsTheWorkerWhomTheServerWaitsFor) {
  EXPECT_EQ(rank_of(Sync{}, 20), 20u);
  EXPECT_EQ(rank_of(Fastest{}, 20), 1u);
  EXPECT_EQ(rank_of(Async{}, 20), 1u);  // without memory, the next arrival is the smallest of fresh delays
  EXPECT_EQ(rank_of(KSync{Share{7}}, 20), 7u);
  EXPECT_EQ(rank_of(KAsync{Share{7}}, 20), 7u);
  EXPECT_EQ(rank_of(Backup{Share{3}}, 20), 17u);
  EXPECT_EQ(rank_of(GradientCoding{Share{3}}, 20), 17u);
}

TEST(Runtime, OfBatchesFollowsClocksUnderAnyLaw) {
  auto const sync = std::get<Clocks>(runtime(KBatchSync{Share{9}}, memoryless, 5));
  EXPECT_TRUE(std::holds_alternative<clock_rule::Restart>(sync.rule));
  EXPECT_EQ(sync.gradients, 9u);
  auto const async = std::get<Clocks>(runtime(KBatchAsync{Share{9}}, memoryless, 5));
  EXPECT_TRUE(std::holds_alternative<clock_rule::Arrivals>(async.rule));
  EXPECT_EQ(async.gradients, 9u);
}

TEST(Runtime, OfLocalSgdAddsDelays) {
  EXPECT_EQ(std::get<SlowestSum>(runtime(LocalSgd{8, 0.5}, memoryless, 5)).steps, 8u);
}

TEST(Gradients, AreTheMiniBatchesOfAnUpdate) {
  EXPECT_EQ(gradients(Sync{}, 20), 20u);
  EXPECT_EQ(gradients(Fastest{}, 20), 1u);
  EXPECT_EQ(gradients(Async{}, 20), 1u);
  EXPECT_EQ(gradients(KSync{Share{7}}, 20), 7u);
  EXPECT_EQ(gradients(Backup{Share{3}}, 20), 17u);
  EXPECT_EQ(gradients(KBatchSync{Share{30}}, 20), 30u);
  EXPECT_EQ(gradients(KAsync{Share{7}}, 20), 7u);
  EXPECT_EQ(gradients(KBatchAsync{Share{30}}, 20), 30u);
  EXPECT_EQ(gradients(LocalSgd{8, 0.5}, 20), 20u);
  EXPECT_EQ(gradients(GradientCoding{Share{3}}, 20), 1u);
}

TEST(Scale, OfGradientCodingIsTheShareOfTheDataThatAWorkerCarries) {
  EXPECT_EQ(scale(GradientCoding{Share{3}}, 16), 0.25);
  EXPECT_EQ(scale(Sync{}, 16), 1.0);
}

}  // namespace
}  // namespace dsgd
