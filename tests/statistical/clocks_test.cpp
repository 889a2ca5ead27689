/// Clocks of workers whose delays are multiples of a common time, or nearly: the mean time per update is
/// k E[X]/m only where workers do not keep in step.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>

#include "dsgd/sweep.hpp"
#include "engines/cpu/cpu.hpp"
#include "estimate.hpp"
#include "spec.hpp"

namespace dsgd {
namespace {

struct Case {
  char const *law, *strategy;
  std::uint32_t workers;
};

constexpr Case cases[] = {
    {"two-point:low=1:high=10.1:probability=0.999", "async", 4},
    {"two-point:low=1:high=2:probability=0.25", "k-batch-async:k=3", 300},
    {"15*two-point:low=1:high=2:probability=0.001+1*two-point:low=2:high=4:probability=0.001", "async", 16}};

/// @param apart  do workers start one by one, as they should?
std::optional<double> z_of(Case const& tested, bool apart) {
  Sweep sweep;
  sweep.fleets = {parse_fleet(tested.law)};
  sweep.strategies = parse_strategies(tested.strategy);
  sweep.workers = {tested.workers};
  sweep.iterations = 1'000'000;
  Point const point = expand(sweep).front();
  Batch batch{point.stream, {observable(point)}};
  Observable& seen = batch.observables.front();
  EXPECT_GT(seen.plan.start_spread, 0u);
  if (!apart) seen.plan.start_spread = 0;
  Summary summary;
  Work const work{&batch, {0, work_units(point, seen)}, {&summary, 1}};
  make_cpu_engine(2)->run({&work, 1});
  return estimate(point, summary, {}).z;
}

/// About 900 replications each: Student's t leaves 5.5 with probability 5e-8.
constexpr double tolerance = 5.5;

TEST(ClockMeans, AreExactWhereDelaysHaveACommonMultiple) {
  for (Case const& tested : cases) EXPECT_LT(std::abs(z_of(tested, true).value()), tolerance) << tested.law;
}

TEST(ClockMeans, WorkersThatStartTogetherAreNoticed) {
  // In step, all replications may even take the same time: then there is no z.
  double const in_step = std::numeric_limits<double>::infinity();
  for (Case const& tested : cases)
    EXPECT_GT(std::abs(z_of(tested, false).value_or(in_step)), tolerance) << tested.law;
}

}  // namespace
}  // namespace dsgd
