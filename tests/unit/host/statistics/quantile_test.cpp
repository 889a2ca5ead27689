#include "statistics/quantile.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace dsgd {
namespace {

TEST(QuantileOfHistogram, OfOneValueIsInItsBin) {
  Histogram histogram;
  histogram.add(3.0f);
  QuantileEstimate const median = quantile(quantile_bins(histogram, 0.5));
  EXPECT_NEAR(median.value, 3.0, 3.0 / 256);
  EXPECT_FALSE(median.low.has_value());  // one value bounds nothing
  EXPECT_FALSE(median.high.has_value());
}

TEST(QuantileOfHistogram, OfZerosIsZero) {
  Histogram histogram;
  histogram.add_to_bin(0, 1000);
  EXPECT_EQ(quantile(quantile_bins(histogram, 0.99)).value, 0.0);
}

/// Bins are at most 2^-8 wide, and exponential delays fill them almost evenly.
TEST(QuantileOfHistogram, OfExponentialDelaysIsTheirs) {
  Histogram histogram;
  constexpr int n = 1'000'000;
  for (int i = 0; i < n; ++i) histogram.add(static_cast<float>(-std::log((i + 0.5) / n)));
  for (double const p : {0.001, 0.1, 0.5, 0.9, 0.999})
    EXPECT_NEAR(quantile(quantile_bins(histogram, p)).value / -std::log1p(-p), 1.0, 1e-3) << p;
}

TEST(QuantileOfHistogram, LiesBetweenTheEnds) {
  Histogram histogram;
  for (int i = 0; i < 100; ++i) histogram.add(1000.5f);  // a bin of 2
  EXPECT_NEAR(quantile(quantile_bins(histogram, 0.5)).value, 1001, 1e-9);
  QuantileEstimate const median = quantile(quantile_bins(histogram, 0.5), {1000.25, 1000.75});
  EXPECT_NEAR(median.value, 1000.5, 1e-9);
  EXPECT_GE(median.low, 1000.25);
  EXPECT_LE(median.high, 1000.75);
  EXPECT_EQ(quantile(quantile_bins(histogram, 0.1), {1000.5, 1000.5}).value, 1000.5);
}

TEST(QuantileOfHistogram, CostsNoMoreForMoreValues) {
  Histogram histogram;
  histogram.add_to_bin(Histogram::bin_of(1.0f), 999'900'000);
  histogram.add_to_bin(Histogram::bin_of(8.0f), 100'000);
  QuantileEstimate const tail = quantile(quantile_bins(histogram, 0.99995));
  EXPECT_NEAR(tail.value, 8.0, 8.0 / 256);
  EXPECT_LE(*tail.low, tail.value);
  EXPECT_GE(*tail.high, tail.value);
}

/// 2000 samples of 400 values: the interval holds the median with probability >= 0.95, and is no wider than
/// it must be (0.95 + the largest step of the binomial, 0.04). Six standard errors of a proportion: 2e-9.
TEST(QuantileOfHistogram, IntervalsCoverAsPromised) {
  std::mt19937_64 random(7);
  std::exponential_distribution<float> delay(1.0f);
  constexpr int samples = 2000;
  double const median = std::log(2.0);
  int covered = 0, covered_elsewhere = 0;
  for (int s = 0; s < samples; ++s) {
    Histogram histogram;
    for (int i = 0; i < 400; ++i) histogram.add(delay(random));
    QuantileEstimate const estimate = quantile(quantile_bins(histogram, 0.5));
    covered += *estimate.low <= median && median <= *estimate.high;
    covered_elsewhere += *estimate.low <= 1.15 * median && 1.15 * median <= *estimate.high;
  }
  double const six_errors = 6 * std::sqrt(0.95 * 0.05 / samples);
  EXPECT_GE(covered, (0.95 - six_errors) * samples);
  EXPECT_LE(covered, (0.99 + six_errors) * samples);
  EXPECT_LT(covered_elsewhere, 0.9 * samples) << "a median that is 15 % off must not be covered as often";
}

/// All values are in one bin of 2^-8: nothing is known of where in it, and an interval between ranks that was
/// spread evenly over it would miss.
TEST(QuantileOfHistogram, IntervalsAreAsWideAsTheirBins) {
  Histogram histogram;
  for (int i = 0; i < 5000; ++i) histogram.add(1.0001f);
  QuantileEstimate const quantile_9 = quantile(quantile_bins(histogram, 0.9), {1.00005, 1.5});
  EXPECT_EQ(quantile_9.low, 1.00005);
  EXPECT_EQ(quantile_9.high, 1 + 0x1p-8);
  EXPECT_GE(quantile_9.value, *quantile_9.low);
  EXPECT_LE(quantile_9.value, *quantile_9.high);
}

/// 0.07 * 100 is 7.000000000000001 as a double; the seventh of a hundred values is meant.
TEST(QuantileOfHistogram, IsOfTheRankThatIsMeant) {
  Histogram histogram;
  histogram.add_to_bin(Histogram::bin_of(1.0f), 7);
  histogram.add_to_bin(Histogram::bin_of(8.0f), 93);
  EXPECT_LE(quantile(quantile_bins(histogram, 0.07)).value, 1 + 0x1p-8);
  EXPECT_GE(quantile(quantile_bins(histogram, 0.08)).value, 8);
}

}  // namespace
}  // namespace dsgd
