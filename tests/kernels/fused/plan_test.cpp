#include "kernels/fused/plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "dsgd/error.hpp"
#include "dsgd/observable.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/points.hpp"

namespace dsgd::kernels {
namespace {

Observable of(double rate, Strategy const& strategy, std::uint32_t workers) {
  return observable({{Exponential{rate}, workers}, strategy, 1, {1, 0}});
}

TEST(PlanFleets, NumbersKindsAndSharesThem) {
  std::vector<Observable> const observables{of(1, Sync{}, 4),  of(1, Fastest{}, 4), of(2, Sync{}, 4),
                                            of(1, Async{}, 4), of(1, Sync{}, 7),    of(1, Sync{}, 7)};
  std::vector<PlannedFleet> const fleets = plan_fleets(observables);
  ASSERT_EQ(fleets.size(), 2u);
  EXPECT_EQ(fleets[0].workers, 4u);
  ASSERT_EQ(fleets[0].kinds.size(), 3u);
  EXPECT_EQ(fleets[0].kinds[1].observables, (std::vector<std::size_t>{1, 3}));
  EXPECT_EQ(fleets[0].kinds[1].rank, 1u);
  EXPECT_EQ(fleets[1].workers, 7u);
  ASSERT_EQ(fleets[1].kinds.size(), 1u);
  EXPECT_EQ(fleets[1].kinds[0].observables, (std::vector<std::size_t>{4, 5}));
  EXPECT_EQ(fleets[1].kinds[0].number, 3u);
}

TEST(PlanFleets, QuantaAreNotShared) {
  std::vector<Observable> observables{of(1, Sync{}, 4), of(1, Sync{}, 4)};
  ++observables[1].quantum_exponent;
  EXPECT_EQ(plan_fleets(observables)[0].kinds.size(), 2u);
}

TEST(PlanFleets, HistogramsAreNotShared) {
  std::vector<Observable> observables{of(1, Sync{}, 4), of(1, Sync{}, 4)};
  observables[1].histogram = true;
  EXPECT_EQ(plan_fleets(observables)[0].kinds.size(), 2u);
}

TEST(PlanFleets, KnowsRanksAndSums) {
  std::vector<Observable> const ranks{of(1, KSync{Share{3}}, 9), of(1, Sync{}, 9), of(2, KSync{Share{3}}, 9),
                                      of(1, Backup{Share{6}}, 9)};
  std::vector<PlannedFleet> const fleets = plan_fleets(ranks);
  ASSERT_EQ(fleets.size(), 1u);
  EXPECT_EQ(fleets[0].ranks(), (std::vector<std::uint64_t>{3, 9}));
  EXPECT_TRUE(fleets[0].has_extremes());
  EXPECT_FALSE(fleets[0].is_extreme(fleets[0].kinds[0]));
  EXPECT_EQ(fleets[0].kinds[0].observables, (std::vector<std::size_t>{0, 3}));
  std::vector<Observable> const sums{of(1, LocalSgd{3, 0}, 9), of(1, LocalSgd{4, 0}, 9),
                                     of(1, LocalSgd{3, 1}, 9)};
  std::vector<PlannedFleet> const added = plan_fleets(sums);
  ASSERT_EQ(added[0].kinds.size(), 2u);
  EXPECT_EQ(added[0].kinds[0].steps, 3u);
  EXPECT_EQ(added[0].kinds[0].observables, (std::vector<std::size_t>{0, 2}));
}

TEST(PlanSelections, FindsThoseNearAnEndTogether) {
  std::vector<Observable> observables;
  for (std::uint32_t k = 1; k <= 20; ++k) observables.push_back(of(1, KSync{Share{k}}, 20));
  PlannedFleet const fleet = plan_fleets(observables)[0];
  std::vector<PlannedSelection> const selections = plan_selections(fleet);
  ASSERT_EQ(selections.size(), 6u);
  std::vector<std::uint64_t> ranks;
  for (PlannedSelection const& selection : selections) {
    EXPECT_TRUE(std::is_sorted(selection.places.begin(), selection.places.end()));
    EXPECT_TRUE(selection.places.size() == 1 || selection.places.back() <= most_words);
    for (std::size_t p = 0; p < selection.places.size(); ++p) ranks.push_back(selection.rank(p, 20));
  }
  std::sort(ranks.begin(), ranks.end());
  EXPECT_EQ(ranks.size(), 18u);
  for (std::size_t i = 0; i < ranks.size(); ++i) EXPECT_EQ(ranks[i], i + 2);
  EXPECT_EQ(selections.back().places, (std::vector<std::uint32_t>{2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(selections.back().end, Extreme::fastest);
}

TEST(PlanFleets, KnowsClocks) {
  std::vector<Observable> observables{of(1, KBatchAsync{Share{2}}, 4), of(1, KBatchSync{Share{2}}, 4),
                                      of(1, KBatchAsync{Share{2}}, 4), of(1, KBatchAsync{Share{3}}, 4),
                                      of(1, KBatchAsync{Share{2}}, 4), of(1, KBatchAsync{Share{2}}, 4)};
  ++observables[4].plan.updates;
  ++observables[5].groups[0].offset_ticks;
  std::vector<PlannedFleet> const fleets = plan_fleets(observables);
  ASSERT_EQ(fleets.size(), 1u);
  ASSERT_EQ(fleets[0].kinds.size(), 5u);
  PlannedKind const &arrivals = fleets[0].kinds[0], &restart = fleets[0].kinds[1];
  EXPECT_EQ(arrivals.observables, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(arrivals.rank, 0u);
  EXPECT_EQ(arrivals.clocks->clocks.gradients, 2u);
  EXPECT_NE(arrivals.clocks->residuals, nullptr);
  EXPECT_EQ(restart.clocks->residuals, nullptr) << "all workers begin a job";
}

TEST(PlanFleets, RefusesClocksThatPassAServer) {
  Point const point = served_clocks();
  std::vector<Observable> const observables{observable(point)};
  expect_error(ExitCode::usage, "--engine cuda", [&] { plan_fleets(observables); });
}

/// The same times of single workers, in steps of another order.
TEST(PlanFleets, TellsReplayedStepsApart) {
  Point const point = replayed_steps_on_clocks();
  Replay turned;
  turned.set_times(2, {2, 8, 1, 4, 3, 5});
  Point other = point;
  other.fleet = Fleet(std::make_shared<Replay const>(turned));
  std::vector<Observable> const observables{observable(point), observable(other), observable(other)};
  std::vector<PlannedFleet> const fleets = plan_fleets(observables);
  ASSERT_EQ(fleets.size(), 1u);
  EXPECT_EQ(fleets[0].kinds.size(), 2u);
}

/// Kinds share one sum only where all their groups have the same delays, origins included.
TEST(PlanFleets, TellsClocksOfUnequalWorkersApart) {
  std::vector<Observable> observables(3, of(1, KBatchAsync{Share{2}}, 4));
  for (Observable& seen : observables)
    seen.groups.insert(seen.groups.begin(), {3, of(2, KBatchAsync{Share{2}}, 4).law(), 0, 0});
  observables[2].groups[1].offset_ticks += 1;
  std::vector<PlannedFleet> const fleets = plan_fleets(observables);
  ASSERT_EQ(fleets.size(), 1u);
  ASSERT_EQ(fleets[0].kinds.size(), 2u);
  EXPECT_EQ(fleets[0].kinds[0].observables, (std::vector<std::size_t>{0, 1}));
}

TEST(PlanFleets, KnowsUnequalWorkers) {
  std::vector<Observable> observables{of(1, Sync{}, 4), of(1, Sync{}, 4), of(1, Sync{}, 4),
                                      of(1, Sync{}, 4), of(1, Sync{}, 4), of(1, Fastest{}, 4)};
  LawSampler const fast = observables[0].law(), slow = of(2, Sync{}, 4).law();
  for (Observable& seen : observables) seen.groups = {{3, fast, 0, 0}, {4, slow, 0, 0}};
  observables[1].groups = {{4, fast, 0, 0}};
  observables[2].groups[0].end = 2;
  observables[3].groups[1].law = fast;
  observables[4].groups[1].offset = 0.5;
  std::vector<PlannedFleet> const fleets = plan_fleets(observables);
  ASSERT_EQ(fleets.size(), 1u);
  std::vector<PlannedKind> const& kinds = fleets[0].kinds;
  ASSERT_EQ(kinds.size(), 6u);
  EXPECT_TRUE(has_unequal_workers(fleets));
  EXPECT_FALSE(has_unequal_workers(plan_fleets({&observables[1], 1})));
  for (int i : {1, 2, 3, 4}) EXPECT_FALSE(kinds[0].has_delays_of(kinds[static_cast<std::size_t>(i)])) << i;
  EXPECT_TRUE(kinds[0].has_delays_of(kinds[5]));
}

TEST(PlanFleets, OfNothingIsNothing) { EXPECT_TRUE(plan_fleets({}).empty()); }

constexpr unsigned hopper = 132;  // multiprocessors

TEST(LaunchShape, HasAThreadForEveryIteration) {
  for (std::uint64_t iterations : {1u, 2u, 63u, 64u, 65u, 511u, 512u, 513u, 5000u, 1'000'000u}) {
    LaunchShape const shape = launch_shape(iterations, 2, 256, hopper);
    EXPECT_EQ(shape.threads % 32, 0u);
    EXPECT_LE(shape.threads, 256u);
    EXPECT_GE(std::uint64_t{2} * shape.blocks * shape.threads, iterations);
    EXPECT_LT(std::uint64_t{2} * (shape.blocks - 1) * shape.threads, iterations)
        << "a block has nothing to do";
  }
}

TEST(LaunchShape, IsBoundedForAnyNumberOfIterations) {
  LaunchShape const shape = launch_shape(std::uint64_t{1} << 31, 2, 256, hopper);
  EXPECT_EQ(shape.threads, 256u);
  EXPECT_EQ(shape.blocks, wanted_blocks(hopper));
}

TEST(SliceWorkers, AreWholeBlocksAndNoSliceIsEmpty) {
  for (std::uint32_t const workers : {1u, 4u, 5u, 1000u, 16777215u})
    for (unsigned const most : {1u, 2u, 3u, 100u, 65535u}) {
      std::uint32_t const slice = slice_workers(workers, most);
      EXPECT_EQ(slice % 4, 0u);
      std::uint32_t const slices = (workers + slice - 1) / slice;
      EXPECT_LE(slices, most);
      EXPECT_LT((slices - 1) * slice, workers);
    }
}

TEST(SliceCount, FillsTheDeviceWhereIterationsDoNot) {
  LaunchShape const few = launch_shape(1000, 2, 256, hopper);
  EXPECT_EQ(slice_count(1'000'000, few, hopper), 1'000'000u / 256);
  EXPECT_EQ(slice_count(max_workers, few, hopper), wanted_blocks(hopper) / few.blocks);
  EXPECT_EQ(slice_count(511, few, hopper), 1u) << "half a slice is none";
  EXPECT_EQ(slice_count(512, few, hopper), 2u);
  LaunchShape const many = launch_shape(100'000'000, 2, 256, hopper);
  EXPECT_EQ(slice_count(max_workers, many, hopper), 1u);
  EXPECT_EQ(slice_count(max_workers, launch_shape(1, 2, 256, 10'000), 10'000), 65535u) << "gridDim.y";
}

}  // namespace
}  // namespace dsgd::kernels
