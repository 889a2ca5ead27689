#include "recommend/races.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "exact/race/point.hpp"
#include "race/estimate.hpp"
#include "spec/spec.hpp"
#include "support/expect_error.hpp"

namespace dsgd {
namespace {

Point point_of(std::string const& law, std::string const& strategy, std::uint64_t workers = 8) {
  return {parse_fleet(law).of(workers), parse_strategy(strategy, "--strategy"), 1000, {}};
}

RaceOptions options(char const* goal, std::uint64_t replications = 4000) {
  return {parse_goal(goal), {}, replications, 1, {"cpu", 2}};
}

RacedValue value_of(Point const& point, char const* goal, std::uint64_t replications = 4000) {
  return raced_values({&point, 1}, options(goal, replications)).front().value();
}

/// What the rate of a fine grid comes to with which the exact loss is least.
double least_on_grid(Point const& point, Goal const& goal) {
  double least = std::numeric_limits<double>::infinity();
  for (double rate = 2; rate > 1e-3; rate /= 1.05) {
    RacePoint const raced{point.fleet, point.strategy, {}, rate};
    ExactRace const exact = exact_race(raced).value();
    if (goal.kind == Goal::Kind::time) {
      double const times[] = {goal.level};
      least = std::min(least, exact_errors_at(exact, raced.model, times).value().front());
    } else {
      std::vector<double> times;
      for (int i = 0; i <= 100; ++i) times.push_back(0.4 * i);
      least = std::min(least, exact_crossing(exact, raced.model, times, goal.level)
                                  .value_or(std::numeric_limits<double>::infinity()));
    }
  }
  return least;
}

TEST(RacedValues, AreTheLeastExactOnes) {
  for (char const* const strategy : {"sync", "k-async:k=2"})
    for (char const* const goal : {"time=0.5", "time=10", "error=0.1"}) {
      Point const point = point_of("exponential:rate=1", strategy);
      RacedValue const value = value_of(point, goal);
      double const least = least_on_grid(point, parse_goal(goal));
      EXPECT_TRUE(value.is_exact);
      EXPECT_TRUE(value.varied.empty());
      EXPECT_NEAR(value.value / least, 1, 2e-3) << strategy << " " << goal;
    }
}

TEST(RacedValues, AreNothingForWhoIsFarBehind) {
  // A worker that takes a thousand times as long: sync has its first update when async has thousands.
  std::string const law = "7*exponential:rate=1+1*exponential:rate=0.001";
  std::vector<Point> const points{point_of(law, "async"), point_of(law, "sync"), point_of(law, "k-sync:k=7")};
  auto const values = raced_values(points, options("error=0.05", 40));
  EXPECT_TRUE(values[0]);
  EXPECT_FALSE(values[1]);
  EXPECT_TRUE(values[2]);
}

TEST(RacedValues, AreNothingWhereNobodyComesToTheError) {
  // Two of the workers' minima lie to one side: whom sync's spare leaves out always, the model never sees.
  Point const point = point_of("1*constant:value=1+1*constant:value=2", "backup:spare=1", 2);
  RaceOptions asked = options("error=0.001", 20);
  asked.model.minima = 1;
  EXPECT_FALSE(raced_values({&point, 1}, asked).front());
}

TEST(UncertaintyOfTables, IsThatOfPairsAndWiderForFewRows) {
  RacedValue one{0.1, 1, false, {}}, other{0.1, 1, false, {}};
  EXPECT_EQ(uncertainty_of_tables(one, other, {100, 1}), 0);
  for (int i = 0; i < 40; ++i) {
    one.of_tables.push_back(i % 2 == 0 ? 0.1 : -0.1);
    other.of_tables.push_back(one.of_tables.back() + (i % 4 < 2 ? 0.01 : -0.01));
  }
  double const half = uncertainty_of_tables(one, other, {1000, 1});
  EXPECT_NEAR(half, 2.02269 * 0.01 * std::sqrt(40. / 39) * std::sqrt(1000. / 999), 1e-6);
  EXPECT_GT(uncertainty_of_tables(one, other, {1000, 100}), 1.1 * half);
}

TEST(UncertaintyOfRuns, IsThatOfPairs) {
  RacedValue exact{0.1, 1, true, {}}, one{0.1, 1, false, {}}, other{0.1, 1, false, {}};
  for (int i = 0; i < 20; ++i) {
    one.varied.push_back(i % 2 == 0 ? 0.1 : -0.1);
    other.varied.push_back(one.varied.back() + (i % 4 < 2 ? 0.01 : -0.01));
  }
  EXPECT_EQ(uncertainty_of_runs(exact, exact), (std::pair<double, double>(0, 0)));
  double const half = 2.093024 * 0.1 * std::sqrt(20. / 19) / std::sqrt(20.);
  EXPECT_NEAR(uncertainty_of_runs(one, exact).second, half, 1e-6);
  EXPECT_NEAR(uncertainty_of_runs(one, other).second, half / 10, 1e-7);
  EXPECT_DOUBLE_EQ(uncertainty_of_runs(one, other).first, -uncertainty_of_runs(other, one).second);
}

TEST(RacedValues, RefuseWhatCannotBeRaced) {
  Point const still{Fleet(Constant{0}, 8), Sync{}, 1000, {}};
  expect_error(ExitCode::usage, "has delays of 0 alone", [&] {
    raced_values({&still, 1}, options("time=1"));
  });
  Point const late = point_of("exponential:rate=1", "sync");
  expect_error(ExitCode::usage, "--goal time 1e+12 is too late", [&] {
    raced_values({&late, 1}, options("time=1e12"));
  });
}

}  // namespace
}  // namespace dsgd
