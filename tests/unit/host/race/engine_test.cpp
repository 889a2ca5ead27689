#include "race/engine.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "../../../support/raced.hpp"
#include "bytes/sha256.hpp"
#include "dsgd/error.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "race/definition.hpp"
#include "race/lanes.hpp"
#include "spec/spec.hpp"
#include "validate/samples.hpp"

namespace dsgd {
namespace {

RaceMeasures const measures{{0, 0.5, 3, 12}, {0, 1, 6, 17}, 0.1};

/// Replications that fill no lanes, and more than one block.
constexpr std::uint64_t replications = 150;

void expect_equal(RacePoint const& point, std::string const& what) {
  RaceTask const task(point, measures, 3, false);
  EXPECT_EQ(race(task, replications, {"cpu", 2}), race(task, replications, {"reference"})) << what;
}

std::vector<std::string> const strategies{"sync",
                                          "fastest",
                                          "k-sync:k=3",
                                          "k-sync:k=60%",
                                          "backup:spare=1",
                                          "gradient-coding:stragglers=1",
                                          "deadline:time=0.5:k=2",
                                          "speculate:share=0.5:factor=2",
                                          "k-batch-sync:k=1",
                                          "k-batch-sync:k=3",
                                          "k-batch-sync:k=20",
                                          "async",
                                          "k-async:k=2",
                                          "k-async:k=60%",
                                          "k-batch-async:k=3",
                                          "k-batch-async:k=20",
                                          "ssp:staleness=1",
                                          "local-sgd:steps=1:communication=0",
                                          "local-sgd:steps=3:communication=0.5",
                                          "local-sgd:steps=8:communication=0"};

TEST(RaceEngine, CpuEqualsTheDefinition) {
  for (std::string const& strategy : strategies)
    for (std::uint64_t const workers : {3u, 8u, 21u}) expect_equal(raced(strategy, workers), strategy);
}

/// Every law and strategy of the program's lists; whoever changes these bits on purpose notes the new hash.
TEST(RaceEngine, HasTheSameBitsEverywhere) {
  Sha256 hash;
  for (Law const& law : sample_laws())
    for (Strategy const& strategy : sample_strategies()) {
      RacePoint const point{Fleet(law, 5), strategy, {}, 0.1};
      expect_equal(point, canonical_spec(strategy) + " " + canonical_spec(law));
      RaceTask const task(point, measures, 3, false);
      RaceSummary const summary = race(task, replications, {"cpu", 2});
      auto const add = [&](auto number) { hash.add(std::to_string(number) + " "); };
      for (auto const* const all : {&summary.at_times, &summary.after_updates})
        for (RaceCheckpoint const& at : *all)
          for (uint128 const sum : {at.errors.ticks, at.updates, at.gradients, at.staleness}) {
            add(static_cast<std::uint64_t>(sum >> 64));
            add(static_cast<std::uint64_t>(sum));
          }
      add(summary.first_times.reached);
      add(static_cast<std::uint64_t>(summary.first_times.times.ticks));
    }
  EXPECT_EQ(hash.finish(), "4ace6730b0bd1f4cad0ccd7c1c4e5edf8ee5f3ca4617eaa3005441010c632c8d");
}

TEST(RaceEngine, CpuEqualsTheDefinitionUnderEveryKindOfLaw) {
  for (char const* const law : {"lognormal:mu=0:sigma=1:shift=0.5", "gamma:shape=0.5:rate=1",
                                "pareto:scale=1:shape=0.8", "two-point:low=1:high=3:probability=0.3",
                                "constant:value=1", "3*exponential:rate=1+5*constant:value=1"})
    for (char const* const strategy :
         {"k-sync:k=3", "k-batch-sync:k=5", "async", "k-async:k=3", "local-sgd:steps=3:communication=0"})
      expect_equal(raced(strategy, 8, law), std::string(strategy) + " " + law);
}

TEST(RaceEngine, CpuEqualsTheDefinitionInSeveralDirectionsAndWithCommunication) {
  Quadratic model;
  model.curvatures = {1, 0.3, 0.1};
  for (std::string const& strategy : strategies) {
    RacePoint point = raced(strategy, 5, "exponential:rate=2", model, 0.3);
    point.communication = 0.2;
    expect_equal(point, strategy);
  }
}

TEST(RaceEngine, CpuEqualsTheDefinitionWhereLossesDiffer) {
  Quadratic model;
  model.minima = 1;
  model.spread = 0.3;
  for (std::string const& strategy : strategies)
    expect_equal(raced(strategy, 7, "exponential:rate=2", model), strategy);
}

TEST(RaceEngine, CpuEqualsTheDefinitionWhereTrainingDiverges) {
  for (char const* const strategy : {"sync", "async", "local-sgd:steps=3:communication=0"})
    expect_equal(raced(strategy, 8, "exponential:rate=20", {}, 2.5), strategy);
}

TEST(RaceEngine, CpuEqualsTheDefinitionOfManyWorkers) {
  for (char const* const strategy : {"sync", "k-sync:k=50%", "k-async:k=50%", "async"})
    expect_equal(raced(strategy, 300), strategy);
}

TEST(RaceEngine, EveryInstructionSetEqualsTheDefinition) {
  for (InstructionSet const* const set : available_instruction_sets())
    for (std::string const& strategy : strategies) {
      RaceTask const task(raced(strategy, 6), measures, 5, false);
      if (!RaceLanes::serves(task)) continue;
      RaceSummary defined = task.empty_summary(), followed = task.empty_summary();
      StopCheck never;
      for (std::uint64_t i = 0; i < 40; ++i) add_race(task, i, defined, never);
      RaceLanes(task, *set, never)(0, 40, followed);
      EXPECT_EQ(followed, defined) << set->name << " " << strategy;
    }
}

TEST(RaceEngine, CanBeStopped) {
  RaceTask const task(raced("async", 8), {{1e6}, {}}, 1, false);
  for (char const* const name : {"cpu", "reference"}) {
    RaceEngine const engine{name, 2, [] { return true; }};
    EXPECT_THROW(race(task, 1000, engine), Error) << name;
  }
}

TEST(RaceEngine, RefusesEnginesThatDoNotRace) {
  EXPECT_EQ(race_engine("auto"), "cpu");
  EXPECT_EQ(race_engine("reference"), "reference");
  EXPECT_THROW(race_engine("cpu-materialized"), Error);
  EXPECT_EQ(race_engine("cuda"), "cuda");
  EXPECT_THROW(race_engine("gpu"), Error);
}

}  // namespace
}  // namespace dsgd
