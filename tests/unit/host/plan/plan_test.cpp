#include "plan/plan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "dsgd/sweep.hpp"
#include "plan/plan_text.hpp"
#include "support/expect_error.hpp"

namespace dsgd {
namespace {

std::vector<PlannedPoint> points_of(std::vector<Strategy> strategies, std::vector<std::uint64_t> workers,
                                    std::uint64_t iterations) {
  Sweep sweep;
  sweep.strategies = std::move(strategies);
  sweep.workers = std::move(workers);
  sweep.iterations = iterations;
  return plan_points(expand(sweep));
}

PlanRequest quick_request(std::string const& engine = "auto") {
  PlanRequest request{engine, {1}, {}};
  request.calibration_seconds = 0.02;
  return request;
}

EnginePlan const& plan_of(Plan const& plan, std::string_view engine) {
  return *std::find_if(plan.engines.begin(), plan.engines.end(),
                       [&](EnginePlan const& p) { return p.engine->name == engine; });
}

TEST(MakePlan, CountsDrawsAndBytes) {
  std::vector<PlannedPoint> const points = points_of({Sync{}, Fastest{}}, {3, 20}, 1000);
  Plan const plan = make_plan(points, quick_request());
  EXPECT_EQ(plan.points, 4u);
  EXPECT_EQ(plan.iterations, 1000u);
  EXPECT_EQ(plan.engines.size(), engine_table().size());
  EnginePlan const& materialized = plan_of(plan, "cpu-materialized");
  EXPECT_EQ(materialized.engine->draws(plan.draws), 23'000);
  EXPECT_EQ(materialized.engine->memory_traffic(plan.draws), 4 * 23'000 + 8 * 4000);
  EXPECT_EQ(materialized.memory, 1u << 18);
  EXPECT_EQ(plan_of(plan, "cpu").memory, 0u);
}

TEST(MakePlan, TimesWhatServesTheSweepAndSaysWhatDoesNot) {
  Plan const plan = make_plan(points_of({Sync{}, KSync{2}}, {8}, 1000), quick_request());
  for (EnginePlan const& engine : plan.engines)
    EXPECT_EQ(engine.seconds.has_value(), engine.problem.empty()) << engine.engine->name;
  EXPECT_GT(*plan_of(plan, "cpu").seconds, 0);
  EXPECT_NE(plan_of(plan, "cpu-materialized").problem.find("fastest and the slowest"), std::string::npos);
}

TEST(MakePlan, TimeGrowsWithTheSweep) {
  PlanRequest const request = quick_request("cpu");
  double const small = *make_plan(points_of({Sync{}}, {64}, 1'000'000), request).engines.front().seconds;
  double const large = *make_plan(points_of({Sync{}}, {64}, 1'000'000'000), request).engines.front().seconds;
  EXPECT_GT(large, 100 * small);  // 1000, on a quiet machine
}

TEST(MakePlan, GoesByABenchFile) {
  std::vector<PlannedPoint> const points = points_of({Sync{}}, {64}, 1'000'000);
  PlanRequest request = quick_request();
  request.bench = {{"cuda", "a GPU", 32, 1e12}, {"cuda", "a GPU", 128, 4e12}};
  EnginePlan const cuda = plan_of(make_plan(points, request), "cuda");
  EXPECT_TRUE(cuda.from_bench);
  EXPECT_EQ(cuda.device, "a GPU");
  EXPECT_NEAR(*cuda.seconds, 64e6 / 2e12, 1e-12);  // between the two, on a logarithmic scale
  EXPECT_EQ(cuda.problem, "");
}

TEST(MakePlan, ABenchFileTellsNothingOfClocks) {
  PlanRequest request = quick_request();
  request.bench = {{"cpu", "a machine", 32, 1e9}};
  std::vector<PlannedPoint> const points = points_of({KBatchAsync{2}}, {8}, 100);
  EnginePlan const cpu = plan_of(make_plan(points, request), "cpu");
  EXPECT_FALSE(cpu.seconds);
}

TEST(MakePlan, RefusesNamedEnginesAsASweepDoes) {
  std::vector<PlannedPoint> const points = points_of({KSync{2}}, {8}, 10);
  expect_error(ExitCode::usage, "cannot run this sweep",
               [&] { make_plan(points, quick_request("cpu-materialized")); });
  expect_error(ExitCode::usage, "unknown", [&] { make_plan(points, quick_request("gpu")); });
}

TEST(MakePlan, TenThousandPointsTakeLessThanASecond) {
  std::vector<std::uint64_t> workers(5000);
  for (std::size_t i = 0; i < workers.size(); ++i) workers[i] = i + 1;
  std::vector<PlannedPoint> const points = points_of({Sync{}, Async{}}, workers, 1'000'000);
  std::clock_t const start = std::clock();  // of this process: others may keep the machine busy
  Plan const plan = make_plan(points, {"auto", {1}, {}});
  double const seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  EXPECT_EQ(plan.points, 10'000u);
#ifdef NDEBUG
  EXPECT_LT(seconds, 1);
#else
  EXPECT_LT(seconds, 10);
#endif
}

TEST(PlanTable, SaysHowManyIterationsAreDoneWhereClocksAreFollowed) {
  std::vector<PlannedPoint> const points = points_of({KBatchSync{Share{2}}}, {8}, 1000);
  std::string const text = plan_table(make_plan(points, quick_request()), points);
  EXPECT_NE(text.find("1 point of 1000 to 1024 iterations"), std::string::npos) << text;
}

TEST(PlanTable, NamesEnginesAndPrecision) {
  std::vector<PlannedPoint> const points = points_of({Sync{}, KSync{2}}, {8}, 1000);
  std::string const text = plan_table(make_plan(points, quick_request()), points);
  for (char const* const part : {"2 points of 1000 iterations", "reference", "no: it keeps",
                                 "sync, 8 workers", "exact variances of 2"})
    EXPECT_NE(text.find(part), std::string::npos) << part << " in\n" << text;
}

}  // namespace
}  // namespace dsgd
