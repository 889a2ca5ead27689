#include "recommend/cautions.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "spec/spec.hpp"
#include "support/every_strategy.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

/// A recommendation of the first of the points.
std::vector<std::string> of_first(std::vector<Point> const& points, Goal const& goal = {}) {
  LawRecommendation law{};
  Candidate best{};
  best.strategy = canonical_spec(points.front().strategy);
  best.workers = points.front().workers();
  law.candidates.push_back(best);
  std::vector<std::string> texts;
  for (Caution const& caution : cautions(law, points, goal)) texts.push_back(caution.text);
  return texts;
}

/// The first strategy of several is the best of them.
std::vector<std::string> of_strategies(std::string_view strategies, std::uint32_t workers = 8) {
  std::vector<Point> points;
  for (Strategy const& strategy : parse_strategies(strategies))
    points.push_back(make_point(strategy, workers, 1));
  return of_first(points);
}

std::string at_end(std::string const& strategy, std::string const& way, std::string const& key) {
  return strategy + " stands at the end of what was tried: a " + way + " " + key +
         "= may do better, name some with --strategy";
}

TEST(Cautions, SayWhereTheBestStandsAtTheEnd) {
  using All = std::vector<std::string>;
  EXPECT_EQ(of_strategies("backup:spare=3,sync,backup:spare=1..2"),
            All{at_end("backup:spare=3", "greater", "spare")});
  EXPECT_EQ(of_strategies("k-sync:k=5,k-sync:k=6..7,sync"), All{at_end("k-sync:k=5", "smaller", "k")});
  EXPECT_EQ(of_strategies("deadline:time=3,deadline:time=1,deadline:time=2,sync"),
            All{at_end("deadline:time=3", "greater", "time")});
  EXPECT_EQ(of_strategies("local-sgd:steps=16:communication=0,local-sgd:steps=8:communication=0,sync"),
            All{at_end("local-sgd:steps=16:communication=0", "greater", "steps")});
  // What was tried with another value beside it says nothing of the end.
  EXPECT_EQ(of_strategies("speculate:after=1:k=7,speculate:after=2:k=7,speculate:after=0.5"),
            All{at_end("speculate:after=1:k=7", "smaller", "after")});
}

/// Sync is backup without a spare one and k-sync of all workers; async is k-async of one.
TEST(Cautions, SayNothingOfThoseInTheMiddleOrAtTheEndOfWhatIsPossible) {
  for (char const* const strategies :
       {"backup:spare=2,backup:spare=1,backup:spare=3", "backup:spare=1,sync,backup:spare=2..3",
        "k-sync:k=7,sync,k-sync:k=6", "k-sync:k=8,k-sync:k=6..7", "k-sync:k=2,fastest,k-sync:k=3",
        "k-async:k=2,async,k-async:k=4", "k-batch-async:k=2,async,k-batch-async:k=4",
        "ssp:staleness=1,sync,ssp:staleness=2", "deadline:time=0,deadline:time=1",
        "local-sgd:steps=2:communication=0,sync,local-sgd:steps=4:communication=0",
        "gradient-coding:stragglers=7,sync",
        "local-sgd:steps=2:communication=2,local-sgd:steps=2:communication=1", "sync,async",
        "backup:spare=2"})
    EXPECT_EQ(of_strategies(strategies), std::vector<std::string>{}) << strategies;
}

/// None is overlooked: two values of any strategy that has a number, and the greater one is the best.
TEST(Cautions, KnowEveryStrategy) {
  std::vector<Strategy> const smaller = test::every_strategy(2), greater = test::every_strategy(3);
  for (std::size_t i = 0; i < greater.size(); ++i) {
    bool const has_none = canonical_spec(greater[i]) == canonical_spec(smaller[i]);
    std::vector<std::string> const said =
        of_first({make_point(greater[i], 8, 1), make_point(smaller[i], 8, 1)});
    // Two numbers of a strategy change together, so that neither is compared with the other one fixed.
    bool const has_two = canonical_spec(greater[i]).find(":k=3") != std::string::npos &&
                         canonical_spec(greater[i]).find(":k=3") != canonical_spec(greater[i]).find(':');
    EXPECT_EQ(said.size(), has_none || has_two ? 0u : 1u) << canonical_spec(greater[i]);
  }
}

TEST(Cautions, NameWorkersThatAreLeftOutInNearlyEveryStep) {
  auto const replay = std::make_shared<Replay>();
  std::vector<double> times;
  for (int step = 0; step < 20; ++step) {
    bool const others = step % 10 == 0;  // in 10 % of the steps another one is the slowest
    for (double const time : {1.0, others ? 9.0 : 2.0, 3.0}) times.push_back(time + 0.01 * step);
  }
  replay->set_times(3, times);
  auto const said = [&](std::string_view strategy) {
    std::vector<Point> points{make_point(parse_strategy(strategy, "--strategy"), 1, 1)};
    points[0].fleet = Fleet(replay);
    return of_first(points);
  };
  ASSERT_EQ(said("backup:spare=1").size(), 1u);
  EXPECT_EQ(said("backup:spare=1")[0],
            "backup:spare=1 leaves out the same worker in nearly every step (3 in 90.0 % of them): what only "
            "they hold hardly enters");
  replay->set_worker_names({"a", "b", "c"});
  EXPECT_NE(said("backup:spare=2").at(0).find("same workers in nearly every step (b in 100 %, c in 100 % of"),
            std::string::npos)
      << said("backup:spare=2").at(0);
  EXPECT_NE(said("deadline:time=2.5").at(0).find("(c in 100 % of them)"), std::string::npos)
      << said("deadline:time=2.5").at(0);
  EXPECT_TRUE(said("sync").empty());
  EXPECT_TRUE(said("deadline:time=30").empty());
  EXPECT_TRUE(said("k-async:k=2").empty());  // they go on, and arrive later
  replay->set_times(3, {1, 2, 3, 3, 1, 2, 2, 3, 1});
  EXPECT_TRUE(said("backup:spare=1").empty());
}

TEST(Cautions, SayThatCopiesCostNothing) {
  std::vector<Point> const points{make_point(Speculate{}, 8, 1), make_point(Sync{}, 8, 1)};
  EXPECT_TRUE(of_first(points).empty());
  ASSERT_EQ(of_first(points, {Goal::Kind::cost}).size(), 1u);
  EXPECT_NE(of_first(points, {Goal::Kind::cost})[0].find("does not count its copies"), std::string::npos);
}

}  // namespace
}  // namespace dsgd
