/// What strategies must have in common, for random laws, workers and seeds.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <variant>
#include <vector>

#include "engines/cpu/cpu.hpp"
#include "engines/definition/scalar.hpp"
#include "run/runner.hpp"
#include "spec/spec.hpp"
#include "statistics/estimate.hpp"
#include "support/points.hpp"
#include "validate/samples.hpp"

namespace dsgd {
namespace {

constexpr int cases = 200;
constexpr std::uint64_t iterations = 300;

/// Parameters anywhere within ranges in which laws are common.
class Draw {
 public:
  explicit Draw(unsigned seed) : random_(seed) {}

  double real(double low, double high) { return std::uniform_real_distribution(low, high)(random_); }
  std::uint32_t whole(std::uint32_t low, std::uint32_t high) {
    return std::uniform_int_distribution(low, high)(random_);
  }

  /// Any of the program's list. A law without a line below does not compile.
  Law law(double scale = 1) {
    Law law = sample_laws()[whole(0, static_cast<std::uint32_t>(std::variant_size_v<Law>) - 1)];
    std::visit([&](auto& l) { set(l, scale); }, law);
    return law;
  }

 private:
  void set(Exponential& law, double scale) { law.rate = real(0.1, 10) / scale; }
  void set(ShiftedExponential& law, double scale) { law = {real(0, 5) * scale, real(0.1, 10) / scale}; }
  void set(Pareto& law, double scale) { law = {real(0.1, 5) * scale, real(2.5, 8)}; }
  void set(Weibull& law, double scale) { law = {real(0.1, 5) * scale, real(0.5, 4)}; }
  void set(Lognormal& law, double scale) { law = {real(-2, 2) + std::log(scale), real(0.1, 1.5)}; }
  void set(LogLogistic& law, double scale) { law = {real(0.1, 5) * scale, real(2.5, 8)}; }
  void set(Gamma& law, double scale) { law = {real(0.5, 4), real(0.1, 5) / scale}; }
  void set(Uniform& law, double scale) { law = {real(0, 2) * scale, real(2.5, 6) * scale}; }
  void set(Constant& law, double scale) { law.value = real(0.1, 5) * scale; }
  void set(TwoPoint& law, double scale) { law = {real(0.1, 2) * scale, real(3, 5) * scale, real(0.01, 0.9)}; }
  void set(Hyperexponential& law, double scale) {
    law = {real(0.1, 0.9), real(1, 5) / scale, real(0.1, 0.5) / scale};
  }
  void set(Empirical& law, double scale) {
    std::vector<double> times(whole(2, 40));
    for (double& time : times) time = real(0.5, 5) * scale;
    law.set_values(times);
  }

  std::mt19937 random_;
};

Summary computed(PlannedPoint const& point) {
  static auto const engine = make_cpu_engine(2);
  return run(std::span(&point, 1), *engine, {}).summaries[0];
}

Summary computed(Point const& point) { return computed(PlannedPoint(point)); }

double mean(Point const& point) {
  PlannedPoint const planned(point);
  return estimate(planned, computed(planned)).mean.value();
}

class Identities : public testing::TestWithParam<int> {
 protected:
  Draw draw_{static_cast<unsigned>(GetParam())};
  Law law_ = draw_.law();
  std::uint32_t workers_ = draw_.whole(1, 40);

  Point point(Strategy const& strategy, std::uint64_t n = iterations) {
    Point result = make_point(strategy, workers_, n, law_, static_cast<std::uint64_t>(GetParam()));
    if (std::holds_alternative<Clocks>(runtime(result)))
      result.stream = clock_stream(result.stream.seed, workers_, false);
    return result;
  }
};

TEST_P(Identities, WaitingForAllIsSyncAndForOneIsFastest) {
  EXPECT_EQ(computed(point(KSync{Share{workers_}})), computed(point(Sync{})));
  EXPECT_EQ(computed(point(Backup{Share{0}})), computed(point(Sync{})));
  EXPECT_EQ(computed(point(GradientCoding{Share{0}})), computed(point(Sync{})));
  // A mini-batch shared among the workers takes its share of the time: no more of them per unit of time.
  auto const time_per_gradient = [&](Strategy const& strategy) {
    return mean(point(strategy)) / static_cast<double>(gradients(strategy, workers_));
  };
  EXPECT_DOUBLE_EQ(time_per_gradient(GradientCoding{Share{0}}), time_per_gradient(Sync{}));
  EXPECT_EQ(computed(point(KSync{Share{1}})), computed(point(Fastest{})));
  EXPECT_EQ(computed(point(Backup{Share{workers_ - 1}})), computed(point(Fastest{})));
}

TEST_P(Identities, ADeadlineIsBetweenKSyncAndSync) {
  Share const k{draw_.whole(1, workers_)};
  EXPECT_EQ(computed(point(Deadline{0, k})), computed(point(KSync{k})));
  EXPECT_EQ(computed(point(Deadline{1e30, k})), computed(point(Sync{})));
  EXPECT_EQ(computed(point(Deadline{draw_.real(0, 9), Share{workers_}})), computed(point(Sync{})));
  double const between = mean(point(Deadline{mean(point(Sync{})), k}));
  double const rounding = 1 + 1e-6;
  EXPECT_LE(mean(point(KSync{k})), between * rounding);
  EXPECT_LE(between, mean(point(Sync{})) * rounding);
}

/// Whose ticks may be others than those of order statistics.
TEST_P(Identities, LateCopiesChangeNothingAndCopiesNeverTakeLonger) {
  Share const k{draw_.whole(1, workers_)};
  double const alone = mean(point(KSync{k}));
  EXPECT_NEAR(mean(point(Speculate{1e30, 0, 0, k})) / alone, 1, 1e-6) << fleet_spec(point(Sync{}));
  EXPECT_NEAR(mean(point(Speculate{0, 1, 1e6, k})) / alone, 1,
              1e-6);  // 10^6 medians after the last has arrived
  EXPECT_LE(mean(point(Speculate{draw_.real(0, 9), 0, 0, k})), alone * (1 + 1e-6));
  EXPECT_LE(mean(point(Speculate{0, 0.5, 1.5, k})), alone * (1 + 1e-6));
}

/// Whose ticks are others: 2^-24 of a typical delay, rounded 300 times.
TEST_P(Identities, OneLocalStepIsSync) {
  EXPECT_NEAR(mean(point(LocalSgd{1, 0})) / mean(point(Sync{})), 1.0, 1e-6) << fleet_spec(point(Sync{}));
}

/// Distance of two means, in what random points and the rounding of ticks may differ by: at most 1 where they
/// are equal. Six standard errors, exceeded with probability 2e-9 each if they were normal.
double distance(Point const& one_point, Point const& other_point) {
  PlannedPoint const one(one_point), other(other_point);
  Estimate const a = estimate(one, computed(one)), b = estimate(other, computed(other));
  double const error = std::hypot(a.standard_error.value_or(0), b.standard_error.value_or(0));
  return std::abs(*a.mean - *b.mean) / (6 * error + 1e-6 * *b.mean);
}

/// With other draws, where both follow clocks: else they would be the same simulation.
TEST_P(Identities, ClocksHaveTheMeansOfTheirTwins) {
  constexpr std::uint64_t n = 20'000;
  Point async = point(Async{}, n);
  async.stream.seed += cases;
  EXPECT_LE(distance(point(KAsync{Share{workers_}}, n), point(Sync{}, n)), 1)
      << fleet_spec(async) << workers_;
  EXPECT_LE(distance(point(KAsync{Share{1}}, n), async), 1) << fleet_spec(async) << " m = " << workers_;
  EXPECT_LE(distance(point(KBatchAsync{Share{1}}, n), async), 1) << fleet_spec(async) << " m = " << workers_;
}

/// What the distance is to notice: a server that waits for one worker less, or is given one more.
TEST_P(Identities, OtherMeansAreNoticed) {
  bool const has_atoms = std::holds_alternative<Constant>(law_) || std::holds_alternative<TwoPoint>(law_) ||
                         std::holds_alternative<Empirical>(law_);
  if (has_atoms || workers_ == 1) return;  // one worker less may take the same time almost always
  constexpr std::uint64_t n = 20'000;
  EXPECT_GT(distance(point(KAsync{Share{workers_}}, n), point(KSync{Share{workers_ - 1}}, n)), 1)
      << fleet_spec(point(Sync{})) << " m = " << workers_;
  EXPECT_NE(computed(point(KSync{Share{workers_ - 1}})), computed(point(Sync{})));
}

TEST_P(Identities, RuntimesGrowWithTheWorkersWaitedFor) {
  double before = mean(point(Fastest{}));
  for (std::uint32_t k = 1; k <= workers_; k += 1 + workers_ / 5) {
    double const now = mean(point(KSync{Share{k}}));
    EXPECT_GE(now, before * (1 - 1e-7));
    before = now;
  }
  EXPECT_GE(mean(point(Sync{})), before * (1 - 1e-7));
}

/// Groups of workers with one law, and a quantum that fits them all, are computed worker by worker.
TEST_P(Identities, GroupsOfOneLawHaveTheRuntimesOfEqualWorkers) {
  if (workers_ == 1) GTEST_SKIP() << "one worker makes one group";
  std::uint32_t const first = draw_.whole(1, workers_ - 1);
  for (Strategy const& strategy : {Strategy(Sync{}), Strategy(Fastest{}), Strategy(KAsync{Share{1}})}) {
    Point const own = point(strategy);
    Observable in_groups = observable(own);
    in_groups.groups.insert(in_groups.groups.begin(), in_groups.groups.front());
    in_groups.groups.front().end = first;
    Summary groups;
    std::uint64_t const units = work_units(PlannedPoint(own));
    for (std::uint64_t unit = 0; unit < units; ++unit) add_unit(own.stream, unit, in_groups, groups);
    EXPECT_EQ(computed(own), groups) << fleet_spec(own);
  }
}

INSTANTIATE_TEST_SUITE_P(RandomPoints, Identities, testing::Range(0, cases));

/// Delays twice as long make every runtime twice as long.
class Scaling : public testing::TestWithParam<int> {};

TEST_P(Scaling, OfDelaysScalesRuntimes) {
  auto const seed = static_cast<unsigned>(GetParam());
  Draw once(seed), twice(seed);
  Law const law = once.law(1), slow = twice.law(2);
  std::uint32_t const workers = once.whole(2, 30);
  for (Strategy const& strategy : {Strategy(Sync{}), Strategy(KSync{Share{2}}), Strategy(LocalSgd{3, 0}),
                                   Strategy(KBatchSync{Share{2}}), Strategy(KBatchAsync{Share{2}})}) {
    Point point = make_point(strategy, workers, iterations, law, seed);
    if (std::holds_alternative<Clocks>(runtime(point))) point.stream = clock_stream(seed, workers, false);
    Point slower = point;
    slower.fleet = Fleet(slow, workers);
    EXPECT_NEAR(mean(slower) / mean(point), 2.0, 1e-5)
        << fleet_spec(point) << " " << canonical_spec(strategy);
  }
}

INSTANTIATE_TEST_SUITE_P(RandomPoints, Scaling, testing::Range(0, cases));

}  // namespace
}  // namespace dsgd
