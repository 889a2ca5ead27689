/// Updates and gradients of races beside the exact means of sweeps.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <variant>
#include <vector>

#include "dsgd/sweep.hpp"
#include "exact/gradients.hpp"
#include "exact/point.hpp"
#include "race/engine.hpp"
#include "spec/spec.hpp"
#include "support/every_strategy.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t workers = 8, replications = 2000;

/// One of some 30 distances exceeds it by chance with probability 2e-4.
constexpr double far = 4.5;

constexpr char const* laws[] = {"exponential:rate=1", "gamma:shape=3:rate=3:shift=0.5",
                                "1*exponential:rate=0.2+7*gamma:shape=3:rate=3"};

Point point_of(char const* law, Strategy const& strategy) {
  Sweep sweep;
  sweep.fleets = {parse_fleet(law)};
  sweep.strategies = {strategy};
  sweep.workers = {workers};
  return expand(sweep).front();
}

/// The time of an update of the server, which local SGD counts as several.
Moments runtime_of(Point const& point) {
  Runtime const form = race_form(point.strategy, workers);
  return transformed(exact_runtime(point).value(), 0, static_cast<double>(updates_at_once(form)));
}

/// Updates of the server until 200 mean runtimes, beside those of a renewal process.
/// @param factor  by which the exact times are taken to be longer
double z_of_updates(Point const& point, double factor) {
  Moments const runtime = runtime_of(point);
  double const mean = factor * runtime.mean, variance = factor * factor * runtime.variance.value();
  double const time = 200 * runtime.mean;
  RaceTask const task({point.fleet, point.strategy, {}, 0.1}, {{time}, {}}, 1, false);
  RaceSummary const summary = race(task, replications, {"cpu", 2});
  double const updates = static_cast<double>(summary.at_times[0].updates) / replications /
                         static_cast<double>(updates_at_once(task.form));
  // Feller, "An Introduction to Probability Theory and Its Applications", 1971, XI.3 and XI.5: what is left
  // out vanishes with the time.
  double const expected = time / mean + (variance - mean * mean) / (2 * mean * mean);
  double const deviation = std::sqrt(time * variance / (mean * mean * mean));
  return (updates - expected) / (deviation / std::sqrt(double{replications}));
}

/// True where runtimes differ enough for the number of updates to grow smoothly with the time: where most of
/// them are a deadline, it grows in steps.
bool spreads(Moments const& runtime) {
  return runtime.variance && std::sqrt(*runtime.variance) > 0.1 * runtime.mean;
}

/// All strategies whose updates are independent: each begins when all begin anew.
std::vector<Point> independent_points() {
  std::vector<Point> points;
  for (char const* const law : laws)
    for (Strategy const& strategy : test::every_strategy(2)) {
      if (!are_independent(race_form(strategy, workers))) continue;
      Point const point = point_of(law, strategy);
      std::optional<Moments> const exact = exact_runtime(point);
      if (exact && spreads(*exact)) points.push_back(point);
    }
  return points;
}

TEST(RacedUpdates, TakeTheExactMeanTimeOfSweeps) {
  std::vector<Point> const points = independent_points();
  EXPECT_GE(points.size(), 20u);
  for (Point const& point : points)
    EXPECT_LT(std::abs(z_of_updates(point, 1)), far)
        << canonical_spec(point.fleet) << " " << canonical_spec(point.strategy);
}

TEST(RacedUpdates, ThatTakeTwoPerCentLongerAreNoticed) {
  for (Point const& point : independent_points())
    EXPECT_GT(z_of_updates(point, 1.02), far)
        << canonical_spec(point.fleet) << " " << canonical_spec(point.strategy);
}

struct DeadlineCase {
  char const *law, *strategy, *other;
};

constexpr DeadlineCase deadlines[] = {
    {"exponential:rate=1", "deadline:time=1:k=4", "deadline:time=1.05:k=4"},
    {"1*exponential:rate=0.2+7*gamma:shape=3:rate=3", "deadline:time=1", "deadline:time=1.05"},
    // Many arrive together, at the deadline and after it.
    {"two-point:low=1:high=3:probability=0.4", "deadline:time=1:k=6", "deadline:time=1:k=7"},
    {"two-point:low=1:high=3:probability=0.4", "deadline:time=0:k=3", "deadline:time=0:k=4"}};

/// Gradients per update, beside the exact mean of a strategy: between k and 8, they deviate by 4 at most.
double z_of_gradients(DeadlineCase const& tested, char const* strategy_of_exact) {
  Point const point = point_of(tested.law, parse_strategy(tested.strategy, "--strategy"));
  constexpr std::uint64_t updates = 100;
  RaceTask const task({point.fleet, point.strategy, {}, 0.1}, {{}, {updates}}, 1, false);
  RaceSummary const summary = race(task, replications, {"cpu", 2});
  constexpr double count = replications * updates;
  double const mean = static_cast<double>(summary.after_updates[0].gradients) / count;
  double const exact = mean_gradients(point_of(tested.law, parse_strategy(strategy_of_exact, "--strategy")));
  return (mean - exact) / (4 / std::sqrt(count));
}

TEST(RacedGradients, AreTheExactMeanOfDeadlines) {
  for (DeadlineCase const& tested : deadlines)
    EXPECT_LT(std::abs(z_of_gradients(tested, tested.strategy)), far) << tested.law << " " << tested.strategy;
}

TEST(RacedGradients, OfAnotherDeadlineOrWorkerAreNoticed) {
  for (DeadlineCase const& tested : deadlines)
    EXPECT_GT(std::abs(z_of_gradients(tested, tested.other)), far) << tested.law << " " << tested.strategy;
}

}  // namespace
}  // namespace dsgd
