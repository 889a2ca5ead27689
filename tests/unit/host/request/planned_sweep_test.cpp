#include "request/planned_sweep.hpp"

#include <gtest/gtest.h>

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
  request.sweep.fleets = {Fleet(Law{Lognormal{0, 8}}), Fleet(Law{Exponential{}})};
  PlannedSweep const planned = plan_sweep(std::move(request));
  ASSERT_EQ(planned.warnings.size(), 2u);
  EXPECT_EQ(planned.warnings[0], "2 of 8 points left out: k of k-sync is in [1, m]");
  EXPECT_NE(planned.warnings[1].find("too heavy a tail"), std::string::npos) << planned.warnings[1];
}

TEST(PlanSweep, NamesStrategiesWithoutCommunication) {
  SweepRequest request = request_of({Sync{}, Async{}}, {2});
  request.sweep.communication = ConstantCommunication{1};
  PlannedSweep const planned = plan_sweep(std::move(request));
  ASSERT_EQ(planned.warnings.size(), 1u);
  EXPECT_NE(planned.warnings[0].find("is not added under async ("), std::string::npos);
}

TEST(PlanSweep, RefusesASweepOfWhichNothingRemains) {
  expect_error(ExitCode::usage, "no point remains", [] {
    plan_sweep(request_of({KSync{Share{9}}}, {2, 4}));
  });
  SweepRequest heavy = request_of({Sync{}}, {4});
  heavy.sweep.fleets = {Fleet(Law{Lognormal{0, 8}})};
  expect_error(ExitCode::usage, "too heavy a tail", [&] { plan_sweep(heavy); });
}

}  // namespace
}  // namespace dsgd
