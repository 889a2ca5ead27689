/// How a run is cut into calls of the engine, and what of them is given up.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "dsgd/engine/block_queue.hpp"
#include "engines/cpu/cpu.hpp"
#include "engines/definition/reference.hpp"
#include "run/runner.hpp"

namespace dsgd {
namespace {

/// Takes a nanosecond a draw, by a clock of its own, and counts its calls.
class TimedEngine final : public Engine {
 public:
  void run(std::span<Work const> work) override {
    ++calls;
    for (Work const& piece : work)
      seconds += 1e-9 * draws_per_unit(*piece.batch) * static_cast<double>(piece.iterations.count);
  }
  std::string device() const override { return "none"; }

  double seconds = 0;
  int calls = 0;
};

int calls_of(std::vector<PlannedPoint> const& points) {
  TimedEngine engine;
  run(points, engine, {.now = [&] { return engine.seconds; }});
  return engine.calls;
}

TEST(Run, OfTwoPointsOfHalfTheLengthTakesHardlyMoreCallsOfTheEngine) {
  Point const whole{{Exponential{}, 20}, Sync{}, 150'000'000, {1, 20}};
  Point half = whole, other = whole;
  half.iterations = other.iterations = whole.iterations / 2;
  other.fleet = Fleet(Exponential{}, 21);
  other.stream.id = 21;
  int const calls = calls_of({PlannedPoint(whole)});
  EXPECT_GT(calls, 10);  // slices of 0.2 s of 3 s
  EXPECT_LT(calls, 25);
  EXPECT_LE(calls_of(plan_points({half, other})), 1.2 * calls);
}

/// Each save takes 5 ms: the next comes 250 ms later at the earliest, however often one is wanted.
TEST(Run, SpendsNoMoreThanTwoPercentOnSaving) {
  PlannedPoint const point({{Exponential{}, 1000}, Sync{}, 1'000'000'000, {1, 1000}});
  TimedEngine engine;
  int saves = 0;
  auto const save = [&](std::span<std::size_t const>, std::span<PointWork const>) {
    engine.seconds += 5e-3;
    ++saves;
  };
  run(std::span(&point, 1), engine,
      {.slice_seconds = 1e-3,
       .stop = [&] { return engine.seconds > 0.9; },
       .save = save,
       .save_seconds = 0,
       .now = [&] { return engine.seconds; }});
  EXPECT_EQ(saves, 5);  // the first, three later ones, and that of the end
}

/// One replication takes 10^9 arrivals.
TEST(Run, GivesUpAUnitThatTakesLong) {
  PlannedPoint const point(
      {{Gamma{2, 1}, 1000}, KBatchAsync{Share{1'000'000}}, 1ull << 32, clock_stream(1, 1000, false)});
  for (auto const& engine : {make_cpu_engine(2), make_reference_engine()}) {
    std::atomic<int> asked = 0;
    RunResult const result = run(std::span(&point, 1), *engine, {.stop = [&] { return ++asked > 5; }});
    EXPECT_FALSE(result.complete);
    EXPECT_TRUE(result.gave_up);
    EXPECT_EQ(result.summaries.front(), Summary{});
    EXPECT_EQ(result.draws, 0);
  }
}

/// The same for rounds of local SGD, of which one takes 10^9 draws.
TEST(Run, GivesUpARoundThatTakesLong) {
  PlannedPoint const point({{Gamma{2, 1}, 1'000'000}, LocalSgd{1024, 0}, 10, {1, 1'000'000}});
  for (auto const& engine : {make_cpu_engine(2), make_reference_engine()}) {
    std::atomic<int> asked = 0;
    RunResult const result = run(std::span(&point, 1), *engine, {.stop = [&] { return ++asked > 5; }});
    EXPECT_FALSE(result.complete);
    EXPECT_EQ(result.summaries.front(), Summary{});
  }
}

}  // namespace
}  // namespace dsgd
