#include "exact/point.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engines/cpu/cpu.hpp"
#include "exact/student_t.hpp"
#include "run/runner.hpp"
#include "spec/spec.hpp"
#include "statistics/estimate.hpp"
#include "support/every_strategy.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

/// H_m and its second-order kin, term by term, smallest first.
long double harmonic(std::uint32_t m, int power) {
  long double sum = 0;
  for (std::uint32_t i = m; i >= 1; --i) sum += 1 / std::pow(static_cast<long double>(i), power);
  return sum;
}

class ExactRuntime : public testing::TestWithParam<std::uint32_t> {};

TEST_P(ExactRuntime, OfSyncIsHarmonic) {
  std::uint32_t const m = GetParam();
  Moments const exact = exact_runtime(make_point(Sync{}, m, 1, Exponential{3.0})).value();
  EXPECT_NEAR(exact.mean / static_cast<double>(harmonic(m, 1) / 3), 1, 1e-13);
  EXPECT_NEAR(*exact.variance / static_cast<double>(harmonic(m, 2) / 9), 1, 1e-13);
}

TEST_P(ExactRuntime, OfTheFastestIsThatOfOneWorkerMTimesAsFast) {
  std::uint32_t const m = GetParam();
  for (Strategy const& strategy : {Strategy{Async{}}, Strategy{Fastest{}}}) {
    Moments const exact = exact_runtime(make_point(strategy, m, 1, Exponential{3.0})).value();
    EXPECT_NEAR(exact.mean * 3 * m, 1, 1e-14);
    EXPECT_NEAR(*exact.variance * 9 * m * m, 1, 1e-14);
  }
}

INSTANTIATE_TEST_SUITE_P(Workers, ExactRuntime,
                         testing::Values(1u, 2u, 3u, 20u, 1000u, 16384u, 16385u, 1'000'000u));

/// The fastest of 2^24 - 1 workers: a difference of harmonic numbers near 17 would lose half its digits.
TEST(ExactRuntimeAtTheLimit, DoesNotCancel) {
  Moments const exact = exact_runtime(make_point(Fastest{}, max_workers, 1, Exponential{1.0})).value();
  EXPECT_NEAR(exact.mean * max_workers, 1, 1e-14);
}

/// What an update takes of m workers whose delays all are 1; nothing where it is not known. A strategy
/// without one of these does not compile.
class ConstantRuntime {
 public:
  explicit ConstantRuntime(std::uint32_t workers) : m_(workers) {}

  std::optional<double> operator()(Sync const&) const { return 1; }
  std::optional<double> operator()(Async const&) const { return 1 / m_; }
  std::optional<double> operator()(Fastest const&) const { return 1; }
  std::optional<double> operator()(KSync const&) const { return 1; }
  std::optional<double> operator()(Backup const&) const { return 1; }
  std::optional<double> operator()(KBatchSync const& s) const { return std::ceil(of(s.k) / m_); }
  /// Between one and all of them it depends on how the workers happen to be in step.
  std::optional<double> operator()(KAsync const& s) const {
    if (of(s.k) == m_) return 1;
    return of(s.k) == 1 ? std::optional(1 / m_) : std::nullopt;
  }
  std::optional<double> operator()(KBatchAsync const& s) const { return of(s.k) / m_; }
  std::optional<double> operator()(LocalSgd const& s) const { return 1 + s.communication / of(s.steps); }
  std::optional<double> operator()(Ssp const&) const { return 1 / m_; }
  std::optional<double> operator()(Deadline const&) const { return 1; }
  std::optional<double> operator()(Speculate const&) const { return 1; }  // a copy is as long
  std::optional<double> operator()(GradientCoding const& s) const { return (of(s.stragglers) + 1) / m_; }

 private:
  static double of(auto const& number) {
    if constexpr (requires { number.of(1); })
      return static_cast<double>(number.of(1));
    else
      return static_cast<double>(number);
  }

  double m_;
};

TEST(ExactRuntimeOfConstantDelays, IsKnownForEveryStrategy) {
  for (std::uint32_t const m : {1u, 2u, 4u, 5u})
    for (std::uint32_t number = 0; number <= 64; ++number)
      for (Strategy const& strategy : test::every_strategy(number)) {
        bool const none = number == 0 && !std::holds_alternative<Backup>(strategy) &&
                          !std::holds_alternative<GradientCoding>(strategy);
        if (none || !fits(strategy, m)) continue;
        std::string const which = canonical_spec(strategy) + " " + std::to_string(m);
        std::optional<double> const expected = std::visit(ConstantRuntime(m), strategy);
        std::optional<Moments> const exact = exact_runtime(make_point(strategy, m, 1, Constant{1.0}));
        EXPECT_EQ(exact.has_value(), expected.has_value()) << which;
        if (!exact || !expected) continue;
        EXPECT_NEAR(exact->mean, *expected, 1e-14 * *expected) << which;
      }
}

/// Source: tables of Student's t, two-sided 95 %; from 4999 on the Cornish-Fisher expansion
/// around 1.959963984540.
TEST(StudentT, KnownQuantiles) {
  EXPECT_NEAR(student_t_95(1), 12.7062047361747, 1e-9);
  EXPECT_NEAR(student_t_95(2), 4.30265272974946, 1e-10);
  EXPECT_NEAR(student_t_95(29), 2.04522964213270, 1e-10);
  EXPECT_NEAR(student_t_95(4999), 1.960438646, 2e-9);
  EXPECT_NEAR(student_t_95((1ull << 50) - 1), 1.95996398454005, 1e-10);
  EXPECT_NEAR(student_t_95(29), 2.04522964213270, 1e-10);  // again, after others
}

/// Delays are drawn in float32 beyond a law's shortest: what has no spread, or hardly any, agrees to 10
/// digits with what is computed. Where clocks are followed, and between the groups of a fleet, the shortest
/// delay is rounded too, to ticks of 2^-24 of a usual one: 1e-7.
TEST(ExactRuntime, IsOfDelaysAsTheyAreDrawn) {
  static auto const engine = make_cpu_engine(2);
  double const sure = 1 - 1e-15;
  std::vector<Point> points;
  for (Law const& law : {Law(TwoPoint{1.0, 10.1, sure}), Law(TwoPoint{0.1, 0.7, sure}), Law(Constant{0.3}),
                         Law(TwoPoint{1e6, 1e6 + 0.3, sure})})
    for (Strategy const& strategy :
         {Strategy(Sync{}), Strategy(KSync{Share{2}}), Strategy(GradientCoding{Share{1}}),
          Strategy(LocalSgd{3, 0.7}), Strategy(Async{}), Strategy(KBatchSync{Share{3}})})
      points.push_back(make_point(strategy, 3, 3000, law));
  for (Strategy const& strategy : {Strategy(Sync{}), Strategy(Fastest{}), Strategy(KSync{Share{2}})}) {
    Point fleet = make_point(strategy, 3, 3000, Constant{0.3});
    fleet.fleet = Fleet({{1, Constant{0.3}}, {1, Constant{0.7}}, {1, TwoPoint{0.1, 1.1, sure}}});
    points.push_back(fleet);
  }
  int known = 0;
  for (Point& point : points) {
    if (std::holds_alternative<Clocks>(runtime(point))) point.stream = clock_stream(1, 3, false);
    PlannedPoint const planned(point);
    Estimate const result = estimate(planned, run(std::span(&planned, 1), *engine, {}).summaries[0]);
    if (!result.expected) continue;
    ++known;
    bool const in_ticks = !point.fleet.equal() || std::holds_alternative<Clocks>(runtime(point));
    EXPECT_NEAR(*result.mean, *result.expected, (in_ticks ? 1e-7 : 1e-10) * *result.expected)
        << fleet_spec(point) << " " << canonical_spec(point.strategy);
  }
  EXPECT_GE(known, 20);
}

TEST(RuntimeTailIndex, CountsTheDelaysThatMustBeLong) {
  Law const pareto = Pareto{1.0, 1.5};
  auto const index = [&](Strategy const& strategy) {
    return runtime_tail_index(make_point(strategy, 4, 100, pareto));
  };
  EXPECT_EQ(index(Sync{}), 1.5);
  EXPECT_EQ(index(KSync{Share{3}}), 3.0);  // waiting for one worker less restores the variance
  EXPECT_EQ(index(Fastest{}), 6.0);
  EXPECT_EQ(index(LocalSgd{3, 0}), 1.5);
  EXPECT_EQ(index(Async{}), 4 * 0.5 + 1);
  EXPECT_EQ(index(KAsync{Share{3}}), 2 * 0.5 + 1);
  EXPECT_EQ(index(KBatchSync{Share{3}}), 6.0);
  EXPECT_TRUE(std::isinf(runtime_tail_index(make_point(Sync{}, 4, 100, Exponential{}))));
}

/// Where moments are known, they are infinite where the index says so.
TEST(RuntimeTailIndex, AgreesWithWhatIsKnown) {
  for (double const shape : {0.6, 0.9, 1.2, 1.9, 2.1})
    for (Strategy const& strategy :
         {Strategy(Sync{}), Strategy(Fastest{}), Strategy(KSync{Share{3}}), Strategy(Async{})}) {
      Point const point = make_point(strategy, 4, 100, Pareto{1.0, shape});
      Moments const exact = exact_runtime(point).value();
      EXPECT_EQ(std::isinf(exact.mean), runtime_tail_index(point) <= 1) << shape << " " << strategy.index();
      if (exact.variance) {
        EXPECT_EQ(std::isinf(*exact.variance), runtime_tail_index(point) <= 2)
            << shape << " " << strategy.index();
      }
    }
}

TEST(ExactRuntimeOfFleets, OfAsyncIsTheInverseOfTheSumOfRates) {
  Point point = make_point(Async{}, 4, 100, Uniform{0.0, 2.0});
  point.fleet = Fleet({{3, Uniform{0.0, 2.0}}, {1, Constant{4.0}}});
  EXPECT_NEAR(exact_runtime(point).value().mean, 1 / (3 + 0.25), 1e-12);
}

/// Where workers go in steps an update comes whenever one ends its step: the mean is that of the slowest over all.
TEST(ExactRuntimeOfReplays, OfSspWithoutStalenessIsThatOfTheSlowest) {
  Replay steps;
  steps.set_times(3, {1, 4, 2, 8, 3, 5, 2, 2, 2, 7, 1, 1});
  Point point = make_point(Ssp{0}, 3, 1200, Exponential{});
  point.fleet = Fleet(std::make_shared<Replay const>(steps));
  double const mean = exact_runtime(point).value().mean;
  EXPECT_NEAR(mean, (4 + 8 + 2 + 7) / 4.0 / 3, 1e-12);
  PlannedPoint const planned(point);
  std::unique_ptr<Engine> const engine = make_cpu_engine(1);
  Estimate const result = estimate(planned, run(std::span(&planned, 1), *engine, {}).summaries[0]);
  EXPECT_LT(std::abs(result.z.value()), 4.5) << "a false alarm in 10^5 seeds";
  point.strategy = Ssp{1};
  EXPECT_FALSE(exact_runtime(point));
}

}  // namespace
}  // namespace dsgd
