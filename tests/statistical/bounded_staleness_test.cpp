/// Mean time between updates where workers wait for the slowest (ssp), beside its exact value.
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

struct BoundedCase {
  char const* law;
  std::uint32_t workers, staleness;
};

constexpr BoundedCase bounded_cases[] = {{"exponential:rate=1", 2, 1},
                                         {"exponential:rate=1", 2, 30},
                                         {"exponential:rate=1", 4, 2},
                                         {"exponential:rate=1", 8, 1},
                                         {"gamma:shape=3:rate=1", 5, 0},
                                         {"lognormal:mu=0:sigma=1", 16, 0},
                                         {"uniform:low=1:high=2", 3, 0},
                                         {"1*exponential:rate=1+1*exponential:rate=0.6", 2, 1},
                                         {"3*uniform:low=1:high=2+2*gamma:shape=2:rate=1", 5, 0}};

Point point_of(BoundedCase const& tested, std::uint32_t staleness) {
  Sweep sweep;
  sweep.fleets = {parse_fleet(tested.law)};
  sweep.strategies = {Ssp{staleness}};
  sweep.workers = {tested.workers};
  sweep.iterations = 1'000'000;
  return expand(sweep).front();
}

/// Distance of the mean from the exact one of a staleness, in standard errors.
double z_of(BoundedCase const& tested, std::uint32_t staleness_of_exact) {
  PlannedPoint const planned(point_of(tested, tested.staleness));
  auto const engine = make_cpu_engine(2);
  Summary const summary = run({&planned, 1}, *engine, {}).summaries.front();
  MeanInterval const found = mean_interval(planned, summary).value();
  double const exact = exact_runtime(point_of(tested, staleness_of_exact)).value().mean;
  return (found.mean - exact) / found.standard_error;
}

/// Windows have 255 degrees of freedom or more: of nine cases one exceeds 4.5 by chance with probability 1e-4.
constexpr double most_errors = 4.5;

TEST(BoundedStalenessMeans, AreExact) {
  for (BoundedCase const& tested : bounded_cases)
    EXPECT_LT(std::abs(z_of(tested, tested.staleness)), most_errors) << tested.law << " " << tested.staleness;
}

TEST(BoundedStalenessMeans, OneJobMoreIsNoticed) {
  for (BoundedCase const& tested : bounded_cases) {
    bool const is_known = exact_runtime(point_of(tested, tested.staleness + 1)).has_value();
    if (!is_known || tested.staleness == 30) continue;  // of 30 jobs one more is worth 0.02 % of the mean
    EXPECT_GT(std::abs(z_of(tested, tested.staleness + 1)), most_errors)
        << tested.law << " " << tested.staleness;
  }
}

/// Without a bound workers never wait: the mean is E[X] / m. The bound that is left costs 1 / (2 s + 3) of the
/// updates of two exponential workers, and less of those of steadier ones.
TEST(BoundedStalenessMeans, ApproachThoseOfWorkersThatNeverWait) {
  BoundedCase const tested{"exponential:rate=1", 2, 60};
  EXPECT_LT(exact_runtime(point_of(tested, 60)).value().mean, 0.5 * 1.01);
  EXPECT_LT(std::abs(z_of(tested, 60)), most_errors);
}

}  // namespace
}  // namespace dsgd
