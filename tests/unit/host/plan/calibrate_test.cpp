#include "plan/calibrate.hpp"

#include <gtest/gtest.h>

#include "dsgd/engine/block_queue.hpp"
#include "dsgd/sweep.hpp"

namespace dsgd {
namespace {

/// Takes a given time per run and per draw, by a clock of its own.
class SlowEngine final : public Engine {
 public:
  void run(std::span<Work const> work) override {
    seconds += 1e-3;
    for (Work const& piece : work)
      seconds += 5e-8 * draws_per_unit(*piece.batch) * static_cast<double>(piece.iterations.count);
  }
  std::string device() const override { return "none"; }

  double seconds = 0;
};

struct Grouped {
  std::vector<PlannedPoint> points;
  std::vector<PlannedGroup> groups;
};

Grouped grouped(std::vector<Strategy> strategies, std::vector<std::uint64_t> workers) {
  Sweep sweep;
  sweep.strategies = std::move(strategies);
  sweep.workers = std::move(workers);
  sweep.iterations = 1000;
  Grouped result{plan_points(expand(sweep)), {}};
  result.groups = planned_groups(result.points, whole_work(result.points));
  return result;
}

TEST(DrawGroups, HoldPointsThatShareDraws) {
  Grouped const sweep = grouped({Sync{}, Fastest{}, LocalSgd{2, 0}}, {3, 5});
  ASSERT_EQ(sweep.groups.size(), 4u);  // two of maxima and minima, two of sums
  EXPECT_EQ(sweep.groups[0].points, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(sweep.groups[0].draws(), 3000);
  EXPECT_EQ(sweep.groups[1].draws_per_unit, 5);
  EXPECT_EQ(sweep.groups[2].draws_per_unit, 6);
  EXPECT_EQ(sweep.groups[3].points, (std::vector<std::size_t>{5}));
}

TEST(TypicalGroups, AreTheEndsAndSomeBetween) {
  std::vector<std::uint64_t> workers(1000);
  for (std::size_t i = 0; i < workers.size(); ++i) workers[i] = i + 1;
  Grouped const sweep = grouped({Sync{}, LocalSgd{2, 0}}, workers);
  std::vector<PlannedGroup const*> const typical = typical_groups(sweep.groups);
  EXPECT_EQ(typical.size(), 10u);
  EXPECT_EQ(typical.front()->draws_per_unit, 1);
  EXPECT_EQ(typical[4]->draws_per_unit, 1000);
  EXPECT_EQ(typical.back()->draws_per_unit, 2000);
}

/// The millisecond that each run takes, too, is no part of it.
TEST(Calibrate, MeasuresTheTimePerDrawAndNotThatPerRun) {
  Grouped const sweep = grouped({Sync{}}, {50});
  SlowEngine engine;
  Speed const speed = calibrate(engine, sweep.points, sweep.groups, 0.05, [&] { return engine.seconds; });
  EXPECT_NEAR(*speed.seconds(sweep.groups.front()), 5e-8 * 50'000, 1e-12);
  EXPECT_LT(engine.seconds, 0.1);
}

}  // namespace
}  // namespace dsgd
