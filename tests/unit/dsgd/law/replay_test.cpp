#include "dsgd/law/replay.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include "dsgd/sweep.hpp"
#include "dsgd/time_scale.hpp"
#include "engines/definition/scalar.hpp"
#include "exact/point.hpp"

namespace dsgd {
namespace {

/// Three steps of two workers.
Replay three_steps() {
  Replay replay;
  replay.set_times(2, {1, 4, 2, 8, 3, 5});
  return replay;
}

std::vector<float> table_of(Empirical const& law) {
  auto const table = law.sampler().table();
  return {table.begin(), table.end()};
}

std::vector<Point> points(std::vector<Strategy> strategies) {
  Sweep sweep;
  sweep.fleets = {SweptFleet(Fleet(std::make_shared<Replay const>(three_steps())))};
  sweep.strategies = std::move(strategies);
  sweep.workers = {2};
  sweep.iterations = 20000;
  return expand(sweep);
}

double mean_of(Point const& point) {
  PlannedPoint const planned(point);
  Summary summary;
  for (std::uint64_t unit = 0; unit < work_units(planned); ++unit)
    add_unit(point.stream, unit, planned.observable(), summary);
  TimeScale const time = time_scale(planned);
  double const ticks = static_cast<double>(summary.ticks) / static_cast<double>(summary.iterations);
  return time(std::ldexp(ticks, planned.observable().quantum_exponent));
}

TEST(Replay, RuntimesOfStepsAreALaw) {
  EXPECT_EQ(table_of(three_steps().law_of_runtime(OrderStatistic{2})),
            (std::vector<float>{0, 1, 4}));  // 4, 5, 8
  EXPECT_EQ(table_of(three_steps().law_of_runtime(OrderStatistic{1})), (std::vector<float>{0, 1, 2}));
  Empirical const rounds = three_steps().law_of_runtime(SlowestSum{2});  // (4 + 8, 8 + 5, 5 + 4) / 2
  EXPECT_EQ(rounds.origin(), 4.5);
  EXPECT_EQ(table_of(rounds), (std::vector<float>{0, 1.5, 2}));
}

TEST(Replay, RuntimesAtADeadline) {
  Empirical const early = three_steps().law_of_runtime(Deadlined{1, 0});  // 1, 2, 3
  EXPECT_EQ(table_of(early), (std::vector<float>{0, 1, 2}));
  Empirical const at_4 = three_steps().law_of_runtime(Deadlined{1, 4.5});  // 4, 4.5, 4.5
  EXPECT_EQ(at_4.origin(), 4);
  EXPECT_EQ(table_of(at_4), (std::vector<float>{0, 0.5, 0.5}));
  Moments const exact = exact_runtime(points({Deadline{4.5}}).front()).value();
  EXPECT_NEAR(exact.mean, 13 / 3.0, 1e-15);
}

/// Also of rounds that go around several times.
TEST(Replay, RoundsAddUpTheirSteps) {
  constexpr std::size_t steps = 7, workers = 3;
  std::vector<double> times(steps * workers);
  for (std::size_t i = 0; i < times.size(); ++i) times[i] = 1e6 / static_cast<double>(1 + i * i);
  Replay replay;
  replay.set_times(workers, times);
  for (std::uint32_t const length : {1u, 2u, 6u, 7u, 8u, 29u}) {
    std::vector<double> slowest(steps);
    for (std::size_t start = 0; start < steps; ++start)
      for (std::size_t worker = 0; worker < workers; ++worker) {
        double sum = 0;
        for (std::size_t i = 0; i < length; ++i) sum += times[(start + i) % steps * workers + worker];
        slowest[start] = std::max(slowest[start], sum / length);
      }
    std::sort(slowest.begin(), slowest.end());
    Empirical const law = replay.law_of_runtime(SlowestSum{length});
    std::vector<float> const excesses = table_of(law);
    for (std::size_t i = 0; i < steps; ++i)
      EXPECT_NEAR(law.origin() + static_cast<double>(excesses[i]), slowest[i], 1e-7 * slowest[steps - 1]);
  }
}

TEST(Replay, ExactMeansAreAveragesOverSteps) {
  std::vector<Point> const all = points({Sync{}, Fastest{}, LocalSgd{2, 1}, KSync{Share{1}}});
  std::vector<double> means;
  for (Point const& point : all) means.push_back(exact_runtime(point).value().mean);
  EXPECT_NEAR(means[0], 17.0 / 3, 1e-12);
  EXPECT_NEAR(means[1], 2, 1e-12);
  EXPECT_NEAR(means[2], 34.0 / 6 + 0.5, 1e-12);
  EXPECT_NEAR(means[3], 2, 1e-12);
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_NEAR(mean_of(all[i]), means[i], 0.06) << i;
}

TEST(Replay, ClocksFollowTheMeasuredOrder) {
  std::vector<Point> const all = points({Async{}, KBatchAsync{Share{3}}});
  EXPECT_NEAR(exact_runtime(all[0]).value().mean, 1 / (3.0 / 6 + 3.0 / 17), 1e-12);
  EXPECT_NEAR(mean_of(all[0]), 1 / (3.0 / 6 + 3.0 / 17), 2e-3);
  EXPECT_NEAR(mean_of(all[1]), 3 / (3.0 / 6 + 3.0 / 17), 6e-3);
  // One worker's updates take its times in their order, from some step on.
  Sweep sweep;
  Replay one;
  one.set_times(1, {1, 2, 4});
  sweep.fleets = {SweptFleet(Fleet(std::make_shared<Replay const>(one)))};
  sweep.strategies = {Async{}};
  sweep.workers = {1};
  sweep.iterations = 3;
  Point const point = expand(sweep).front();
  PlannedPoint const planned(point);
  Observable seen = planned.observable();
  seen.plan.updates = 6;
  Summary summary;
  add_unit(point.stream, 0, seen, summary);
  EXPECT_EQ(std::ldexp(static_cast<double>(summary.ticks), seen.quantum_exponent), 14);  // twice around
}

}  // namespace
}  // namespace dsgd
