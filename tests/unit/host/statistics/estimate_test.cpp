#include "statistics/estimate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "support/points.hpp"

namespace dsgd {
namespace {

Summary summarize(PlannedPoint const& point, std::vector<float> const& runtimes) {
  Summary summary;
  for (float const runtime : runtimes) summary.add(runtime, point.observable().quantum_exponent);
  return summary;
}

TEST(Estimate, OfThreeRuntimesByHand) {
  PlannedPoint const point = make_planned_point(Sync{}, 1, 3);
  Estimate const result = estimate(point, summarize(point, {1.0f, 2.0f, 6.0f}));
  EXPECT_EQ(result.iterations, 3u);
  EXPECT_EQ(result.mean, 3.0);
  EXPECT_EQ(result.standard_deviation, std::sqrt(7.0));  // (4 + 1 + 9) / 2
  EXPECT_EQ(result.standard_error, std::sqrt(7.0) / std::sqrt(3.0));
  EXPECT_EQ(result.minimum, 1.0);
  EXPECT_EQ(result.maximum, 6.0);
  EXPECT_EQ(result.expected, 0.5);
  EXPECT_NEAR(result.z.value(), 2.5 / std::sqrt(7.0 / 3), 5e-5);
  EXPECT_NEAR(result.ci95_high.value(), 3 + 4.302652729749 * std::sqrt(7.0 / 3), 1e-10);
  EXPECT_NEAR(result.ci95_low.value(), 3 - 4.302652729749 * std::sqrt(7.0 / 3), 1e-10);
}

/// Three runtimes of four workers, two of whom are awaited: mean 3, half an interval 6.6.
TEST(Estimate, OfThroughputByHand) {
  PlannedPoint const point = make_planned_point(KSync{Share{2}}, 4, 3, Exponential{0.25});
  Estimate const wide = estimate(point, summarize(point, {1.0f, 2.0f, 6.0f}));
  EXPECT_EQ(wide.throughput, 2 / 3.0);
  EXPECT_NEAR(wide.throughput_low.value(), 2 / wide.ci95_high.value(), 1e-12);
  EXPECT_FALSE(wide.throughput_high);  // the mean may be 0
  EXPECT_EQ(wide.cost, 4 * 3.0 / 2);
  Estimate const narrow = estimate(point, summarize(point, {1.0f, 1.1f, 0.9f}));
  EXPECT_NEAR(narrow.throughput_high.value(), 2 / narrow.ci95_low.value(), 1e-11);
  // X(1) + X(2) of exponential delays is 1/4 + (1/4 + 1/3) of their mean, and half of the workers are cancelled.
  EXPECT_NEAR(narrow.busy.value(), (0.25 + 7 / 12.0) / (4 * 7 / 12.0), 1e-12);
  EXPECT_EQ(narrow.discarded, 0.5);
}

/// Copies work beside all workers, so that what is cancelled may exceed the workers' own time. The share, with its
/// standard error, is that of 4 * 10^5 steps that were played.
TEST(Estimate, OfCopiesBesideAllWorkers) {
  Point point = make_point(Speculate{0.001, 0, 0, Share{2}}, 7, 3, ShiftedExponential{1.0, 1.0});
  PlannedPoint const planned(point);
  Estimate const result = estimate(planned, summarize(planned, {1.1f, 1.2f, 1.0f}));
  EXPECT_NEAR(result.busy.value(), 0.27529, 5e-4);
  EXPECT_NEAR(result.discarded.value(), 1.703, 2e-3);
}

TEST(Estimate, OneIterationHasNoSpread) {
  PlannedPoint const point = make_planned_point(Sync{}, 1, 1);
  Estimate const result = estimate(point, summarize(point, {2.5f}));
  EXPECT_EQ(result.mean, 2.5);
  EXPECT_FALSE(result.standard_deviation || result.standard_error || result.ci95_low || result.ci95_high ||
               result.z);
  EXPECT_TRUE(result.expected);
}

TEST(Estimate, EqualRuntimesHaveNoError) {
  PlannedPoint const point = make_planned_point(Sync{}, 1, 2);
  Estimate const result = estimate(point, summarize(point, {2.5f, 2.5f}));
  EXPECT_EQ(result.standard_deviation, 0.0);
  EXPECT_FALSE(result.standard_error || result.ci95_low || result.ci95_high || result.z);
}

/// Against sums in extended precision; ticks resolve 2^-25 of a typical runtime, so 1000 of them agree to
/// 1e-9.
TEST(Estimate, EqualsFloatingPointSums) {
  std::mt19937 random(11);
  std::exponential_distribution<float> delay(2.0f);
  for (double const rate : {1e-36, 2.0, 1e18}) {
    PlannedPoint const point = make_planned_point(Fastest{}, 1, 1000, Exponential{rate});
    std::vector<float> runtimes;
    long double sum = 0;
    long double squares = 0;
    for (int i = 0; i < 1000; ++i) {
      runtimes.push_back(static_cast<float>(static_cast<double>(delay(random)) * 2 / rate));
      sum += runtimes.back();
      squares += static_cast<long double>(runtimes.back()) * runtimes.back();
    }
    long double const variance = (squares - sum * sum / 1000) / 999;
    Estimate const result = estimate(point, summarize(point, runtimes));
    EXPECT_NEAR(*result.mean / static_cast<double>(sum / 1000), 1, 1e-8);
    EXPECT_NEAR(result.standard_deviation.value() / static_cast<double>(std::sqrt(variance)), 1, 1e-8);
  }
}

/// Steps of a round end together: 10 steps are one round, 25 two and a half.
TEST(TimeOfUpdates, AddsRoundsOfLocalSgdAndNotSteps) {
  PlannedPoint const point = make_planned_point(LocalSgd{10, 0}, 2, 3);
  Estimate estimate{};
  estimate.mean = 2;
  estimate.standard_deviation = 0.5;
  auto const deviation = [&](std::uint64_t updates) {
    return time_of_updates(point.point(), estimate, updates)->standard_deviation.value();
  };
  EXPECT_NEAR(deviation(1), 0.5, 1e-11);
  EXPECT_NEAR(deviation(10), 5, 1e-11);
  EXPECT_NEAR(deviation(25), 0.5 * std::sqrt(100 + 100 + 25), 1e-11);
  EXPECT_NEAR(deviation(1000), 0.5 * std::sqrt(10'000), 1e-11);
  EXPECT_EQ(time_of_updates(point.point(), estimate, 25)->mean, 50);
  PlannedPoint const independent = make_planned_point(Sync{}, 2, 3);
  EXPECT_NEAR(time_of_updates(independent.point(), estimate, 25)->standard_deviation.value(), 2.5, 1e-11);
}

/// 12 digits would put both ends of the interval on the origin.
TEST(Estimate, IntervalsHaveTheDigitsThatTheirWidthNeeds) {
  PlannedPoint const point = make_planned_point(Sync{}, 1, 4, ShiftedExponential{1e12, 1});
  Estimate const result = estimate(point, summarize(point, {1.0f, 2.0f, 1.5f, 2.5f}));
  double const half = 3.182446305284 * *result.standard_error;
  EXPECT_NEAR(*result.ci95_high - *result.ci95_low, 2 * half, 0.01 * half);
}

/// A spread below what doubles tell apart beside the mean says nothing of the mean's distance from the exact
/// one.
TEST(Estimate, LeavesOutAZThatRoundingMakes) {
  PlannedPoint const point = make_planned_point(Sync{}, 1, 3, ShiftedExponential{1e12, 1e9});
  Estimate const result = estimate(point, summarize(point, {1e-9f, 2e-9f, 6e-9f}));
  EXPECT_TRUE(result.standard_error);
  EXPECT_FALSE(result.z);
  PlannedPoint const usual = make_planned_point(Sync{}, 1, 3, ShiftedExponential{1e3, 1});
  EXPECT_TRUE(estimate(usual, summarize(usual, {1.0f, 2.0f, 6.0f})).z);
}

/// Exponential workers follow no clocks; what is known of their gradients' staleness is told all the same.
TEST(Estimate, KnowsTheStalenessOfExponentialWorkers) {
  auto const staleness = [](Strategy const& strategy) {
    PlannedPoint const point = make_planned_point(strategy, 8, 3);
    return estimate(point, summarize(point, {1.0f, 2.0f, 6.0f})).staleness;
  };
  EXPECT_EQ(staleness(Async{})->expected, 7.0);
  EXPECT_EQ(staleness(KAsync{Share{4}})->expected, 1.0);
  EXPECT_FALSE(staleness(KAsync{Share{4}})->mean);
  EXPECT_FALSE(staleness(Fastest{}));
  EXPECT_FALSE(staleness(Sync{}));
}

}  // namespace
}  // namespace dsgd
