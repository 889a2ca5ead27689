#include "race/rounds.hpp"

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "../../../support/raced.hpp"

namespace dsgd {
namespace {

TEST(RaceRounds, AddsCommunicationAndScalesDelays) {
  RaceMeasures const measures{{10}, {}};
  auto const updates = [&](RacePoint point, double communication) {
    point.communication = communication;
    return static_cast<double>(defined(point, measures, 1).at_times[0].updates);
  };
  EXPECT_EQ(updates(raced("sync", 4, "constant:value=1"), 0), 10);
  EXPECT_EQ(updates(raced("sync", 4, "constant:value=1"), 1), 5);
  EXPECT_EQ(updates(raced("k-batch-sync:k=8", 4, "constant:value=1"), 3), 2);
  EXPECT_EQ(updates(raced("async", 4, "constant:value=1"), 1), 40);
  EXPECT_EQ(updates(raced("local-sgd:steps=3:communication=0.5", 4, "constant:value=1"), 1.5), 6);
  EXPECT_EQ(updates(raced("gradient-coding:stragglers=1", 4, "constant:value=1"), 0), 20);
}

/// Two workers arrive at 1, two at 3: a deadline lets in who is there, but waits for k, and for no more.
TEST(RaceRounds, TakesWhatHasArrivedByADeadline) {
  std::string const law = "2*constant:value=1+2*constant:value=3";
  auto const at_end = [&](std::string const& strategy) {
    return defined(raced(strategy, 4, law), {{12}, {}}, 1).at_times[0];
  };
  for (auto const& [strategy, updates, gradients] :
       std::vector<std::tuple<char const*, unsigned, unsigned>>{{"deadline:time=2", 6, 12},
                                                                {"deadline:time=0:k=1", 12, 12},
                                                                {"deadline:time=2:k=3", 4, 12},
                                                                {"deadline:time=9", 4, 16}}) {
    EXPECT_EQ(at_end(strategy).updates, updates) << strategy;
    EXPECT_EQ(at_end(strategy).gradients, gradients) << strategy;
  }
}

/// A deadline that has passed is k-sync, and one that never comes is sync; also where many arrive together.
TEST(RaceRounds, DeadlinesLieBetweenKSyncAndSync) {
  RaceMeasures const measures{{0.5, 2, 8}, {1, 3, 10}};
  for (char const* const law : {"exponential:rate=1", "two-point:low=1:high=3:probability=0.4"})
    for (auto const& [one, other] :
         std::vector<std::pair<char const*, char const*>>{{"deadline:time=0:k=3", "k-sync:k=3"},
                                                          {"deadline:time=1e9:k=3", "sync"},
                                                          {"deadline:time=1:k=8", "sync"}})
      EXPECT_EQ(defined(raced(one, 8, law), measures, 50), defined(raced(other, 8, law), measures, 50))
          << one << " " << law;
}

/// The copy of the slow worker's job is run by another one.
TEST(RaceRounds, CopiesWhoRunsLong) {
  std::string const law = "3*constant:value=1+1*constant:value=10";
  auto const updates = [&](std::string const& strategy) {
    return static_cast<double>(defined(raced(strategy, 4, law), {{30}, {}}, 1).at_times[0].updates);
  };
  EXPECT_EQ(updates("sync"), 3);
  EXPECT_EQ(updates("speculate:after=2"), 10);
  EXPECT_EQ(updates("speculate:share=0.75:factor=4"), 6);
  EXPECT_EQ(updates("speculate:share=0.75"), 15);
  EXPECT_EQ(updates("speculate:after=20"), 3);
  EXPECT_EQ(updates("speculate:after=2:k=3"), 30);
}

}  // namespace
}  // namespace dsgd
