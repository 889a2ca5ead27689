/// Mean time per update of workers that go on from job to job: k E[X]/m (for fleets, over the sum of their
/// rates), whatever the delays, from the first update that is measured.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>

#include "dsgd/observable.hpp"
#include "dsgd/sweep.hpp"
#include "engines/cpu/cpu.hpp"
#include "spec/spec.hpp"
#include "statistics/estimate.hpp"

namespace dsgd {
namespace {

struct ClockCase {
  char const *law, *strategy;
  std::uint32_t workers;
};

constexpr ClockCase clock_cases[] = {
    // multiples of a common time, nearly: workers that start together stay in step
    {"two-point:low=1:high=10.1:probability=0.999", "async", 4},
    {"two-point:low=1:high=2:probability=0.25", "k-batch-async:k=3", 300},
    {"two-point:low=0:high=1:probability=0.4", "k-batch-async:k=3", 300},
    // longer than any warm-up
    {"two-point:low=1:high=100:probability=0.01", "async", 300},
    {"lognormal:mu=0:sigma=1.5", "async", 300},
    {"weibull:scale=1:shape=0.5", "async", 300},
    // some workers much slower than others
    {"15*shifted-exponential:shift=1:rate=1+1*shifted-exponential:shift=100:rate=0.01", "async", 16}};

/// Workers without memory are in the middle of their jobs whenever they start: there is no twin.
constexpr ClockCase memoryless = {"15*exponential:rate=1+1*exponential:rate=0.05", "k-batch-async:k=2", 16};

/// Distance from the exact mean in standard errors.
/// @param under_way  do workers start in the middle of jobs, as they should?
/// Nothing where all replications take the same time.
std::optional<double> z_of(ClockCase const& tested, bool under_way) {
  Sweep sweep;
  sweep.fleets = {parse_fleet(tested.law)};
  sweep.strategies = parse_strategies(tested.strategy);
  sweep.workers = {tested.workers};
  sweep.iterations = 1'000'000;
  PlannedPoint const point(expand(sweep).front());
  Batch batch{point.point().stream, {point.observable()}};
  Observable& seen = batch.observables.front();
  EXPECT_TRUE(seen.plan.under_way);
  seen.plan.under_way = under_way;
  if (!under_way) seen.plan = {900, 0, 1200};  // short enough for the start to weigh
  Summary summary;
  Work const work{&batch, {0, seen.plan.replications}, {&summary, 1}};
  make_cpu_engine(2)->run({&work, 1});
  return estimate(point, summary, {}).z;
}

/// About 900 replications each, and eight cases: Student's t leaves 5.5 with probability 5e-8.
constexpr double tolerance = 5.5;

TEST(ClockMeans, AreExactForAllDelays) {
  for (ClockCase const& tested : clock_cases)
    EXPECT_LT(std::abs(z_of(tested, true).value()), tolerance) << tested.law;
  EXPECT_LT(std::abs(z_of(memoryless, true).value()), tolerance);
}

TEST(ClockMeans, WorkersThatStartTogetherAreNoticed) {
  // In step, all replications may even take the same time: then there is no z.
  double const in_step = std::numeric_limits<double>::infinity();
  for (ClockCase const& tested : clock_cases)
    EXPECT_GT(std::abs(z_of(tested, false).value_or(in_step)), tolerance) << tested.law;
}

}  // namespace
}  // namespace dsgd
