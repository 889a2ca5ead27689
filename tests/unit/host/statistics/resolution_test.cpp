/// Every point either has ticks fine enough or is refused.
#include "statistics/resolution.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "dsgd/time_scale.hpp"
#include "engines/cpu/cpu.hpp"
#include "exact/point.hpp"
#include "run/runner.hpp"
#include "spec/spec.hpp"
#include "statistics/estimate.hpp"
#include "support/example_laws.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

constexpr std::string_view strategies =
    "sync,fastest,k-sync:k=3,k-sync:k=90%,async,k-async:k=3,k-batch-async:k=2,k-batch-sync:k=3,"
    "k-batch-sync:k=9,"
    "local-sgd:steps=4:communication=0";

Summary summarized(PlannedPoint const& point) {
  static auto const engine = make_cpu_engine(1);
  return run({&point, 1}, *engine, {}).summaries.front();
}

/// Mean of what a histogram counted, to 2^-9 of itself.
double mean_of(Histogram const& histogram) {
  double sum = 0, total = 0;
  histogram.for_each([&](std::uint32_t bin, std::uint64_t count) {
    double const low = Histogram::lower_end(bin);
    double const high = bin == 0 ? low : static_cast<double>(Histogram::lower_end(bin + 1));
    sum += static_cast<double>(count) * (low + high) / 2;
    total += static_cast<double>(count);
  });
  return sum / total;
}

/// The runtimes of order statistics are counted in ticks and, beside, in bins: where ticks are too coarse,
/// both have different means. Where delays are added, a mean lies between the ends at least.
void expect_resolved(Point point) {
  point.quantiles = true;
  if (find_unresolved(point)) return;
  PlannedPoint const planned(point);
  Summary const summary = summarized(planned);
  Estimate const result = estimate(planned, summary);
  if (!result.mean) return;
  double const slack = 1e-6 * result.maximum;
  std::string const what =
      canonical_spec(point.strategy) + " " + fleet_spec(point) + " " + std::to_string(point.workers());
  EXPECT_GE(*result.mean, result.minimum - slack) << what;
  EXPECT_LE(*result.mean, result.maximum + slack) << what;
  Observable const& seen = planned.observable();
  TimeScale const time = time_scale(planned);
  double const of_bins = mean_of(summary.histogram) + static_cast<double>(seen.histogram_origin);
  // Bins of what is below the normal floats are coarse, and a double loses what is beside a large offset.
  if (of_bins < 1e-36 || of_bins * time.scale < 1e-10 * time.offset) return;
  EXPECT_NEAR((*result.mean - time.offset) / time.scale / of_bins, 1.0, 0x1p-7) << what;
}

template <class>
class Resolution : public testing::Test {};
TYPED_TEST_SUITE(Resolution, LawTypes);

TYPED_TEST(Resolution, IsEnoughWherePointsAreServed) {
  for (TypeParam const& law : example_laws<TypeParam>())
    for (Strategy const& strategy : parse_strategies(strategies))
      for (std::uint32_t const m : {4u, 20u}) expect_resolved(make_point(strategy, m, 200, law));
  for (TypeParam const& law : example_laws<TypeParam>())
    for (Strategy const& strategy : parse_strategies("sync,fastest,k-sync:k=50%")) {
      Point point = make_point(strategy, 1000, 200, law);
      point.sampling = Sampling::order_statistics;
      if (!hardly_varies(point)) expect_resolved(point);
    }
}

/// One worker's tail is heavier than what the others wait for.
TEST(ResolutionOfFleets, IsEnoughWherePointsAreServed) {
  for (double const shape : {0.9, 1.5, 3.0})
    for (Strategy const& strategy : parse_strategies(strategies)) {
      Point point = make_point(strategy, 16, 200, Exponential{2.0});
      point.fleet = Fleet({{15, Exponential{2.0}}, {1, Pareto{1.0, shape}}});
      expect_resolved(point);
    }
}

TEST(UnresolvedTails, AreFound) {
  auto const span = [](Strategy const& strategy, std::uint32_t workers, Law const& law) {
    auto const unresolved = find_unresolved(make_point(strategy, workers, 100, law));
    return unresolved ? unresolved->span : 0;
  };
  EXPECT_EQ(span(Async{}, 8, Pareto{1.0, 1.2}), 0);
  EXPECT_GT(span(Async{}, 8, Pareto{1.0, 0.9}), max_span);
  EXPECT_GT(span(Async{}, 10'000, Pareto{1.0, 1.2}), max_span);
  EXPECT_GT(span(LocalSgd{4, 0}, 8, Pareto{1.0, 0.9}), max_span);
  EXPECT_GT(span(Sync{}, 8, Lognormal{0.0, 6.0}), max_span);
  EXPECT_EQ(span(KSync{Share{3}}, 8, Lognormal{0.0, 6.0}), 0);
  Point fleet = make_point(Fastest{}, 16, 100);
  fleet.fleet = Fleet({{15, Exponential{2.0}}, {1, Pareto{1.0, 0.6}}});
  EXPECT_FALSE(find_unresolved(fleet));
  EXPECT_EQ(observable(fleet).quantum_exponent, -6 - 24);  // typically 0.017
  fleet.strategy = Async{};
  EXPECT_TRUE(find_unresolved(fleet));
  EXPECT_GT(span(Async{}, 4, TwoPoint{1.0, 1e20, 1e-15}), max_span);
  EXPECT_EQ(span(Sync{}, 4, TwoPoint{1.0, 1e20, 1e-15}), 0);  // an excess of 0 and one other are exact
}

/// The spread of the K-th of m is about that of the law over the root of m.
TEST(HardlyVaries, BelowTheResolutionOfFloats) {
  auto const is_flat = [](Strategy const& strategy, std::uint32_t workers, Law const& law) {
    return hardly_varies(make_point(strategy, workers, 100, law));
  };
  EXPECT_FALSE(is_flat(KSync{Share{1}}, 1, Lognormal{0.0, 1e-6}));
  EXPECT_TRUE(is_flat(KSync{Share{500}}, 1000, Lognormal{0.0, 1e-6}));
  EXPECT_FALSE(is_flat(KSync{Share{500}}, 1000, Lognormal{0.0, 1e-4}));
  EXPECT_TRUE(is_flat(Sync{}, 1000, Lognormal{0.0, 1e-6}));
  EXPECT_FALSE(is_flat(Fastest{}, 1 << 20, Exponential{2.0}));
  EXPECT_FALSE(is_flat(Sync{}, 1 << 20, Exponential{2.0}));
  EXPECT_FALSE(is_flat(KSync{Share{5}}, 10, Constant{3.0}));     // no spread is exact
  EXPECT_FALSE(is_flat(KSync{Share{5}}, 10, Pareto{1.0, 1e6}));  // counted from its origin
  EXPECT_FALSE(is_flat(Async{}, 1000, Lognormal{0.0, 1e-6}));
}

/// Quantiles of order statistics do without ticks: they stay where there is no mean.
TEST(UnresolvedTails, AreNoneOfOrderStatisticsWithoutAMean) {
  Point const point = make_point(Sync{}, 8, 100, Pareto{1.0, 0.6});
  EXPECT_LE(runtime_tail_index(point), 1);
  EXPECT_FALSE(find_unresolved(point));
}

TEST(FloatRange, EndsWhereSumsOrOrderStatisticsAreNo32BitNumbers) {
  auto const sampled = [](std::uint64_t workers, Law const& law) {
    return float_range({{law, workers}, Fastest{}, 10, {1, 0}, 0, false, Sampling::order_statistics});
  };
  EXPECT_EQ(float_range(make_point(KBatchSync{Share{646}}, 1, 25, Exponential{1e-36})), FloatRange::too_long);
  EXPECT_EQ(float_range(make_point(LocalSgd{8, 0}, 2, 25, Exponential{1e-36})), FloatRange::too_long);
  EXPECT_EQ(float_range(make_point(KBatchSync{Share{646}}, 1, 25, Exponential{1e-30})), FloatRange::inside);
  EXPECT_EQ(float_range(make_point(Sync{}, max_workers, 25, Exponential{1e-36})), FloatRange::inside);
  EXPECT_EQ(sampled(1'000'000'000'000, Lognormal{-80, 1}), FloatRange::too_short);
  EXPECT_EQ(sampled(10'000'000'000, Weibull{1, 0.25}), FloatRange::too_short);
  EXPECT_EQ(sampled(10'000'000'000, Gamma{0.25, 1}), FloatRange::too_short);
  EXPECT_EQ(sampled(std::uint64_t{1} << 60, Uniform{0, 1e-30}), FloatRange::too_short);
  EXPECT_EQ(sampled(1'000'000'000'000, Weibull{1, 1}), FloatRange::inside);
  EXPECT_EQ(sampled(max_sampled_workers, Exponential{2}), FloatRange::inside);
  EXPECT_EQ(sampled(max_sampled_workers, TwoPoint{0, 1, 0.5}), FloatRange::inside);  // 0 is a value here
}

/// Times between arrivals are as short as the quickest workers make them, whichever group comes first.
TEST(FindUnresolved, FleetsOnClocksAreCountedInTheQuantumOfTheirQuickestGroup) {
  for (bool const quick_first : {true, false}) {
    Point point = make_point(Async{}, 2, 100);
    auto const with = [&](FleetGroup const& slow) {
      FleetGroup const quick{1, Uniform{1, 2}};
      return Fleet(quick_first ? std::vector{quick, slow} : std::vector{slow, quick});
    };
    point.fleet = with({1, Uniform{1e8, 2e8}});
    EXPECT_FALSE(find_unresolved(point));
    EXPECT_LE(observable(point).quantum_exponent, -24);
    point.fleet = with({1, Uniform{1e20, 2e20}});
    EXPECT_TRUE(find_unresolved(point));
  }
}

/// A median of 0 is no time between arrivals.
TEST(FindUnresolved, FleetsOfWorkersThatMostlyTakeNoTimeAreLookedAtToo) {
  Point point = make_point(Async{}, 2, 100);
  point.fleet = Fleet({{1, TwoPoint{0, 1, 0.25}}, {1, Constant{1e30}}});
  EXPECT_TRUE(find_unresolved(point));
}

}  // namespace
}  // namespace dsgd
