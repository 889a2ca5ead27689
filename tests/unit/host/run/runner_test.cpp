#include "run/runner.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "dsgd/sweep.hpp"
#include "engines/cpu/cpu.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/definition/reference.hpp"
#include "spec/spec.hpp"
#include "statistics/estimate.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

Sweep small_sweep(Draws draws) {
  Sweep sweep;
  sweep.fleets = {Law{Exponential{2.0}}, Law{Exponential{0.1}}};
  sweep.strategies = {Sync{}, Async{}, Fastest{}};
  sweep.workers = {1, 2, 5, 8};
  sweep.iterations = 1001;
  sweep.draws = draws;
  return sweep;
}

class RunnerDraws : public testing::TestWithParam<Draws> {};

TEST_P(RunnerDraws, SlicesNeverChangeAResult) {
  std::vector<PlannedPoint> const points = plan_points(expand(small_sweep(GetParam())));
  std::vector<Summary> const expected = run(points, *make_reference_engine(), {}).summaries;
  for (double const slice_seconds : {0.0, 1e-6, 1e-4, 10.0})
    EXPECT_EQ(run(points, *make_cpu_engine(2, choose_instruction_set(), 64), {.slice_seconds = slice_seconds})
                  .summaries,
              expected);
}

INSTANTIATE_TEST_SUITE_P(Draws, RunnerDraws, testing::Values(Draws::independent, Draws::common));

/// Points that differ only in law or strategy share their draws.
TEST(Run, CountsSharedDrawsOnce) {
  EXPECT_EQ(run(plan_points(expand(small_sweep(Draws::independent))), *make_cpu_engine(1), {}).draws,
            1001.0 * (1 + 2 + 5 + 8));
  EXPECT_EQ(run(plan_points(expand(small_sweep(Draws::common))), *make_cpu_engine(1), {}).draws, 1001.0 * 8);
}

bool same_kind(Point const& a, Point const& b) {
  return fleet_spec(a) == fleet_spec(b) && canonical_spec(a.strategy) == canonical_spec(b.strategy);
}

TEST(Run, AddingAPointChangesNoOther) {
  Sweep sweep = small_sweep(Draws::independent);
  std::vector<PlannedPoint> const few = plan_points(expand(sweep));
  std::vector<Summary> const before = run(few, *make_cpu_engine(2), {}).summaries;
  sweep.workers = {1, 2, 3, 5, 8, 13};
  std::vector<PlannedPoint> const many = plan_points(expand(sweep));
  std::vector<Summary> const after = run(many, *make_cpu_engine(2), {}).summaries;
  std::size_t found = 0;
  for (std::size_t i = 0; i < few.size(); ++i)
    for (std::size_t j = 0; j < many.size(); ++j)
      if (few[i].point().workers() == many[j].point().workers() &&
          same_kind(few[i].point(), many[j].point())) {
        EXPECT_EQ(before[i], after[j]);
        ++found;
      }
  EXPECT_EQ(found, few.size());
}

TEST(Run, ReportsProgressUpToTheEnd) {
  std::vector<PlannedPoint> const points = plan_points(expand(small_sweep(Draws::independent)));
  double last = 0;
  std::size_t points_done = 0;
  run(points, *make_cpu_engine(1),
      {.report =
           [&](Progress const& progress) {
             EXPECT_GT(progress.draws_done, last);
             EXPECT_EQ(progress.points, points.size());
             EXPECT_EQ(progress.draws, 1001.0 * 16);
             last = progress.draws_done;
             points_done = progress.points_done;
           },
       .slice_seconds = 1e-5});
  EXPECT_EQ(last, 1001.0 * 16);
  EXPECT_EQ(points_done, points.size());
}

/// Notes which iterations it is asked for, and takes no time over them.
class NotingEngine final : public Engine {
 public:
  void run(std::span<Work const> work) override {
    for (Work const& piece : work) {
      EXPECT_EQ(piece.iterations.first, next_[piece.batch]) << "iterations come in order, none twice";
      next_[piece.batch] += piece.iterations.count;
      for (Summary& summary : piece.summaries) summary.iterations += piece.iterations.count;
    }
  }
  std::string device() const override { return "none"; }

 private:
  std::map<Batch const*, std::uint64_t> next_;
};

TEST(CountDraws, CountsSharedAndSeparateDrawsAndRuntimes) {
  std::vector<PlannedPoint> points;
  for (std::uint32_t const workers : {3u, 20u})
    for (Strategy const& strategy : {Strategy(Sync{}), Strategy(Fastest{})})
      points.emplace_back(Point{{Exponential{}, workers}, strategy, 1000, {1, 0}});
  DrawCounts const counts = count_draws(points);
  EXPECT_EQ(counts.shared, 20'000);
  EXPECT_EQ(counts.separate, 23'000);
  EXPECT_EQ(counts.runtimes, 4000);
}

/// m x iterations around 2^32, 2^53, 2^63, 2^64 and at the limit, 2^74: counted and sliced, not run.
TEST(Run, AddressesEveryAcceptedSize) {
  struct Size {
    std::uint32_t workers;
    std::uint64_t iterations;
  };
  for (Size const size : {Size{1, (1ull << 32) - 1}, Size{1, 1ull << 32}, Size{1, (1ull << 32) + 1},
                          Size{8, 1ull << 50}, Size{(1u << 13) + 1, (1ull << 50) - 1},
                          Size{(1u << 14) + 1, 1ull << 50}, Size{max_workers, max_iterations}}) {
    NotingEngine engine;
    PlannedPoint const point({{Exponential{}, size.workers}, Sync{}, size.iterations, {1, size.workers}});
    RunResult const result = run(std::span(&point, 1), engine, {.slice_seconds = 1e9});
    EXPECT_EQ(result.summaries[0].iterations, size.iterations);
    EXPECT_EQ(result.draws, static_cast<double>(size.workers) * static_cast<double>(size.iterations));
  }
}

/// Stops a run after so many slices, and returns what was saved of it.
std::vector<PointWork> interrupted(std::vector<PlannedPoint> const& points, std::vector<PointWork> work,
                                   int slices, std::optional<double> relative_error = {}) {
  std::vector<PointWork> saved = work;
  auto const save = [&](std::span<std::size_t const> numbers, std::span<PointWork const> done) {
    for (std::size_t const i : numbers) saved[i] = done[i];
  };
  run(points, std::move(work), *make_cpu_engine(1),
      {.slice_seconds = 1e-6,
       .stop = [&] { return slices-- == 0; },
       .relative_error = relative_error,
       .save = save});
  return saved;
}

Sweep mixed_sweep() {
  Sweep sweep = small_sweep(Draws::independent);
  sweep.strategies = {Sync{}, Async{}, Fastest{}, KAsync{Share{2}}};
  sweep.fleets = {Law{ShiftedExponential{1, 1}}, Law{Exponential{2}}};
  sweep.workers = {2, 5, 8};
  sweep.quantiles = true;
  return sweep;
}

TEST(Run, GoesOnFromWhatWasSavedToTheSameSummaries) {
  std::vector<PlannedPoint> const points = plan_points(expand(mixed_sweep()));
  std::vector<Summary> const expected = run(points, *make_cpu_engine(1), {}).summaries;
  for (int const slices : {0, 1, 2, 5, 11}) {
    std::vector<PointWork> work = whole_work(points);
    for (int times = 0; times < 4; ++times) work = interrupted(points, work, slices);
    EXPECT_EQ(run(points, work, *make_cpu_engine(2), {}).summaries, expected);
  }
}

TEST(Run, LeavesPointsAloneThatAreDone) {
  std::vector<PlannedPoint> const points = plan_points(expand(small_sweep(Draws::independent)));
  std::vector<PointWork> work = whole_work(points);
  std::vector<Summary> const all = run(points, *make_cpu_engine(1), {}).summaries;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i].point().workers() == 8) continue;
    work[i].done = work[i].units.count;
    work[i].summary = all[i];
  }
  RunResult const result = run(points, work, *make_cpu_engine(1), {});
  EXPECT_EQ(result.summaries, all);
  EXPECT_EQ(result.draws, 1001.0 * 8);
}

TEST(Run, OfShardsAddsUpToTheWhole) {
  std::vector<PlannedPoint> const points = plan_points(expand(mixed_sweep()));
  std::vector<Summary> const expected = run(points, *make_cpu_engine(1), {}).summaries;
  std::vector<Summary> sums(points.size());
  for (std::uint64_t const first : {0u, 10u, 20u}) {
    std::vector<PointWork> work = whole_work(points);
    for (PointWork& one : work) {
      std::uint64_t const units = one.units.count;
      one.units = {first, first == 20 ? units - 20 : 10};
    }
    std::vector<Summary> const part = run(points, work, *make_cpu_engine(1), {}).summaries;
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i].merge(part[i]);
  }
  EXPECT_EQ(sums, expected);
}

TEST(Run, SavesInTheEndAndWhenStopped) {
  std::vector<PlannedPoint> const points = plan_points(expand(small_sweep(Draws::independent)));
  std::vector<PointWork> saved(points.size());
  auto const save = [&](std::span<std::size_t const> numbers, std::span<PointWork const> done) {
    for (std::size_t const i : numbers) saved[i] = done[i];
  };
  std::vector<Summary> const all = run(points, *make_cpu_engine(1), {.save = save}).summaries;
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_EQ(saved[i].done, 1001u);
    EXPECT_EQ(saved[i].summary, all[i]);
  }
  RunResult const stopped = run(points, *make_cpu_engine(1), {.stop = [] { return true; }});
  EXPECT_FALSE(stopped.complete);
  EXPECT_EQ(stopped.draws, 0);
}

/// The same whatever the slices and interruptions, and each point by itself: those of one group share draws.
TEST(Run, StopsEachPointAtItsPrecision) {
  Sweep sweep = mixed_sweep();
  sweep.iterations = 2'000'000;
  sweep.workers = {5};
  sweep.quantiles = false;
  std::vector<PlannedPoint> const points = plan_points(expand(sweep));
  constexpr double wanted = 0.01;
  std::vector<Summary> const expected =
      run(points, *make_cpu_engine(2), {.relative_error = wanted}).summaries;
  std::set<std::uint64_t> iterations;
  for (std::size_t i = 0; i < points.size(); ++i) {
    auto const interval = mean_interval(points[i], expected[i]);
    EXPECT_LT(interval->half_width(), wanted * interval->mean);
    iterations.insert(expected[i].iterations);
  }
  EXPECT_GT(iterations.size(), 3u);
  EXPECT_EQ(
      run(points, *make_reference_engine(), {.slice_seconds = 1e-4, .relative_error = wanted}).summaries,
      expected);
  for (int const slices : {1, 3, 10}) {
    std::vector<PointWork> work = whole_work(points);
    for (int times = 0; times < 5; ++times) work = interrupted(points, work, slices, wanted);
    EXPECT_EQ(run(points, work, *make_cpu_engine(2), {.relative_error = wanted}).summaries, expected);
  }
}

TEST(Run, CountsPointsThatStopEarlyAsDone) {
  Sweep sweep = small_sweep(Draws::common);
  sweep.iterations = 100'000;
  std::vector<PlannedPoint> const points = plan_points(expand(sweep));
  Progress last{};
  run(points, *make_cpu_engine(1),
      {.report = [&](Progress const& progress) { last = progress; }, .relative_error = 0.05});
  EXPECT_EQ(last.points_done, points.size());
  EXPECT_EQ(last.draws_done, last.draws);
  EXPECT_LT(last.draws, 100'000.0 * 8);
}

}  // namespace
}  // namespace dsgd
