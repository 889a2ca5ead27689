#include "output/most_gradients.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "support/points.hpp"

namespace dsgd {
namespace {

/// A row with this throughput, whose interval is a tenth of it wide on both sides.
ResultRow row(Strategy const& strategy, std::uint32_t workers, double throughput,
              Law const& law = Exponential{}) {
  Estimate estimate{};
  estimate.throughput = throughput;
  estimate.throughput_low = 0.9 * throughput;
  estimate.throughput_high = 1.1 * throughput;
  return {make_planned_point(strategy, workers, 1, law), estimate};
}

std::string text(std::vector<ResultRow> const& rows) {
  std::vector<ResultRow const*> pointers;
  for (ResultRow const& each : rows) pointers.push_back(&each);
  return most_gradients_text(pointers);
}

TEST(MostGradients, AreComparedWithSync) {
  EXPECT_EQ(text({row(Sync{}, 8, 2), row(Backup{Share{1}}, 8, 5), row(Backup{Share{2}}, 8, 3)}),
            "most gradients per time: backup:spare=1, 2.50 times sync's\n");
  EXPECT_EQ(text({row(Fastest{}, 8, 2), row(KSync{Share{4}}, 8, 5)}),
            "most gradients per time: k-sync:k=4\n");
  EXPECT_EQ(text({row(Fastest{}, 8, 2), row(Sync{}, 8, 5)}), "most gradients per time: sync\n");
}

TEST(MostGradients, NameTheWorkersWhereTheyDiffer) {
  EXPECT_EQ(text({row(Sync{}, 1, 1), row(Sync{}, 2, 2), row(Async{}, 1, 1), row(Async{}, 2, 3)}),
            "most gradients per time: async with 2 workers, 1.50 times sync's\n");
  EXPECT_EQ(text({row(Sync{}, 1, 5), row(Sync{}, 2, 2)}), "most gradients per time: sync with 1 worker\n");
}

TEST(MostGradients, SayWhatChanceLeavesOpen) {
  EXPECT_EQ(text({row(Async{}, 8, 5), row(Sync{}, 8, 4.2), row(Fastest{}, 8, 4)}),
            "most gradients per time: async, 1.19 times sync's (within 95 % intervals 1 other is as good)\n");
}

/// So it is where an interval of the mean reaches below 0.
TEST(MostGradients, MayBeThoseOfAnIntervalWithoutEnd) {
  ResultRow wide = row(Sync{}, 8, 2);
  wide.estimate.throughput_high.reset();
  EXPECT_EQ(
      text({row(Fastest{}, 8, 5), wide}),
      "most gradients per time: fastest, 2.50 times sync's (within 95 % intervals 1 other is as good)\n");
}

/// Such as under a law of infinite variance: nothing is known of how far means may be off.
TEST(MostGradients, AreNotClaimedWithoutAnInterval) {
  auto const without = [](Strategy const& strategy, double throughput) {
    ResultRow result = row(strategy, 8, throughput);
    result.estimate.throughput_low.reset();
    result.estimate.throughput_high.reset();
    return result;
  };
  EXPECT_EQ(text({row(Fastest{}, 8, 5), without(Backup{Share{1}}, 4.9), without(Sync{}, 2)}),
            "most gradients per time: fastest, 2.50 times sync's\n");
  EXPECT_EQ(text({without(Fastest{}, 5), row(Backup{Share{1}}, 8, 4.9)}),
            "most gradients per time: fastest\n");
}

/// Under a constant law there is no interval, and nothing to be left open.
TEST(MostGradients, AreExactWhereNothingVaries) {
  auto const constant = [](Strategy const& strategy, double throughput) {
    ResultRow result{make_planned_point(strategy, 8, 2, Constant{1.0}), Estimate{}};
    result.estimate.throughput = throughput;
    result.estimate.standard_deviation = 0;
    return result;
  };
  EXPECT_EQ(text({constant(Sync{}, 8), constant(KSync{Share{8}}, 8), constant(Backup{Share{1}}, 7)}),
            "most gradients per time: sync (within 95 % intervals 1 other is as good)\n");
}

TEST(MostGradients, AreNoChoiceAmongLaws) {
  EXPECT_EQ(text({row(Sync{}, 8, 2)}), "");
  EXPECT_EQ(text({row(Sync{}, 8, 2), row(Async{}, 8, 5, Exponential{3.0})}), "");
  ResultRow infinite{make_planned_point(Sync{}, 8, 1), Estimate{}};
  EXPECT_EQ(text({infinite, ResultRow{make_planned_point(Fastest{}, 8, 1), Estimate{}}}), "");
  EXPECT_EQ(text({infinite, row(Fastest{}, 8, 4)}), "most gradients per time: fastest\n");
}

}  // namespace
}  // namespace dsgd
