#include "race/estimate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "../../../support/raced.hpp"

namespace dsgd {
namespace {

std::vector<double> const times{0, 1, 3};

TEST(FirstCrossing, IsLinearBetweenTimes) {
  EXPECT_EQ(first_crossing(times, std::vector<double>{4, 2, 1}, 3), 0.5);
  EXPECT_EQ(first_crossing(times, std::vector<double>{4, 2, 1}, 1.5), 2);
  EXPECT_EQ(first_crossing(times, std::vector<double>{4, 2, 1}, 4), 0);
  EXPECT_EQ(first_crossing(times, std::vector<double>{4, 2, 3}, 2), 1);
  EXPECT_FALSE(first_crossing(times, std::vector<double>{4, 2, 1}, 0.5));
  EXPECT_EQ(first_crossing(times, std::vector<double>{std::numeric_limits<double>::infinity(), 1, 1}, 2), 1);
}

/// One worker: the exact error is an exponential of time.
TEST(ExactCrossing, InvertsTheExactError) {
  Quadratic model;
  model.noise = 0;
  RacePoint const point = raced("sync", 1, "exponential:rate=2", model);
  std::vector<double> const dense{0, 4, 8, 12, 16, 20};
  double const target = 0.01, rate = 2 * 0.1 * 1.9;  // updates per time, and what each takes off
  EXPECT_NEAR(exact_crossing(*exact_race(point), model, dense, target).value(), std::log(0.5 / target) / rate,
              1e-6);
}

RaceRow row_of(RacePoint const& point, std::uint64_t replications) {
  RaceTask const task(point, {{2}, {}}, 1, false);
  std::vector<double> const told{2};
  return race_rows(task, race(task, replications, {"reference"}), told, exact_race(point)).front();
}

TEST(RaceRows, HaveStudentsInterval) {
  RaceRow const row = row_of(raced("async", 4), 5);
  ASSERT_TRUE(row.standard_error);
  EXPECT_NEAR((*row.ci95_high - *row.error) / *row.standard_error, 2.7764, 1e-3);  // 4 degrees of freedom
  EXPECT_NEAR(*row.z, (*row.error - *row.expected) / *row.standard_error, 1e-4);
}

TEST(RaceRows, HaveNoIntervalWhereNothingVaries) {
  Quadratic model;
  model.noise = 0;
  RaceRow const row = row_of(raced("sync", 4, "constant:value=1", model), 5);
  EXPECT_NEAR(*row.error, 0.5 * std::pow(0.9, 4), 1e-11);
  EXPECT_FALSE(row.standard_error || row.ci95_low || row.z);
  EXPECT_EQ(row.updates, 2);
  EXPECT_EQ(row.staleness, 0);
}

TEST(RaceRows, HaveNoErrorWhereTrainingDiverges) {
  RaceRow const row = row_of(raced("async", 8, "exponential:rate=100", {}, 2.5), 5);
  EXPECT_FALSE(row.error || row.ci95_low);
}

TEST(RaceRows, HaveNoStalenessBeforeTheFirstUpdate) {
  EXPECT_FALSE(row_of(raced("async", 8, "constant:value=3"), 5).staleness);
}

}  // namespace
}  // namespace dsgd
