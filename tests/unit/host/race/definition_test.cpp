#include "race/definition.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "../../../support/raced.hpp"

namespace dsgd {
namespace {

/// Some 300 distances from normal laws, nearly: one beyond is a false alarm of 2e-3 in all.
constexpr double far = 4.5;

RaceMeasures const short_race{{0.5, 2, 8}, {1, 3, 10}};

TEST(RaceDefinition, HasTheExactErrorsOverUpdatesAndTimes) {
  for (char const* const strategy :
       {"sync", "fastest", "k-sync:k=2", "k-sync:k=4", "backup:spare=1", "gradient-coding:stragglers=1",
        "k-batch-sync:k=3", "deadline:time=1:k=100%", "speculate:after=1", "speculate:share=0.5:factor=1:k=3",
        "async", "k-async:k=2", "k-async:k=4", "k-async:k=100%", "local-sgd:steps=1:communication=0"})
    for (std::uint64_t const workers : {4u, 8u})
      for (double const z : distances(raced(strategy, workers), short_race, 4000))
        EXPECT_LT(std::abs(z), far) << strategy << " of " << workers;
}

TEST(RaceDefinition, HasTheExactErrorsOfOneWorker) {
  for (char const* const strategy : {"sync", "async", "k-async:k=1", "ssp:staleness=3", "k-batch-async:k=1"})
    for (double const z : distances(raced(strategy, 1), short_race, 4000))
      EXPECT_LT(std::abs(z), far) << strategy;
}

/// Negative twin: two per cent of the learning rate show.
TEST(RaceDefinition, DiffersWhereTheLearningRateDoes) {
  ExactRace const exact = exact_race(raced("k-async:k=2", 8)).value();
  RacePoint const other = raced("k-async:k=2", 8, "exponential:rate=1", {}, 0.102);
  RaceTask const task(other, short_race, 1, false);
  RaceSummary const summary = race(task, 40000, {"cpu", 2});
  EXPECT_GT(
      std::abs(measured(summary.after_updates[2], task, 40000, exact_error_after(exact, other.model, 10)).z),
      far);
}

/// Negative twin: a law that is two per cent slower shows at a time, and not after some updates.
TEST(RaceDefinition, DiffersWhereTheDelaysDo) {
  RacePoint const point = raced("k-async:k=2", 8);
  ExactRace const exact = exact_race(point).value();
  RaceTask const task(raced("k-async:k=2", 8, "exponential:rate=0.98"), short_race, 1, false);
  RaceSummary const summary = race(task, 40000, {"cpu", 2});
  EXPECT_GT(
      measured(summary.at_times[1], task, 40000, exact_errors_at(exact, point.model, short_race.times)->at(1))
          .z,
      far);
  EXPECT_LT(
      std::abs(measured(summary.after_updates[2], task, 40000, exact_error_after(exact, point.model, 10)).z),
      far);
}

TEST(RaceDefinition, HasTheExactErrorsUnderOtherLawsOverUpdates) {
  for (char const* const law :
       {"pareto:scale=1:shape=2", "gamma:shape=2:rate=1", "two-point:low=1:high=5:probability=0.1"})
    for (char const* const strategy : {"sync", "k-sync:k=3", "local-sgd:steps=4:communication=1"})
      for (double const z : distances(raced(strategy, 8, law), {{}, {1, 4, 12}}, 4000))
        EXPECT_LT(std::abs(z), far) << strategy << " " << law;
}

TEST(RaceDefinition, DirectionsAddUp) {
  Quadratic model;
  model.curvatures = {1, 0.1, 0.01};
  for (double const z : distances(raced("k-async:k=2", 8, "exponential:rate=1", model), short_race, 4000))
    EXPECT_LT(std::abs(z), far);
}

TEST(RaceDefinition, OfLossesThatDifferIsExactWhereAllEnter) {
  Quadratic model;
  model.minima = 2;
  model.spread = 0.5;
  for (char const* const strategy : {"sync", "gradient-coding:stragglers=1"})
    for (std::uint64_t const workers : {4u, 5u})
      for (double const z :
           distances(raced(strategy, workers, "exponential:rate=1", model), short_race, 4000))
        EXPECT_LT(std::abs(z), far) << strategy;
}

/// A subset of workers pulls towards its own minima, and local steps of unequal curvatures do.
TEST(RaceDefinition, LossesThatDifferDisturbWhoTakesFewOrManySteps) {
  Quadratic common, model;
  model.minima = 2;
  model.spread = 0.5;
  RaceMeasures const late{{}, {400}};
  for (char const* const strategy : {"k-sync:k=2", "async", "local-sgd:steps=8:communication=0"}) {
    auto const error = [&](Quadratic const& of) {
      RaceTask const task(raced(strategy, 8, "exponential:rate=1", of), late, 1, false);
      return measured(race(task, 2000, {"cpu", 2}).after_updates[0], task, 2000, 0).mean;
    };
    EXPECT_GT(error(model), 2 * error(common)) << strategy;
  }
}

/// Common draws: the same bits where strategies do the same.
TEST(RaceDefinition, StrategiesThatDoTheSameHaveTheSameBits) {
  for (auto const& [one, other, workers] :
       std::vector<std::tuple<char const*, char const*, unsigned>>{{"k-async:k=8", "sync", 8},
                                                                   {"k-sync:k=8", "sync", 8},
                                                                   {"backup:spare=0", "sync", 8},
                                                                   {"k-sync:k=1", "fastest", 8},
                                                                   {"async", "sync", 1},
                                                                   {"k-batch-async:k=1", "async", 8},
                                                                   {"k-async:k=1", "async", 8}})
    EXPECT_EQ(defined(raced(one, workers, "lognormal:mu=0:sigma=1"), short_race, 50),
              defined(raced(other, workers, "lognormal:mu=0:sigma=1"), short_race, 50))
        << one << " " << other;
  EXPECT_NE(defined(raced("k-async:k=7", 8), short_race, 50), defined(raced("sync", 8), short_race, 50));
}

TEST(RaceDefinition, EqualLawsHaveTheSameBits) {
  EXPECT_EQ(defined(raced("async", 8, "shifted-exponential:shift=0:rate=2"), short_race, 50),
            defined(raced("async", 8, "exponential:rate=2"), short_race, 50));
  EXPECT_EQ(defined(raced("async", 8, "4*exponential:rate=2+4*exponential:rate=2"), short_race, 50),
            defined(raced("async", 8, "exponential:rate=2"), short_race, 50));
}

/// gamma and Weibull with shape 1 take other ways to nearly the same delays.
TEST(RaceDefinition, LawsThatAreExponentialHaveItsErrors) {
  ExactRace const exact = exact_race(raced("k-async:k=2", 8)).value();
  for (char const* const law : {"gamma:shape=1:rate=1", "weibull:scale=1:shape=1"}) {
    RaceTask const task(raced("k-async:k=2", 8, law), short_race, 1, false);
    RaceSummary const summary = race(task, 4000, {"cpu", 2});
    auto const expected = exact_errors_at(exact, Quadratic{}, short_race.times).value();
    for (std::size_t i = 0; i < expected.size(); ++i)
      EXPECT_LT(std::abs(measured(summary.at_times[i], task, 4000, expected[i]).z), far) << law;
  }
}

TEST(RaceDefinition, FindsWhenARunFirstReachesTheTarget) {
  // Without noise an error of 1/2 falls by 0.81 per update.
  Quadratic model;
  model.noise = 0;
  RaceMeasures measures{{10}, {}, 0.3};
  FirstTimes const first = defined(raced("sync", 4, "constant:value=1", model), measures, 5).first_times;
  EXPECT_EQ(first.reached, 5u);
  EXPECT_EQ(std::ldexp(static_cast<double>(first.times.ticks), std::ilogb(10.0) - 40), 5 * 3.0);
  measures.target = 0.5;
  EXPECT_EQ(defined(raced("sync", 4, "constant:value=1", model), measures, 5).first_times.times.ticks, 0u);
  measures.target = 1e-9;
  EXPECT_EQ(defined(raced("sync", 4, "constant:value=1", model), measures, 5).first_times.reached, 0u);
}

TEST(RaceDefinition, SaysWhichRunsDiverge) {
  RaceSummary const summary = defined(raced("sync", 4, "constant:value=1", {}, 3), {{1, 100}, {}}, 5);
  EXPECT_EQ(summary.at_times[0].diverged, 0u);
  EXPECT_EQ(summary.at_times[1].diverged, 5u);
}

TEST(RaceDefinition, DependsOnItsSeedAlone) {
  RacePoint const point = raced("async", 8);
  EXPECT_EQ(defined(point, short_race, 20, 7), defined(point, short_race, 20, 7));
  EXPECT_NE(defined(point, short_race, 20, 7), defined(point, short_race, 20, 8));
}

/// The numbers of workers, of gradients, of times and of updates that stand for all.
TEST(RaceDefinition, NightlyHasTheExactErrorsOfAMillionReplications) {
  for (std::uint64_t const workers : {1u, 2u, 8u, 20u})
    for (std::uint64_t const k : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{4}, workers})
      for (char const* const name : {"k-sync:k=", "k-async:k="}) {
        if (k > workers) continue;
        RaceMeasures const measures{{0.25, 1, 3, 8, 20}, {1, 2, 5, 12, 30}};
        for (double const z : distances(raced(name + std::to_string(k), workers), measures, 1'000'000))
          EXPECT_LT(std::abs(z), far) << name << k << " of " << workers;
      }
}

}  // namespace
}  // namespace dsgd
