#include "fit/curves.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support_laws.hpp"

namespace dsgd::fit {
namespace {

TEST(FitCurves, FewValuesAreAllShown) {
  Sample const sample = make_sample({1, 2, 3, 5}, 1);
  ValueCurves const curves = value_curves(sample, {shifted(Exponential{1}, 0)});
  EXPECT_EQ(curves.measured, sample.values);
  EXPECT_EQ(curves.shares, (std::vector<double>{0.125, 0.375, 0.625, 0.875}));
  EXPECT_NEAR(curves.laws[0].quantiles[3], -std::log(0.125), 1e-12);
}

TEST(FitCurves, ManyValuesKeepBothEnds) {
  Sample const sample = draw_from({"gamma", shifted(Gamma{3, 1}, 0)}, 5000, 0);
  ValueCurves const curves = value_curves(sample, {shifted(Gamma{3, 1}, 0)});
  EXPECT_LE(curves.shares.size(), max_curve_points);
  EXPECT_GE(curves.shares.size(), max_curve_points / 2);
  EXPECT_EQ(curves.measured.front(), sample.smallest());
  EXPECT_EQ(curves.measured.back(), sample.largest());
  EXPECT_TRUE(std::is_sorted(curves.shares.begin(), curves.shares.end()));
}

/// The largest of n exponential values is below x with probability (1 - e^-x)^n.
TEST(FitCurves, BandIsThatOfOrderStatistics) {
  Sample const sample = make_sample({1, 2, 3, 5}, 1);
  ValueCurves const curves = value_curves(sample, {shifted(Exponential{1}, 0)});
  EXPECT_NEAR(std::pow(-std::expm1(-curves.low[3]), 4), 0.025, 1e-9);
  EXPECT_NEAR(std::pow(-std::expm1(-curves.high[3]), 4), 0.975, 1e-9);
  EXPECT_NEAR(-std::expm1(-4 * curves.low[0]), 0.025, 1e-9);  // of the smallest
}

TEST(FitCurves, SlowestIsTheProductOverWorkers) {
  Matrix const times{2, 2, {1, 4, 3, 2}, {"a", "b"}, 0};
  SlowestCurves const curves = slowest_curves(times, shifted(Uniform{0, 4}, 0));
  EXPECT_EQ(curves.times, (std::vector<double>{3, 4}));
  EXPECT_EQ(curves.measured, (std::vector<double>{0.5, 1}));
  EXPECT_EQ(curves.per_worker, (std::vector<double>{0.5, 1}));
  EXPECT_NEAR(curves.pooled[0], 0.75 * 0.75, 1e-12);
  EXPECT_NEAR(curves.law[0], 0.75 * 0.75, 1e-12);
  EXPECT_NEAR(curves.law[1], 1, 1e-12);
}

TEST(FitCurves, BoxesAreOfEachWorker) {
  Matrix times{100, 2, {}, {"a", "b"}, 0};
  for (int step = 0; step < 100; ++step) times.times.insert(times.times.end(), {step * 1.0, 7.0});
  auto const boxes = worker_boxes(times);
  EXPECT_EQ(boxes[0].quantiles, (std::vector<double>{5, 25, 50, 75, 95}));
  EXPECT_EQ(boxes[1].worker, "b");
  EXPECT_EQ(boxes[1].quantiles, (std::vector<double>(5, 7.0)));
}

}  // namespace
}  // namespace dsgd::fit
