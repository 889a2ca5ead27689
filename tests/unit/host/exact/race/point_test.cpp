#include "exact/race/point.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "spec/spec.hpp"

namespace dsgd {
namespace {

RacePoint point_of(std::string const& strategy, std::uint64_t workers,
                   std::string const& law = "exponential:rate=1") {
  return {parse_fleet(law).of(workers), parse_strategy(strategy, "--strategy"), Quadratic{}, 0.1};
}

bool knows_updates(RacePoint const& point) { return exact_race(point).has_value(); }
bool knows_times(RacePoint const& point) {
  auto const exact = exact_race(point);
  return exact && !exact->rates.empty();
}

TEST(ExactRace, KnowsFreshGradientsUnderEveryLaw) {
  for (char const* const law : {"exponential:rate=1", "pareto:scale=1:shape=2", "constant:value=1"})
    for (char const* const strategy :
         {"sync", "fastest", "k-sync:k=3", "backup:spare=2", "gradient-coding:stragglers=1", "k-async:k=8",
          "k-batch-sync:k=9", "speculate:after=1", "deadline:time=1:k=8",
          "local-sgd:steps=4:communication=1"})
      EXPECT_TRUE(knows_updates(point_of(strategy, 8, law))) << law << " " << strategy;
}

TEST(ExactRace, KnowsStoredModelsUnderDelaysWithoutMemoryAlone) {
  for (char const* const strategy : {"async", "k-async:k=3"}) {
    EXPECT_TRUE(knows_times(point_of(strategy, 8)));
    for (char const* const law :
         {"gamma:shape=2:rate=1", "exponential:rate=1:shift=1", "7*exponential:rate=1+1*exponential:rate=2"})
      EXPECT_FALSE(knows_updates(point_of(strategy, 8, law))) << law;
  }
  EXPECT_FALSE(knows_updates(point_of("ssp:staleness=2", 8)));
  EXPECT_FALSE(knows_updates(point_of("k-batch-async:k=2", 8)));
  EXPECT_FALSE(knows_updates(point_of("deadline:time=1", 8)));
  EXPECT_FALSE(knows_times(point_of("speculate:after=1", 8)));
}

TEST(ExactRace, KnowsNoTimesWhereTheyAreNoStages) {
  EXPECT_FALSE(knows_times(point_of("sync", 8, "gamma:shape=2:rate=1")));
  EXPECT_FALSE(knows_times(point_of("local-sgd:steps=2:communication=0", 8)));
  EXPECT_TRUE(knows_times(point_of("local-sgd:steps=1:communication=0", 8)));
  EXPECT_FALSE(knows_times(point_of("local-sgd:steps=1:communication=1", 8)));
  RacePoint far = point_of("sync", 8);
  far.communication = 1;
  EXPECT_FALSE(knows_times(far));
  far.strategy = Async{};
  EXPECT_TRUE(knows_times(far));
}

TEST(ExactRace, OfLossesThatDifferIsKnownWhereAllWorkersEnter) {
  for (auto const& [strategy, known] :
       std::vector<std::pair<char const*, bool>>{{"sync", true},
                                                 {"gradient-coding:stragglers=2", true},
                                                 {"k-sync:k=7", false},
                                                 {"async", false},
                                                 {"k-batch-sync:k=8", false}}) {
    RacePoint point = point_of(strategy, 8);
    point.model.minima = 1;
    EXPECT_EQ(knows_updates(point), known) << strategy;
  }
}

/// Where the minima differ alone, the mean of the models goes as if they did not.
TEST(ExactRace, OfLocalStepsNeedsCurvaturesInCommonOrMinima) {
  RacePoint point = point_of("local-sgd:steps=4:communication=1", 8);
  double const common = exact_error_after(*exact_race(point), point.model, 12);
  point.model.minima = 1;
  EXPECT_NEAR(exact_error_after(*exact_race(point), point.model, 12), common, 1e-14);
  point.model.spread = 0.5;
  EXPECT_FALSE(knows_updates(point));
}

TEST(ExactRace, OneWorkerGoesAsUnderSync) {
  for (char const* const strategy : {"async", "k-async:k=1", "fastest", "ssp:staleness=0",
                                     "k-batch-async:k=1", "local-sgd:steps=1:communication=0"}) {
    RacePoint const alone = point_of(strategy, 1), sync = point_of("sync", 1);
    EXPECT_NEAR(exact_error_after(*exact_race(alone), alone.model, 7),
                exact_error_after(*exact_race(sync), sync.model, 7), 1e-15);
    std::vector<double> const times{0.5, 3};
    auto const errors = exact_errors_at(*exact_race(alone), alone.model, times);
    ASSERT_TRUE(errors) << strategy;
    for (std::size_t i : {0, 1})
      EXPECT_NEAR((*errors)[i], (*exact_errors_at(*exact_race(sync), sync.model, times))[i], 1e-15);
  }
}

TEST(ExactRace, ErrorsOfDirectionsAddUp) {
  RacePoint point = point_of("k-async:k=2", 8), first = point, second = point;
  point.model.curvatures = {1, 0.1};
  first.model.curvatures = {1};
  second.model.curvatures = {0.1};
  auto const after = [](RacePoint const& p) { return exact_error_after(*exact_race(p), p.model, 9); };
  EXPECT_NEAR(after(point), after(first) + after(second), 1e-15);
  std::vector<double> const times{2};
  auto const at = [&](RacePoint const& p) {
    return exact_errors_at(*exact_race(p), p.model, times)->front();
  };
  EXPECT_NEAR(at(point), at(first) + at(second), 1e-14);
}

TEST(ExactRace, GrowthTellsWhereAStrategyIsStable) {
  RacePoint point = point_of("async", 8);
  double const threshold = (1 + std::sqrt(65.0)) / 16;  // m b^2 = 2 + b
  point.learning_rate = 0.99 * threshold;
  EXPECT_LT(exact_growth(*exact_race(point)), 1);
  point.learning_rate = 1.01 * threshold;
  EXPECT_GT(exact_growth(*exact_race(point)), 1);
}

}  // namespace
}  // namespace dsgd
