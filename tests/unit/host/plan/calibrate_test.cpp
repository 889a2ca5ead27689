#include "plan/calibrate.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "dsgd/block_queue.hpp"
#include "dsgd/sweep.hpp"

namespace dsgd {
namespace {

/// Takes a given time per run, per piece and per draw.
class SlowEngine final : public Engine {
 public:
  void run(std::span<Work const> work) override {
    std::chrono::duration<double> time(1e-3);
    for (Work const& piece : work)
      time += std::chrono::duration<double>(5e-8 * draws_per_unit(*piece.batch) *
                                            static_cast<double>(piece.iterations.count));
    auto const end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) std::this_thread::yield();
  }
  std::string device() const override { return "none"; }
};

struct Grouped {
  std::vector<Point> points;
  std::vector<Observable> observables;
  std::vector<PlannedGroup> groups;
};

Grouped grouped(std::vector<Strategy> strategies, std::vector<std::uint64_t> workers) {
  Sweep sweep;
  sweep.strategies = std::move(strategies);
  sweep.workers = std::move(workers);
  sweep.iterations = 1000;
  Grouped result{expand(sweep), {}, {}};
  for (Point const& point : result.points) result.observables.push_back(observable(point));
  result.groups = planned_groups(result.points, result.observables);
  return result;
}

TEST(PlannedGroups, HoldPointsThatShareDraws) {
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

/// Half as fast as it is, or twice, would be noticed, and a millisecond per run too.
TEST(Calibrate, MeasuresTheTimePerDrawAndNotThatPerRun) {
  Grouped const sweep = grouped({Sync{}}, {50});
  SlowEngine engine;
  double best = 1;  // of three: others may keep the machine busy
  for (int i = 0; i < 3; ++i)
    best = std::min(
        best,
        *calibrate(engine, {1, 0}, sweep.observables, sweep.groups, 0.05).seconds(sweep.groups.front()));
  EXPECT_GT(best, 0.6 * 5e-8 * 50'000);
  EXPECT_LT(best, 1.6 * 5e-8 * 50'000);
}

}  // namespace
}  // namespace dsgd
