/// Mean runtimes at deadlines and with copies of slow workers, beside their exact values.
#include <gtest/gtest.h>

#include <cmath>

#include "dsgd/sweep.hpp"
#include "engines/cpu/cpu.hpp"
#include "exact/point.hpp"
#include "run/runner.hpp"
#include "spec/spec.hpp"
#include "statistics/estimate.hpp"

namespace dsgd {
namespace {

struct TimedCase {
  char const *law, *strategy, *other;  ///< a strategy that differs by 2 % of its time, or by one worker
  std::uint64_t workers;
};

constexpr char const* fleet = "1*exponential:rate=0.2+7*gamma:shape=3:rate=3";
constexpr TimedCase timed_cases[] = {
    {"exponential:rate=1", "deadline:time=1:k=4", "deadline:time=1.02:k=4", 8},
    {"exponential:rate=1", "deadline:time=0.3", "deadline:time=0.306", 8},
    {"lognormal:mu=0:sigma=1", "deadline:time=2:k=10", "deadline:time=2:k=11", 16},
    {"gamma:shape=3:rate=3:shift=1", "deadline:time=2.5", "deadline:time=2.55", 16},
    {"two-point:low=1:high=9:probability=0.1", "deadline:time=5", "deadline:time=5.1", 4},
    {fleet, "deadline:time=2:k=7", "deadline:time=2.04:k=7", 8},
    {"exponential:rate=1", "speculate:after=1", "speculate:after=1.02", 1},
    {"weibull:scale=1:shape=0.7", "speculate:after=0:k=3", "speculate:after=0:k=4", 8},
    {"exponential:rate=1", "speculate:after=1:k=6", "speculate:after=1.02:k=6", 8},
    {"pareto:scale=1:shape=1.5", "speculate:after=2", "speculate:after=2.04", 8},
    {"weibull:scale=1:shape=0.7", "speculate:after=1.5:k=12", "speculate:after=1.5:k=13", 16},
    {"two-point:low=1:high=9:probability=0.1", "speculate:after=2", "speculate:after=2.04", 8},
    {fleet, "speculate:after=2", "speculate:after=2.04", 8},
};

Point point_of(TimedCase const& tested, char const* strategy) {
  Sweep sweep;
  sweep.fleets = {parse_fleet(tested.law)};
  sweep.strategies = parse_strategies(strategy);
  sweep.workers = {tested.workers};
  sweep.iterations = 1'000'000;
  return expand(sweep).front();
}

/// Distance of the mean from the exact one of a strategy, in standard errors.
double z_of(TimedCase const& tested, char const* strategy_of_exact) {
  PlannedPoint const planned(point_of(tested, tested.strategy));
  auto const engine = make_cpu_engine(2);
  Summary const summary = run({&planned, 1}, *engine, {}).summaries.front();
  MeanInterval const found = mean_interval(planned, summary).value();
  double const exact = exact_runtime(point_of(tested, strategy_of_exact)).value().mean;
  return (found.mean - exact) / found.standard_error;
}

/// One of twelve cases exceeds 4.5 by chance with probability 8e-5.
constexpr double too_far = 4.5;

TEST(TimedMeans, AreExact) {
  for (TimedCase const& tested : timed_cases)
    EXPECT_LT(std::abs(z_of(tested, tested.strategy)), too_far) << tested.law << " " << tested.strategy;
}

TEST(TimedMeans, OfAnotherTimeOrWorkerAreNoticed) {
  for (TimedCase const& tested : timed_cases)
    EXPECT_GT(std::abs(z_of(tested, tested.other)), too_far) << tested.law << " " << tested.strategy;
}

/// A sample's deviation has the relative error sqrt((kurtosis - 1) / (4 n)): 0.31 % for a kurtosis of 40, which runtimes
/// that a deadline nearly always ends may have. The limit is 4.5 of these.
TEST(TimedMeans, HaveTheDeviationOfTheirTails) {
  for (TimedCase const& tested : timed_cases) {
    Point const point = point_of(tested, tested.strategy);
    Moments const exact = exact_runtime(point).value();
    if (!exact.variance || runtime_tail_index(point) < 5) continue;
    PlannedPoint const planned(point);
    auto const engine = make_cpu_engine(2);
    Summary const summary = run({&planned, 1}, *engine, {}).summaries.front();
    double const deviation = estimate(planned, summary, {}).standard_deviation.value();
    EXPECT_NEAR(deviation / std::sqrt(*exact.variance), 1, 0.014) << tested.law << " " << tested.strategy;
  }
}

}  // namespace
}  // namespace dsgd
