/// Every strategy under every law against its exact mean and distribution, over the lists of both: a new one
/// is tested by being listed.
#include <gtest/gtest.h>

#include <cmath>

#include "engines/cpu/cpu.hpp"
#include "exact/runtime_distribution.hpp"
#include "run/runner.hpp"
#include "statistics/estimate.hpp"
#include "validate/check.hpp"

namespace dsgd {
namespace {

Effort const effort{1e6, {4, 8, 33}};

TEST(ExactMeans, OfEveryStrategyUnderEveryLawAreFound) {
  std::vector<Comparison> const comparisons = exact_means(effort);
  ASSERT_GT(comparisons.size(), 100u);
  auto const engine = make_cpu_engine(2);
  for (Comparison const& comparison : comparisons) {
    Check const check =
        compare(comparison, *engine, family_wise_false_alarms / static_cast<double>(comparisons.size()));
    EXPECT_TRUE(check.passed) << check.kind << ", " << check.what << ": " << check.found << ", tolerance "
                              << check.tolerance;
  }
}

/// A mean that is wrong by 20 of its standard errors, or by 1e-5 where nothing is random, must not pass.
TEST(ExactMeans, AWrongMeanIsNoticed) {
  std::vector<Comparison> const comparisons = exact_means(effort);
  auto const engine = make_cpu_engine(2);
  for (Comparison comparison : comparisons) {
    RunResult const result = run(std::span(&comparison.point, 1), *engine, {});
    Estimate const found = estimate(comparison.point, result.summaries[0]);
    comparison.expected += found.standard_error ? 20 * *found.standard_error : 1e-5 * comparison.expected;
    Check const check =
        compare(comparison, *engine, family_wise_false_alarms / static_cast<double>(comparisons.size()));
    EXPECT_FALSE(check.passed) << check.kind << ", " << check.what << ": " << check.found;
  }
}

TEST(ExactDistributions, OfEveryOrderStatisticAreFound) {
  std::vector<PlannedPoint> const points = exact_distributions(effort);
  ASSERT_GT(points.size(), 50u);
  auto const engine = make_cpu_engine(2);
  for (PlannedPoint const& point : points) {
    Check const check = compare_distribution(point, point.point(), *engine,
                                             family_wise_false_alarms / static_cast<double>(points.size()));
    EXPECT_TRUE(check.passed) << check.kind << ", " << check.what << ": " << check.found << ", tolerance "
                              << check.tolerance;
  }
}

/// Is the distribution with one worker more so near that these draws cannot tell? A time without spread is in
/// the same bin, one of two times may almost always be the same, and so may a deadline be.
bool is_settled(Point const& point) {
  RuntimeDistribution const exact = exact_distribution(point).value();
  if (exact.values.size() == 1 || exact.values.size() == 2) return true;
  auto const* const deadline = std::get_if<Deadline>(&point.strategy);
  if (deadline == nullptr) return false;
  double const earlier = exact.tails(deadline->time * (1 - 1e-9)).below,
               later = exact.tails(deadline->time).above;
  return earlier + later < 0.01;
}

/// One worker more moves a distribution by 1 / (e m) or so: at m = 33, with the draws that this takes, by
/// almost twice the bound.
TEST(ExactDistributions, AnotherNumberOfWorkersIsNoticed) {
  std::vector<PlannedPoint> points = exact_distributions({effort.draws, {4, 8}});
  for (PlannedPoint const& point : exact_distributions({8e6, {33}})) points.push_back(point);
  auto const engine = make_cpu_engine(2);
  for (PlannedPoint const& point : points) {
    if (is_settled(point.point())) continue;
    Point other = point.point();
    other.fleet = Fleet(other.fleet.law(), other.workers() + 1);
    Check const check = compare_distribution(point, other, *engine,
                                             family_wise_false_alarms / static_cast<double>(points.size()));
    EXPECT_FALSE(check.passed) << check.kind << ", " << check.what << ": " << check.found;
  }
}

}  // namespace
}  // namespace dsgd
