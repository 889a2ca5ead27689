#include "request/planned_sweep.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "support/expect_error.hpp"

namespace dsgd {
namespace {

SweepRequest request_of(std::vector<Strategy> strategies, std::vector<std::uint64_t> workers) {
  SweepRequest request;
  request.sweep.strategies = std::move(strategies);
  request.sweep.workers = std::move(workers);
  return request;
}

TEST(PlanSweep, SaysNothingWhereNothingIsLeftOut) {
  PlannedSweep const planned = plan_sweep(request_of({Sync{}, Fastest{}}, {2, 4}));
  EXPECT_EQ(planned.points.size(), 4u);
  EXPECT_TRUE(planned.warnings.empty());
}

TEST(PlanSweep, SaysWhyPointsAreLeftOut) {
  SweepRequest request = request_of({Sync{}, KSync{Share{3}}}, {2, 4});
  request.sweep.fleets = {SweptFleet(Law{Lognormal{0, 8}}), SweptFleet(Law{Exponential{}})};
  PlannedSweep const planned = plan_sweep(std::move(request));
  ASSERT_EQ(planned.warnings.size(), 2u);
  EXPECT_EQ(planned.warnings[0], "2 of 8 points left out: k of k-sync is in [1, m]");
  EXPECT_NE(planned.warnings[1].find("too heavy a tail"), std::string::npos) << planned.warnings[1];
}

TEST(PlanSweep, LeavesOutCopiesThatWereNotMeasured) {
  Replay steps;
  steps.set_times(2, {1, 4, 2, 8, 3, 5});
  SweepRequest request = request_of({Sync{}, Deadline{4}, Speculate{2}}, {2});
  request.sweep.fleets = {SweptFleet(Fleet(std::make_shared<Replay const>(steps)))};
  PlannedSweep const planned = plan_sweep(std::move(request));
  EXPECT_EQ(planned.points.size(), 2u);
  ASSERT_EQ(planned.warnings.size(), 1u);
  EXPECT_NE(planned.warnings[0].find("a measured step has no times of copies"), std::string::npos)
      << planned.warnings[0];
}

/// A start in the middle of slow jobs is not known: where these outlast every warm-up, a mean would be too small.
TEST(PlanSweep, RefusesSlowJobsThatOutlastEveryWarmUp) {
  SweepRequest request = request_of({Async{}, KBatchAsync{Share{2}}, Ssp{1}}, {8});
  for (bool const served : {false, true}) {
    if (served) request.sweep.server = Law{Constant{1e-3}};
    request.sweep.stragglers = Stragglers{0.01, 0.5, 1e4};
    expect_error(ExitCode::usage, "factor=10000 has no long-run mean that can be found",
                 [&] { plan_sweep(request); });
    request.sweep.stragglers->factor = 3000;
    EXPECT_EQ(plan_sweep(request).points.size(), 3u) << served;
  }
  request.sweep.server.reset();
  request.sweep.strategies = {Sync{}, KSync{Share{2}}};  // every update begins all workers anew
  request.sweep.stragglers->factor = 1e4;
  EXPECT_EQ(plan_sweep(request).points.size(), 2u);
}

TEST(PlanSweep, NamesStrategiesWithoutCommunication) {
  SweepRequest request = request_of({Sync{}, Async{}}, {2});
  request.sweep.communication = ConstantCommunication{1};
  PlannedSweep const planned = plan_sweep(std::move(request));
  ASSERT_EQ(planned.warnings.size(), 1u);
  EXPECT_NE(planned.warnings[0].find("is not added under async ("), std::string::npos);
}

TEST(PlanSweep, SaysWhereMaximaAreThoseOfTheSample) {
  Empirical measured;
  measured.set_values({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20});
  SweepRequest request = request_of({Sync{}, Fastest{}}, {2, 3});
  request.sweep.fleets = {SweptFleet(Law{measured})};
  PlannedSweep const planned = plan_sweep(request);
  ASSERT_EQ(planned.warnings.size(), 1u);
  EXPECT_TRUE(
      planned.warnings[0].starts_with("1 of 4 points wait for the slowest of more than a tenth of the "
                                      "measured times there are, first 3 workers with 20 times"))
      << planned.warnings[0];
}

TEST(PlanSweep, RefusesASweepOfWhichNothingRemains) {
  expect_error(ExitCode::usage, "no point remains", [] {
    plan_sweep(request_of({KSync{Share{9}}}, {2, 4}));
  });
  SweepRequest heavy = request_of({Sync{}}, {4});
  heavy.sweep.fleets = {SweptFleet(Law{Lognormal{0, 8}})};
  expect_error(ExitCode::usage, "too heavy a tail", [&] { plan_sweep(heavy); });
}

}  // namespace
}  // namespace dsgd
