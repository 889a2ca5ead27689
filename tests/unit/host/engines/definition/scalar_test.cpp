#include "engines/definition/scalar.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

double seconds(Fleet const& fleet, Strategy const& strategy) {
  Summary summary;
  PlannedPoint const planned(Point{fleet, strategy, 1, {1, static_cast<std::uint32_t>(fleet.workers())}});
  add_unit(planned.point().stream, 0, planned.observable(), summary);
  return static_cast<double>(summary.maximum) + (fleet.equal() ? 0 : origin(planned.point()));
}

/// Delays of 1, 2, 4 and 8.
Fleet const four({{1, Constant{1}}, {1, Constant{2}}, {1, Constant{4}}, {1, Constant{8}}});

TEST(Deadline, TakesWhatHasArrivedButKAtLeast) {
  EXPECT_EQ(seconds(four, Deadline{3}), 3);
  EXPECT_EQ(seconds(four, Deadline{3, Share{3}}), 4);
  EXPECT_EQ(seconds(four, Deadline{0.5}), 1);
  EXPECT_EQ(seconds(four, Deadline{100}), 8);
}

/// The copy runs on another worker, for 1, 2 or 4.
TEST(Speculation, BeginsOnceAllIsThere) {
  double const at_3 = seconds(four, Speculate{3});
  EXPECT_TRUE(at_3 == 4 || at_3 == 5 || at_3 == 7) << at_3;
  EXPECT_EQ(seconds(four, Speculate{8}), 8);
  // Half of the workers are there at 2, and 1.5 is their median: copies begin at 6.
  double const at_6 = seconds(four, Speculate{0, 0.5, 4});
  EXPECT_TRUE(at_6 == 7 || at_6 == 8) << at_6;
  EXPECT_EQ(seconds(four, Speculate{7.5, 0.5, 4}), 8);
  EXPECT_EQ(seconds(four, Speculate{3, 0, 0, Share{2}}), 2);
}

TEST(Speculation, OfAShareIsOfWholeWorkers) {
  auto const arrived = [](double share, std::uint64_t workers) {
    return std::get<Copied>(runtime(Speculate{0, share}, Exponential{}, workers)).arrived;
  };
  EXPECT_EQ(arrived(0.75, 100), 75u);
  EXPECT_EQ(arrived(0.9, 10), 9u);
  EXPECT_EQ(arrived(0.7, 10), 7u);
  EXPECT_EQ(arrived(0.751, 100), 76u);
  EXPECT_EQ(arrived(1, 1 << 20), 1u << 20);
  EXPECT_EQ(arrived(1e-9, 3), 0u);
}

}  // namespace
}  // namespace dsgd
