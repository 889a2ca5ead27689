/// Do 95 % intervals hold the exact mean 95 % of the time?
#include <gtest/gtest.h>

#include "engines/cpu/cpu.hpp"
#include "exact/point.hpp"
#include "run/runner.hpp"
#include "statistics/estimate.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

constexpr int seeds = 10'000;
/// 0.95 less 5 and plus 4.6 standard errors of 0.0022: a false alarm has a chance of 2 * 10^-6.
constexpr double low = 0.939;
constexpr double high = 0.960;

/// Share of the intervals, each shrunk around its mean, that hold the exact mean.
double coverage(Strategy const& strategy, double shrink) {
  auto const engine = make_cpu_engine(2);
  int hits = 0;
  for (int seed = 0; seed < seeds; ++seed) {
    PlannedPoint const point =
        make_planned_point(strategy, 20, 1000, Exponential{2.0}, static_cast<std::uint64_t>(seed));
    Estimate const result = estimate(point, run(std::span(&point, 1), *engine, {}).summaries[0]);
    double const half_width = (*result.ci95_high - *result.ci95_low) / 2 * shrink;
    hits += std::abs(*result.mean - exact_runtime(point.point()).value().mean) <= half_width;
  }
  return static_cast<double>(hits) / seeds;
}

TEST(Intervals, CoverTheExactMean) {
  for (Strategy const& strategy : {Strategy{Sync{}}, Strategy{Async{}}}) {
    double const share = coverage(strategy, 1.0);
    EXPECT_GE(share, low);
    EXPECT_LE(share, high);
  }
}

/// Intervals a tenth too narrow would hold it 92 % of the time.
TEST(Intervals, TooNarrowIsNoticed) { EXPECT_LT(coverage(Sync{}, 0.9), low); }

}  // namespace
}  // namespace dsgd
