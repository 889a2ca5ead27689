/// Do 95 % intervals still hold the exact mean 95 % of the time where points stop at a precision?
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "engines/cpu/cpu.hpp"
#include "exact/point.hpp"
#include "run/runner.hpp"
#include "statistics/estimate.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

constexpr int stopping_seeds = 10'000;
/// 0.95 less 5 and plus 4.6 standard errors of 0.0022: a false alarm has a chance of 2 * 10^-6.
constexpr double lowest_share = 0.939;
constexpr double highest_share = 0.960;

struct Stopping {
  char const* name;
  Point point;
  double relative_error;
};

/// @param shrink  factor of each interval's width
double stopped_coverage(Stopping const& stopping, double shrink) {
  auto const engine = make_cpu_engine(1);
  double const mean = exact_runtime(stopping.point).value().mean;
  int hits = 0, early = 0;
  for (int seed = 0; seed < stopping_seeds; ++seed) {
    Point point = stopping.point;
    point.stream.seed = static_cast<std::uint64_t>(seed);
    PlannedPoint const planned(point);
    Summary const summary =
        run(std::span(&planned, 1), *engine, {.relative_error = stopping.relative_error}).summaries[0];
    MeanInterval const interval = mean_interval(planned, summary).value();
    hits += std::abs(interval.mean - mean) <= interval.half_width() * shrink;
    early += summary.iterations < point.iterations;
  }
  EXPECT_GT(early, stopping_seeds * 9 / 10) << "the limit is meant to be out of reach";
  return static_cast<double>(hits) / stopping_seeds;
}

class StoppedIntervals : public testing::TestWithParam<Stopping> {};

TEST_P(StoppedIntervals, CoverTheExactMean) {
  double const share = stopped_coverage(GetParam(), 1.0);
  RecordProperty("coverage", std::to_string(share));
  EXPECT_GE(share, lowest_share);
  EXPECT_LE(share, highest_share);
}

/// Relative errors that are met near a decision, where chance has most to say about when to stop:
/// 1.96 deviation / mean / sqrt(6144) for the first.
INSTANTIATE_TEST_SUITE_P(
    Laws, StoppedIntervals,
    testing::Values(Stopping{"exponential", make_point(Async{}, 1, 1 << 20, Exponential{2}), 0.025},
                    Stopping{"between_decisions", make_point(Async{}, 1, 1 << 20, Exponential{2}), 0.0235},
                    Stopping{"slowest_of_5", make_point(Sync{}, 5, 1 << 20, Exponential{2}), 0.0133}),
    [](auto const& info) { return std::string(info.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Nightly, StoppedIntervals,
    testing::Values(Stopping{"pareto_6", make_point(Sync{}, 1, 1 << 20, Pareto{1, 6}), 0.005},
                    Stopping{"pareto_4", make_point(Sync{}, 1, 1 << 20, Pareto{1, 4}), 0.01},
                    Stopping{"clocks", make_point(KAsync{Share{2}}, 3, 1 << 19, Exponential{2}), 0.004}),
    [](auto const& info) { return std::string(info.param.name); });

/// Intervals a tenth too narrow would hold it 92 % of the time.
TEST(StoppedIntervals, TooNarrowIsNoticed) {
  EXPECT_LT(stopped_coverage({"", make_point(Async{}, 1, 1 << 20, Exponential{2}), 0.025}, 0.9),
            lowest_share);
}

}  // namespace
}  // namespace dsgd
