/// Values and intervals of races that are drawn, beside exact ones. A gamma law of shape 1 is exponential, but its
/// races are drawn.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>
#include <vector>

#include "exact/race/point.hpp"
#include "race/estimate.hpp"
#include "recommend/races.hpp"
#include "spec/spec.hpp"

namespace dsgd {
namespace {

/// For 20 batches: one of 8 distances exceeds it by chance with probability 7e-5.
constexpr double far_of_batches = 6;

Point contender(char const* law, char const* strategy) {
  return {parse_fleet(law).of(4), parse_strategy(strategy, "--strategy"), 1000, {}};
}

std::vector<RacedValue> values_of(char const* law, std::vector<char const*> const& strategies,
                                  char const* goal, std::uint64_t replications, std::uint64_t seed) {
  std::vector<Point> points;
  for (char const* const strategy : strategies) points.push_back(contender(law, strategy));
  std::vector<RacedValue> values;
  for (auto& value : raced_values(points, {parse_goal(goal), {}, replications, seed, {"cpu", 1}}))
    values.push_back(std::move(value.value()));
  return values;
}

/// The exact value at a learning rate.
double exact_value(char const* strategy, double learning_rate, Goal const& goal) {
  Point const point = contender("exponential:rate=1", strategy);
  RacePoint const raced{point.fleet, point.strategy, {}, learning_rate};
  ExactRace const exact = exact_race(raced).value();
  std::vector<double> times{goal.level};
  if (goal.kind == Goal::Kind::time) return exact_errors_at(exact, raced.model, times).value().front();
  times.clear();
  for (int i = 0; i <= 100; ++i) times.push_back(0.4 * i);
  return exact_crossing(exact, raced.model, times, goal.level).value();
}

constexpr char const* strategies[] = {"sync", "k-sync:k=2", "k-async:k=2", "async"};
constexpr char const* goals[] = {"time=4", "error=0.1"};

/// Distances of drawn values from exact ones at the same learning rates.
/// @param factor  of the exact ones
std::vector<double> distances(double factor) {
  std::vector<double> z;
  for (char const* const goal : goals) {
    std::vector<RacedValue> const values =
        values_of("gamma:shape=1:rate=1", {std::begin(strategies), std::end(strategies)}, goal, 40000, 3);
    for (std::size_t i = 0; i < values.size(); ++i) {
      RacedValue const& value = values[i];
      EXPECT_FALSE(value.is_exact);
      double const exact = factor * exact_value(strategies[i], value.learning_rate, parse_goal(goal));
      RacedValue const known{value.learning_rate, exact, true, {}};
      double const standard_error = uncertainty_of_runs(value, known).second / 2.093;
      z.push_back(std::log(value.value / exact) / standard_error);
    }
  }
  return z;
}

TEST(DrawnRaces, HaveTheExactValues) {
  for (double const z : distances(1)) EXPECT_LT(std::abs(z), far_of_batches);
}

TEST(DrawnRaces, ThatAreTenPerCentOffAreNoticed) {
  for (double const z : distances(1.1)) EXPECT_GT(std::abs(z), far_of_batches);
}

/// How many of 40 seeds there are under which the interval of sync's value over async's holds the exact ratio, and one that is
/// half as large again.
std::pair<int, int> held(char const* goal) {
  std::vector<RacedValue> const exact = values_of("exponential:rate=1", {"sync", "async"}, goal, 400, 1);
  double const ratio = std::log(exact[0].value / exact[1].value);
  std::pair<int, int> counts{0, 0};
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    std::vector<RacedValue> const drawn =
        values_of("gamma:shape=1:rate=1", {"sync", "async"}, goal, 400, seed);
    double const found = std::log(drawn[0].value / drawn[1].value);
    auto const [low, high] = uncertainty_of_runs(drawn[0], drawn[1]);
    auto const holds = [&, low = low, high = high](double told) {
      return found + low <= told && told <= found + high;
    };
    counts.first += holds(ratio);
    counts.second += holds(ratio + std::log(1.5));
  }
  return counts;
}

/// Fewer than 32 of 40 intervals of 95 % hold by chance with probability 1e-4.
TEST(IntervalsOfRaces, HoldTheExactRatioAndNoOther) {
  for (char const* const goal : goals) {
    auto const [right, wrong] = held(goal);
    EXPECT_GE(right, 32) << goal;
    EXPECT_LT(wrong, 20) << goal;
  }
}

/// Who is best is known exactly where delays are exponential.
TEST(DrawnRaces, HaveTheKnownBest) {
  for (char const* const goal : {"time=1", "time=40"}) {
    std::vector<char const*> const all(std::begin(strategies), std::end(strategies));
    auto const best_under = [&](char const* law) {
      std::vector<RacedValue> const values = values_of(law, all, goal, 4000, 5);
      auto const least =
          std::min_element(values.begin(), values.end(),
                           [](RacedValue const& a, RacedValue const& b) { return a.value < b.value; });
      return strategies[least - values.begin()];
    };
    EXPECT_EQ(best_under("gamma:shape=1:rate=1"), best_under("exponential:rate=1")) << goal;
  }
}

}  // namespace
}  // namespace dsgd
