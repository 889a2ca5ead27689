/// Quantiles of an estimate: single values, intervals that hold what they say, and bins that are fine enough.
#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/time_scale.hpp"
#include "engines/cpu/cpu.hpp"
#include "exact/binomial.hpp"
#include "exact/runtime_distribution.hpp"
#include "run/runner.hpp"
#include "spec/spec.hpp"
#include "statistics/estimate.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

/// A point that keeps a histogram.
PlannedPoint counted(Point point) {
  point.quantiles = true;
  return PlannedPoint(std::move(point));
}

/// Times in whole tens: their quantiles are among them, however wide bins are.
TEST(EstimateQuantiles, OfSingleValuesAreAmongThem) {
  Empirical law;
  std::vector<double> times;
  for (int i = 1; i <= 100; ++i) times.push_back(10 * i);
  law.set_values(times);
  PlannedPoint const point = counted(make_point(Sync{}, 1, 1000, law));
  Summary summary;
  for (double const time : times)
    for (int i = 0; i < 10; ++i) {
      summary.add(static_cast<float>(time - 10), point.observable().quantum_exponent);
      summary.histogram.add(static_cast<float>(time - 10));
    }
  std::vector<double> const wanted{0.01, 0.1, 0.5, 0.9, 0.97};
  for (Quantile const& quantile : estimate(point, summary, wanted).quantiles) {
    EXPECT_EQ(quantile.value, std::round(100 * quantile.probability) * 10) << quantile.probability;
    EXPECT_EQ(std::fmod(*quantile.low, 10), 0) << quantile.probability;
    EXPECT_EQ(std::fmod(*quantile.high, 10), 0) << quantile.probability;
    EXPECT_LE(*quantile.low, quantile.value);
    EXPECT_GE(*quantile.high, quantile.value);
  }
}

/// Which of a bin's values a quantile is depends on how likely they are: 1000 and 1001 share a bin.
TEST(EstimateQuantiles, WeighTheValuesOfABin) {
  auto const quantile_of = [](std::vector<double> const& times, std::uint32_t workers, double probability) {
    Empirical law;
    law.set_values(times);
    PlannedPoint const point = counted(make_point(Sync{}, workers, 20000, law));
    static auto const engine = make_cpu_engine(1);
    Summary const summary = run(std::span(&point, 1), *engine, {}).summaries[0];
    return estimate(point, summary, std::span(&probability, 1)).quantiles[0].value;
  };
  std::vector<double> const unequal{0, 1000, 1001, 1001, 1001, 1001, 1001, 1001, 1001, 1001};
  EXPECT_EQ(quantile_of(unequal, 1, 0.05), 0);
  EXPECT_EQ(quantile_of(unequal, 1, 0.15), 1000);
  EXPECT_EQ(quantile_of(unequal, 1, 0.25), 1001);
  EXPECT_EQ(quantile_of(unequal, 1, 0.5), 1001);
  std::vector<double> const equal{0, 1000, 1001, 1002};  // of 8: 2^-8 to 1000, 0.100 to 1001
  EXPECT_EQ(quantile_of(equal, 8, 0.002), 1000);
  EXPECT_EQ(quantile_of(equal, 8, 0.03), 1001);
  EXPECT_EQ(quantile_of(equal, 8, 0.12), 1002);
}

/// The rank-th smallest as if the values of a bin were spread evenly over it.
double interpolated(Histogram const& histogram, double rank) {
  double value = 0, before = 0;
  histogram.for_each([&](std::uint32_t bin, std::uint64_t count) {
    auto const here = static_cast<double>(count);
    double const low = Histogram::lower_end(bin), high = Histogram::lower_end(bin + 1);
    if (before < rank) value = low + std::min((rank - before) / here, 1.0) * (high - low);
    before += here;
  });
  return value;
}

/// A share of 0.95 less 0.02 of 1000 seeds must cover, which is three standard errors. Half an interval, its ends
/// within bins, misses more.
TEST(EstimateQuantiles, IntervalsCoverHoweverNarrowTheLaw) {
  auto const engine = make_cpu_engine(2);
  std::vector<double> const wanted{0.01, 0.1, 0.5, 0.9, 0.99};
  constexpr std::uint64_t seeds = 1000, iterations = 5000;
  Empirical tens;
  std::vector<double> times;
  for (int i = 1; i <= 50; ++i) times.push_back(10 * i);
  tens.set_values(times);
  for (Law const& law : {Law(Lognormal{0, 0.001}), Law(Lognormal{0, 0.01}), Law(Lognormal{0, 1}),
                         Law(TwoPoint{10.0, 13.7, 0.2}), Law(tens)}) {
    std::vector<PlannedPoint> points;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed)
      points.push_back(counted(make_point(Sync{}, 8, iterations, law, seed)));
    std::vector<Summary> const summaries = run(points, *engine, {}).summaries;
    RuntimeDistribution const exact = exact_distribution(points[0].point()).value();
    auto const holds = [&](double low, double high, double probability) {
      return exact.tails(low * (1 - 1e-10)).below <= probability &&
             exact.tails(high * (1 + 1e-10)).below >= probability;
    };
    for (std::size_t q = 0; q < wanted.size(); ++q) {
      RankInterval const ranks = binomial_interval_95(iterations, wanted[q]);
      RankInterval const half{(ranks.low + wanted[q] * iterations) / 2,
                              (ranks.high + wanted[q] * iterations) / 2};
      std::uint64_t covered = 0, halved = 0;
      for (std::size_t s = 0; s < seeds; ++s) {
        Quantile const quantile = estimate(points[s], summaries[s], std::span(&wanted[q], 1)).quantiles[0];
        covered += holds(*quantile.low, *quantile.high, wanted[q]);
        Histogram const& histogram = summaries[s].histogram;
        TimeScale const time = histogram_scale(points[s]);
        halved += holds(time(interpolated(histogram, half.low)), time(interpolated(histogram, half.high)),
                        wanted[q]);
      }
      EXPECT_GE(covered, 0.93 * seeds) << law.index() << " " << wanted[q];
      if (auto const* narrow = std::get_if<Lognormal>(&law); narrow && narrow->sigma == 0.001) {
        EXPECT_LT(halved, 0.85 * seeds) << wanted[q];
      }
    }
  }
}

/// The same for a sum of delays and for workers on clocks, whose runtimes are Erlang's: of 4 steps of one
/// worker at rate 1, the mean of them; and of 4 arrivals at rate 2.
TEST(EstimateQuantiles, IntervalsOfSumsAndClocksCover) {
  auto const engine = make_cpu_engine(2);
  std::vector<double> const wanted{0.01, 0.1, 0.5, 0.9, 0.99};
  constexpr std::uint64_t seeds = 1000;
  struct Case {
    Strategy strategy;
    std::uint32_t workers;
    double scale;
  };
  for (Case const& tested : {Case{LocalSgd{4, 0}, 1, 0.25}, Case{KBatchSync{Share{4}}, 2, 0.5}}) {
    std::vector<PlannedPoint> points;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed)
      points.push_back(counted(make_point(tested.strategy, tested.workers, 2000, Exponential{1.0}, seed)));
    std::vector<Summary> const summaries = run(points, *engine, {}).summaries;
    for (double const probability : wanted) {
      double const exact = boost::math::gamma_p_inv(4.0, probability) * tested.scale;
      std::uint64_t covered = 0;
      for (std::size_t s = 0; s < seeds; ++s) {
        Quantile const found = estimate(points[s], summaries[s], std::span(&probability, 1)).quantiles[0];
        covered += found.low <= exact && exact <= found.high;
      }
      EXPECT_GE(covered, 0.93 * seeds) << canonical_spec(tested.strategy) << " " << probability;
    }
  }
}

/// Bins are as fine as runtimes differ: a hundredth of the deviation, where they had been four of it wide.
TEST(EstimateQuantiles, AreAsFineAsTheLawIsNarrow) {
  PlannedPoint const point = counted(make_point(Sync{}, 8, 20'000, Lognormal{0, 0.001}));
  auto const engine = make_cpu_engine(2);
  Summary const summary = run(std::span(&point, 1), *engine, {}).summaries[0];
  double const probability = 0.9;
  Quantile const found = estimate(point, summary, std::span(&probability, 1)).quantiles[0];
  double const exact = std::exp(0.001 * boost::math::quantile(boost::math::normal(), std::pow(0.9, 1.0 / 8)));
  EXPECT_NEAR(found.value, exact, 3e-5);  // its standard error is 7e-6, and a bin is 3.5e-5 wide
  EXPECT_LT(*found.high - *found.low, 1e-4);
}

/// A value just below the end of its bin, nearer to it than a ten-millionth.
TEST(EstimateQuantiles, KnowValuesNextToTheEndOfTheirBin) {
  auto const below_2 = static_cast<double>(std::nextafter(2.0f, 0.0f));
  Empirical law;
  law.set_values({0, below_2, below_2, 3});
  PlannedPoint const point = counted(make_point(Sync{}, 1, 100, law));
  Summary summary;
  for (float const excess : {0.0f, static_cast<float>(below_2), static_cast<float>(below_2), 3.0f})
    for (int i = 0; i < 25; ++i) {
      summary.add(excess, point.observable().quantum_exponent);
      summary.histogram.add(excess);
    }
  EXPECT_NEAR(estimate(point, summary, std::vector{0.5}).quantiles.front().value, below_2, 1e-11);
}

/// 12 digits would make one number of a quantile and both its ends.
TEST(EstimateQuantiles, BesideAnOriginHaveTheDigitsTheyNeed) {
  PlannedPoint const point = counted(make_point(Sync{}, 1, 1000, ShiftedExponential{1e12, 1}));
  Summary summary;
  for (int i = 0; i < 1000; ++i) {
    float const excess = -std::log((static_cast<float>(i) + 0.5f) / 1000);
    summary.add(excess, point.observable().quantum_exponent);
    summary.histogram.add(excess);
  }
  Quantile const median = estimate(point, summary, std::vector{0.5}).quantiles.front();
  EXPECT_NEAR(median.value - 1e12, std::log(2), 0.01);
  EXPECT_NEAR(*median.high - *median.low, 0.13, 0.03);  // 4 * sqrt(0.25 / 1000) / density of 1/2
}

}  // namespace
}  // namespace dsgd
