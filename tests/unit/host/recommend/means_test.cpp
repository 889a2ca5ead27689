#include "recommend/means.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <memory>

#include "dsgd/draw/address.hpp"
#include "dsgd/sweep.hpp"
#include "exact/gradients.hpp"
#include "exact/point.hpp"
#include "support/expect_error.hpp"

namespace dsgd {
namespace {

std::vector<PlannedPoint> points_of(SweptFleet fleet, std::vector<Strategy> strategies,
                                    std::uint64_t workers) {
  Sweep sweep;
  sweep.fleets = {std::move(fleet)};
  sweep.strategies = std::move(strategies);
  sweep.workers = {workers};
  sweep.draws = Draws::common;
  return plan_points(expand(sweep));
}

double exponential(std::uint64_t iteration, std::uint64_t index, std::uint64_t seed) {
  return -std::log((draw_word({seed, 77}, iteration, index) + 0.5) * 0x1p-32);
}

/// Steps of independent workers with 1 + Exp(1).
SweptFleet measured_steps(std::size_t workers, std::size_t steps, std::uint64_t seed) {
  std::vector<double> times;
  for (std::size_t step = 0; step < steps; ++step)
    for (std::size_t worker = 0; worker < workers; ++worker)
      times.push_back(1 + exponential(step, worker, seed));
  auto replay = std::make_shared<Replay>();
  replay->set_times(workers, std::move(times));
  return SweptFleet(Fleet(std::shared_ptr<Replay const>(std::move(replay))));
}

TEST(Means, AreExactWhereAllAreKnown) {
  auto const points = points_of(Law{Exponential{1.0}}, {Sync{}, KSync{Share{1}}}, 4);
  Means const means(points, {});
  EXPECT_EQ(means.basis(), Means::Basis::exact);
  Ratio const ratio = means.ratio(0, 1);
  EXPECT_NEAR(ratio.value, 4 * (1 + 1 / 2. + 1 / 3. + 1 / 4.), 1e-12);
  EXPECT_FALSE(ratio.low);
}

TEST(Means, AreOverDrawsWhereOneIsNotKnown) {
  auto const points = points_of(Law{Uniform{1, 2}}, {Sync{}, KAsync{Share{2}}, KSync{Share{3}}}, 4);
  MeansOptions options;
  options.iterations = 20000;
  Means const means(points, options);
  EXPECT_EQ(means.basis(), Means::Basis::batches);
  EXPECT_FALSE(means.is_exact(1));
  EXPECT_FALSE(means.ratio(0, 2).low);
  Ratio const drawn = means.ratio(1, 0);
  ASSERT_TRUE(drawn.low && drawn.high);
  EXPECT_LT(*drawn.low, drawn.value);
  EXPECT_LT(drawn.value, *drawn.high);
  EXPECT_LT(*drawn.high / *drawn.low, 1.02);
  // Workers that never wait give two gradients in 2 E[X] / 4; fresh delays would take the second smallest.
  EXPECT_GT(drawn.value, 0.75 / 1.8);
  EXPECT_LT(drawn.value, 1.4 / 1.8);
}

TEST(Means, DoNotDependOnThreads) {
  auto const points =
      points_of(measured_steps(4, 40, 1), {Sync{}, Backup{Share{1}}, Async{}, KAsync{Share{2}}}, 4);
  MeansOptions options;
  options.replicates = 60;
  options.iterations = 2000;
  Means const one(points, options);
  options.threads = 3;
  Means const three(points, options);
  EXPECT_EQ(one.basis(), Means::Basis::steps);
  EXPECT_EQ(one.rows(), 40u);
  for (std::size_t a = 0; a < points.size(); ++a)
    for (std::size_t b = 0; b < points.size(); ++b) {
      EXPECT_EQ(one.ratio(a, b).value, three.ratio(a, b).value);
      EXPECT_EQ(one.ratio(a, b).low, three.ratio(a, b).low);
      EXPECT_EQ(one.ratio(a, b).high, three.ratio(a, b).high);
    }
}

/// How often intervals of the ratio of two strategies hold the true one, of `jobs` tables.
int held(std::vector<Strategy> const& strategies, double truth, std::size_t workers, int jobs) {
  int count = 0;
  for (int job = 0; job < jobs; ++job) {
    auto const points =
        points_of(measured_steps(workers, 60, static_cast<std::uint64_t>(job)), strategies, workers);
    MeansOptions options;
    options.replicates = 199;
    Ratio const ratio = Means(points, options).ratio(0, 1);
    count += *ratio.low <= truth && truth <= *ratio.high;
  }
  return count;
}

TEST(Means, HaveIntervalsThatHoldTheRatioOfTheLaw) {
  // 1 + Exp(1), 4 workers: sync 1 + 25/12, without the slowest 1 + 13/12.
  constexpr int jobs = 400;
  double const truth = (1 + 25 / 12.) / (1 + 13 / 12.);
  // Fewer than 352 of 400 intervals of 93 % or more hold it with a probability of 1e-4.
  EXPECT_GE(held({Sync{}, Backup{Share{1}}}, truth, 4, jobs), 352);
  // And one that is off by 4 % is noticed: intervals are not as wide as the world.
  EXPECT_LT(held({Sync{}, Backup{Share{1}}}, 1.04 * truth, 4, jobs), 352);
}

/// At a deadline a table has other gradients, too: what an update takes for one varies with both.
TEST(Means, CountThatGradientsVaryWithTheTable) {
  constexpr int jobs = 400;
  std::vector<Strategy> const strategies{Deadline{1.5}, Sync{}};
  auto const per_gradient = [](Point const& point) { return 1 / mean_gradients(point); };
  auto const law = points_of(Law{ShiftedExponential{1, 1}}, strategies, 4);
  auto const truth_of = [&](std::size_t i) {
    Point const& point = law[i].point();
    return exact_runtime(point)->mean * per_gradient(point);
  };
  double const truth = truth_of(0) / truth_of(1);
  auto const held_by = [&](std::function<double(Point const&)> const& weight) {
    int count = 0;
    for (int job = 0; job < jobs; ++job) {
      auto const points = points_of(measured_steps(4, 60, static_cast<std::uint64_t>(job)), strategies, 4);
      MeansOptions options;
      options.replicates = 199;
      options.weight = weight;
      Ratio const ratio = Means(points, options).ratio(0, 1);
      double const weights = per_gradient(points[0].point()) / per_gradient(points[1].point());
      count += *ratio.low * weights <= truth && truth <= *ratio.high * weights;
    }
    return count;
  };
  EXPECT_GE(held_by(per_gradient), 352);  // as above
  EXPECT_LT(held_by({}), 352);            // what gradients vary by is missing
}

TEST(Means, OfOneTableAreOfAllNumbersOfWorkers) {
  // Pooled times: 400 values near 10, of which one in 50 is 30. The fewer of them, the shorter the slowest of 60.
  std::vector<double> times;
  for (std::uint64_t i = 0; i < 400; ++i) times.push_back(i % 50 == 0 ? 30 : 10 + exponential(i, 0, 8));
  Empirical law;
  law.set_values(times);
  Sweep sweep;
  sweep.fleets = {SweptFleet(Law{law})};
  sweep.strategies = {Sync{}, Async{}};
  sweep.workers = {2, 60};
  sweep.draws = Draws::common;
  std::vector<PlannedPoint> const points = plan_points(expand(sweep));  // sync 2, sync 60, async 2, async 60
  Means const means(points, {.replicates = 199});
  Ratio const sizes = means.ratio(1, 0), arrivals = means.ratio(2, 3), waiting = means.ratio(1, 3);
  EXPECT_LT(*sizes.low, sizes.value);
  EXPECT_LT(sizes.value, *sizes.high);
  // The number of long times has a deviation of sqrt(8): the slowest of 60 is long with probability 0.7 +- 0.1.
  EXPECT_GT(*sizes.high / *sizes.low, 1.1);
  EXPECT_NEAR(arrivals.value, 30, 1e-9);
  EXPECT_NEAR(*arrivals.low, 30, 1e-9);
  EXPECT_NEAR(*arrivals.high, 30, 1e-9);
  EXPECT_LT(*waiting.low, waiting.value);
  EXPECT_LT(waiting.value, *waiting.high);
}

TEST(Means, KnowThatDrawnPointsOfATableVaryWithIt) {
  // async and k-async with all but one worker: the second has no exact mean.
  auto const points = points_of(measured_steps(4, 60, 3), {Async{}, KAsync{Share{3}}}, 4);
  Means const means(points, {.replicates = 100, .iterations = 20000});
  EXPECT_TRUE(means.is_exact(0));
  EXPECT_FALSE(means.is_exact(1));
  Ratio const ratio = means.ratio(1, 0);
  EXPECT_LT(*ratio.low, ratio.value);
  EXPECT_GT(*ratio.high, ratio.value);
  EXPECT_LT(*ratio.high / *ratio.low, 1.4);
}

TEST(Means, OfReplayedClocksVaryByTheTableAlone) {
  // ssp without slack has the pace of sync, whatever the steps: drawn, its ratio is 1 as exactly as a pass is whole.
  std::vector<double> times;
  for (std::uint64_t step = 0; step < 50; ++step) {
    double const common = std::exp(0.7 * (exponential(step, 100, 5) - 1));
    for (std::uint64_t worker = 0; worker < 4; ++worker)
      times.push_back(common * (1 + 0.02 * exponential(step, worker, 5)));
  }
  auto replay = std::make_shared<Replay>();
  replay->set_times(4, std::move(times));
  SweptFleet const fleet{Fleet(std::shared_ptr<Replay const>(std::move(replay)))};
  auto const points = points_of(fleet, {Sync{}, Ssp{0}}, 4);
  Means const means(points, {});
  Ratio const paces = means.ratio(0, 1);
  EXPECT_NEAR(paces.value / 4, 1, 0.01);
  EXPECT_LE(*paces.low, paces.value);
  EXPECT_GE(*paces.high, paces.value);
  EXPECT_LT(*paces.high / *paces.low, 1.03);
}

TEST(Means, RefuseTablesInWhichNoTimePasses) {
  Empirical law;
  law.set_values({0, 0, 0, 0, 5});
  auto const points = points_of(Law{law}, {Sync{}, Async{}}, 2);
  expect_error(ExitCode::usage, "updates take no time", [&] { Means(points, {}); });
}

}  // namespace
}  // namespace dsgd
