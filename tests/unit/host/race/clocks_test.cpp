#include "race/clocks.hpp"

#include <gtest/gtest.h>

#include <string>

#include "../../../support/raced.hpp"

namespace dsgd {
namespace {

TEST(RaceClocks, CountsUpdatesAndStalenessOfConstantDelays) {
  RaceMeasures const measures{{0.5, 1, 3.5}, {2}};
  // Four workers arrive together: the second update of each round takes gradients that are one update old, ....
  RaceSummary const async = defined(raced("async", 4, "constant:value=1"), measures, 3);
  EXPECT_EQ(async.at_times[0].updates, 0u);
  EXPECT_EQ(async.at_times[1].updates, 3u * 4);
  EXPECT_EQ(async.at_times[2].updates, 3u * 12);
  EXPECT_EQ(async.at_times[2].gradients, 3u * 12);
  EXPECT_EQ(async.at_times[1].staleness, 3u * (0 + 1 + 2 + 3));
  EXPECT_EQ(async.at_times[2].staleness, 3u * (0 + 1 + 2 + 3 + 8 * 3));
  RaceSummary const sync = defined(raced("sync", 4, "constant:value=1"), measures, 3);
  EXPECT_EQ(sync.at_times[2].updates, 3u * 3);
  EXPECT_EQ(sync.at_times[2].gradients, 3u * 12);
  EXPECT_EQ(sync.at_times[2].staleness, 0u);
  RaceSummary const batches = defined(raced("k-batch-async:k=2", 4, "constant:value=1"), measures, 3);
  EXPECT_EQ(batches.at_times[1].updates, 3u * 2);
  EXPECT_EQ(batches.at_times[1].staleness, 3u * 2);
}

/// ssp without staleness goes in rounds; with much, it is async.
TEST(RaceClocks, BoundsTheStalenessOfSsp) {
  RaceMeasures const measures{{20}, {}};
  std::string const law = "7*exponential:rate=1+1*exponential:rate=0.1";
  auto const at_end = [&](std::string const& strategy) {
    return defined(raced(strategy, 8, law), measures, 200).at_times[0];
  };
  EXPECT_EQ(at_end("ssp:staleness=1000000"), at_end("async"));
  EXPECT_LT(at_end("ssp:staleness=2").updates, at_end("async").updates / 2);
  EXPECT_LT(at_end("ssp:staleness=0").updates, at_end("ssp:staleness=2").updates);
}

}  // namespace
}  // namespace dsgd
