#include "runner.hpp"

#include <gtest/gtest.h>

#include <map>

#include "dsgd/sweep.hpp"
#include "engines/cpu/cpu.hpp"
#include "engines/cpu/isa.hpp"
#include "engines/reference.hpp"
#include "spec.hpp"

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
  std::vector<Point> const points = expand(small_sweep(GetParam()));
  std::vector<Summary> const expected = run(points, *make_reference_engine(), {}).summaries;
  for (double const slice_seconds : {0.0, 1e-6, 1e-4, 10.0})
    EXPECT_EQ(
        run(points, *make_cpu_engine(2, choose_kernels(), 64), {.slice_seconds = slice_seconds}).summaries,
        expected);
}

INSTANTIATE_TEST_SUITE_P(Draws, RunnerDraws, testing::Values(Draws::independent, Draws::common));

/// Points that differ only in law or strategy share their draws.
TEST(Run, CountsSharedDrawsOnce) {
  EXPECT_EQ(run(expand(small_sweep(Draws::independent)), *make_cpu_engine(1), {}).draws,
            1001.0 * (1 + 2 + 5 + 8));
  EXPECT_EQ(run(expand(small_sweep(Draws::common)), *make_cpu_engine(1), {}).draws, 1001.0 * 8);
}

bool same_kind(Point const& a, Point const& b) {
  return canonical_spec(a.law) == canonical_spec(b.law) &&
         canonical_spec(a.strategy) == canonical_spec(b.strategy);
}

TEST(Run, AddingAPointChangesNoOther) {
  Sweep sweep = small_sweep(Draws::independent);
  std::vector<Point> const few = expand(sweep);
  std::vector<Summary> const before = run(few, *make_cpu_engine(2), {}).summaries;
  sweep.workers = {1, 2, 3, 5, 8, 13};
  std::vector<Point> const many = expand(sweep);
  std::vector<Summary> const after = run(many, *make_cpu_engine(2), {}).summaries;
  std::size_t found = 0;
  for (std::size_t i = 0; i < few.size(); ++i)
    for (std::size_t j = 0; j < many.size(); ++j)
      if (few[i].workers == many[j].workers && same_kind(few[i], many[j])) {
        EXPECT_EQ(before[i], after[j]);
        ++found;
      }
  EXPECT_EQ(found, few.size());
}

TEST(Run, ReportsProgressUpToTheEnd) {
  std::vector<Point> const points = expand(small_sweep(Draws::independent));
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
  std::vector<Point> points;
  for (std::uint32_t const workers : {3u, 20u})
    for (Strategy const& strategy : {Strategy(Sync{}), Strategy(Fastest{})})
      points.push_back({Exponential{}, strategy, workers, 1000, {1, 0}});
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
    Point const point{Exponential{}, Sync{}, size.workers, size.iterations, {1, size.workers}};
    RunResult const result = run(std::span(&point, 1), engine, {.slice_seconds = 1e9});
    EXPECT_EQ(result.summaries[0].iterations, size.iterations);
    EXPECT_EQ(result.draws, static_cast<double>(size.workers) * static_cast<double>(size.iterations));
  }
}

}  // namespace
}  // namespace dsgd
