/// Means and variances of the runtimes against what is exact, in units of their exact standard errors.
#include <gtest/gtest.h>

#include "engines/cpu/cpu.hpp"
#include "exact/point.hpp"
#include "run/runner.hpp"
#include "spec/spec.hpp"
#include "statistics.hpp"
#include "statistics/estimate.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

struct RuntimeCase {
  Strategy strategy;
  std::uint32_t workers;
  double rate;
};

/// Fourth cumulant of an order statistic: its spacings E_i / (i rate) are independent, each with 6 / (i
/// rate)^4.
double fourth_cumulant(Point const& point) {
  double const rate = std::get<Exponential>(point.fleet.law()).rate;
  std::uint64_t const order = rank(observable(point));
  double sum = 0;
  for (std::uint64_t i = point.workers(); i > point.workers() - order; --i)
    sum += 6 / std::pow(static_cast<double>(i) * rate, 4);
  return sum;
}

struct RuntimeScores {
  double mean, variance;  ///< distance from the exact value in exact standard errors
};

RuntimeScores runtime_scores(Point const& drawn, Point const& claimed) {
  PlannedPoint const planned(drawn);
  Summary const summary = run(std::span(&planned, 1), *make_cpu_engine(2), {}).summaries[0];
  Estimate const result = estimate(planned, summary);
  Moments const exact = exact_runtime(claimed).value();
  auto const n = static_cast<double>(drawn.iterations);
  double const variance = *result.standard_deviation * *result.standard_deviation;
  double const error_of_variance =
      std::sqrt((fourth_cumulant(claimed) + 2 * *exact.variance * *exact.variance * n / (n - 1)) / n);
  return {(*result.mean - exact.mean) / std::sqrt(*exact.variance / n),
          (variance - *exact.variance) / error_of_variance};
}

class Runtimes : public testing::TestWithParam<RuntimeCase> {
 protected:
  static Point point(double rate) {
    auto const& [strategy, workers, unused] = GetParam();
    std::uint64_t const iterations = std::max<std::uint64_t>(100, 20'000'000 / std::max(workers, 100u));
    return make_point(strategy, workers, iterations, Exponential{rate}, 20260202);
  }
};

TEST_P(Runtimes, HaveTheExactMeanAndVariance) {
  RuntimeScores const result = runtime_scores(point(GetParam().rate), point(GetParam().rate));
  EXPECT_LT(std::abs(result.mean), z_bound);
  // the distribution of a variance is skewed: with fewer iterations the bound would mean nothing
  if (point(1).iterations >= 20'000) {
    EXPECT_LT(std::abs(result.variance), z_bound);
  }
}

/// A mean delay too long by twenty standard errors must not pass.
TEST_P(Runtimes, AWrongRateIsNoticed) {
  Point const right = point(GetParam().rate);
  Moments const exact = exact_runtime(right).value();
  double const relative = std::sqrt(*exact.variance / static_cast<double>(right.iterations)) / exact.mean;
  RuntimeScores const result = runtime_scores(point(GetParam().rate / (1 + 20 * relative)), right);
  EXPECT_GT(std::abs(result.mean), z_bound);
}

std::vector<RuntimeCase> runtime_cases() {
  std::vector<RuntimeCase> all;
  for (Strategy const& strategy : {Strategy{Sync{}}, Strategy{Async{}}, Strategy{Fastest{}}})
    for (std::uint32_t const workers : {1u, 2u, 3u, 8u, 64u, 1000u, 100'000u, 1'000'000u})
      for (double const rate : {1e-6, 1.0, 1e6}) all.push_back({strategy, workers, rate});
  return all;
}

INSTANTIATE_TEST_SUITE_P(Grid, Runtimes, testing::ValuesIn(runtime_cases()), [](auto const& info) {
  double const rate = info.param.rate;
  return canonical_spec(info.param.strategy) + "_m" + std::to_string(info.param.workers) +
         (rate < 1   ? "_slow"
          : rate > 1 ? "_fast"
                     : "_unit");
});

/// The slowest and the fastest of an iteration are uncorrelated between iterations.
TEST(Runtimes, OfSuccessiveIterationsAreUncorrelated) {
  auto const engine = make_cpu_engine(1);
  Point const point = make_point(Sync{}, 20, 1, Exponential{1.0}, 20260203);
  Batch const batch{point.stream, {observable(point)}};
  std::vector<double> runtimes;
  for (std::uint64_t i = 0; i <= 200'000; ++i) {
    Summary one;
    std::vector<Work> const work{{&batch, {i, 1}, {&one, 1}}};
    engine->run(work);
    runtimes.push_back(static_cast<double>(one.maximum));
  }
  std::vector<double> const later(runtimes.begin() + 1, runtimes.end());
  runtimes.pop_back();
  EXPECT_LT(std::abs(correlation_z(runtimes, later)), z_bound);
}

}  // namespace
}  // namespace dsgd
