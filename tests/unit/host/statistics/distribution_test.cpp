#include "statistics/distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "engines/cpu/cpu.hpp"
#include "run/runner.hpp"
#include "statistics/estimate.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

std::vector<DistributionBin> bins_of(Point point) {
  point.quantiles = true;
  static auto const engine = make_cpu_engine(2);
  PlannedPoint const planned(std::move(point));
  Summary const summary = run(std::span(&planned, 1), *engine, {}).summaries[0];
  return distribution(planned, estimate(planned, summary).bins);
}

double expected_in_all(std::vector<DistributionBin> const& bins) {
  double sum = 0;
  for (DistributionBin const& bin : bins) sum += bin.expected.value();
  return sum;
}

TEST(JoinedBins, HoldEveryValueOnceWithoutGaps) {
  Histogram histogram;
  std::uint64_t total = 0;
  for (std::uint32_t i = 1; i <= 10000; ++i, ++total) histogram.add(static_cast<float>(i % 97) * 0.37f);
  std::vector<BinCount> const bins = joined_bins(histogram);
  EXPECT_EQ(std::accumulate(bins.begin(), bins.end(), std::uint64_t{0},
                            [](std::uint64_t sum, BinCount const& bin) { return sum + bin.count; }),
            total);
  EXPECT_EQ(bins.front().first, 0u);
  EXPECT_EQ(bins.front().end, 1u);  // 0 alone
  for (std::size_t i = 1; i < bins.size(); ++i) {
    EXPECT_EQ(bins[i].first, bins[i - 1].end);
    EXPECT_LT(bins[i].first, bins[i].end);
  }
  EXPECT_TRUE(joined_bins(Histogram()).empty());
}

TEST(JoinedBins, AreFewHoweverManyValuesThereAre) {
  for (std::uint64_t const count : {1u, 1000000000u}) {
    Histogram histogram;
    for (std::uint32_t bin = 127 * 256; bin < 137 * 256; ++bin) histogram.add_to_bin(bin, count);
    EXPECT_EQ(joined_bins(histogram).size(), 10u * 32) << count;
  }
}

/// The mean of a bin's count is its probability times the iterations: chi-square of the bins with enough of
/// them.
TEST(Distribution, CountsAgreeWithProbabilities) {
  for (Law const& law : {Law(Exponential{2.0}), Law(ShiftedExponential{1000.0, 1.0}),
                         Law(Lognormal{0.0, 1.0}), Law(Gamma{0.7, 1.0}), Law(Pareto{1.0, 1.5})})
    for (Strategy const& strategy :
         {Strategy(Sync{}), Strategy(KSync{Share{3}}), Strategy(GradientCoding{Share{2}})}) {
      std::vector<DistributionBin> const bins = bins_of(make_point(strategy, 8, 200000, law));
      double chi_square = 0;
      int degrees = 0;
      for (DistributionBin const& bin : bins) {
        double const mean = 200000 * bin.expected.value();
        if (mean < 20) continue;
        double const distance = static_cast<double>(bin.count) - mean;
        chi_square += distance * distance / mean;
        ++degrees;
      }
      EXPECT_GT(degrees, 100);
      // Nearly normal with variance 2 n; 6.5 standard deviations: false alarm below 1e-6 for the 15 in all.
      EXPECT_LT(chi_square, degrees + 6.5 * std::sqrt(2.0 * degrees))
          << law.index() << " " << strategy.index();
      EXPECT_NEAR(expected_in_all(bins), 1, 1e-3);
    }
}

TEST(Distribution, OfFewValuesHasThemAlone) {
  std::vector<DistributionBin> const bins = bins_of(make_point(Sync{}, 3, 1000, TwoPoint{10.0, 13.7, 0.2}));
  ASSERT_EQ(bins.size(), 2u);
  EXPECT_EQ(bins[0].low, 10.0);
  EXPECT_EQ(bins[0].high, 10.0);
  EXPECT_DOUBLE_EQ(bins[0].expected.value(), 0.512);
  EXPECT_NEAR(bins[1].low, 13.7, 1e-6);
  EXPECT_EQ(bins[1].low, bins[1].high);
  EXPECT_DOUBLE_EQ(bins[1].expected.value(), 0.488);
  EXPECT_EQ(bins[0].count + bins[1].count, 1000u);

  std::vector<DistributionBin> const constant = bins_of(make_point(Sync{}, 3, 1000, Constant{4.25}));
  ASSERT_EQ(constant.size(), 1u);
  EXPECT_EQ(constant[0].low, 4.25);
  EXPECT_EQ(constant[0].high, 4.25);
  EXPECT_EQ(constant[0].expected, 1.0);
}

/// A value at the very beginning of a bin is in it and not in the one before.
TEST(Distribution, FindsValuesAtTheEndsOfBins) {
  std::vector<DistributionBin> const bins = bins_of(make_point(Fastest{}, 1, 1000, TwoPoint{0.0, 1.0, 0.25}));
  ASSERT_EQ(bins.size(), 2u);
  EXPECT_EQ(bins[0].low, 0.0);
  EXPECT_EQ(bins[0].expected, 0.75);
  EXPECT_EQ(bins[1].low, 1.0);
  EXPECT_EQ(bins[1].expected, 0.25);
}

TEST(Distribution, IsUnknownWhereClocksAreFollowedOrDelaysAdded) {
  Point async = make_point(Async{}, 4, 5000, Uniform{0.0, 1.0});
  async.stream = clock_stream(1, 4, false);
  for (Point const& point : {async, make_point(LocalSgd{3, 0.5}, 4, 5000)})
    for (DistributionBin const& bin : bins_of(point)) EXPECT_FALSE(bin.expected);
}

TEST(Distribution, OfAFleet) {
  Point point = make_point(Sync{}, 4, 20000, Exponential{1.0});
  point.fleet = Fleet({{3, Exponential{1.0}}, {1, Exponential{0.1}}});
  std::vector<DistributionBin> const bins = bins_of(point);
  EXPECT_NEAR(expected_in_all(bins), 1, 1e-3);
}

}  // namespace
}  // namespace dsgd
