/// Workers that go on from job to job, where one job in a thousand takes most of the time, or where all take
/// nearly the same: staleness and k-async are those of workers that have worked for ever.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <queue>
#include <random>
#include <vector>

#include "dsgd/observable.hpp"
#include "dsgd/sweep.hpp"
#include "engines/cpu/cpu.hpp"
#include "exact/student_t.hpp"
#include "spec/spec.hpp"
#include "statistics/estimate.hpp"

namespace dsgd {
namespace {

constexpr char const* long_jobs[] = {"two-point:low=1:high=1000:probability=0.001",
                                     "two-point:low=1:high=10000:probability=0.0001",
                                     "hyperexponential:probability=0.99:rate1=1:rate2=0.01",
                                     "hyperexponential:probability=0.999:rate1=1:rate2=0.001",
                                     "lognormal:mu=0:sigma=2",
                                     "15*uniform:low=0:high=2+1*uniform:low=0:high=400",
                                     "uniform:low=99:high=100"};

Point point_of(char const* law, char const* strategy, std::uint32_t workers, std::uint64_t iterations,
               std::uint64_t seed) {
  Sweep sweep;
  sweep.fleets = {parse_fleet(law)};
  sweep.strategies = parse_strategies(strategy);
  sweep.workers = {workers};
  sweep.iterations = iterations;
  sweep.seed = seed;
  return expand(sweep).front();
}

/// Estimates of one point with seeds 1, 2, ...
std::vector<Estimate> estimates(
    char const* law, char const* strategy, std::uint32_t workers, std::uint64_t iterations, std::size_t seeds,
    std::function<void(ClockPlan&)> const& change = [](ClockPlan&) {}) {
  std::vector<PlannedPoint> points;
  std::vector<Batch> batches;
  std::vector<Summary> summaries(seeds);
  std::vector<Work> works;
  for (std::size_t seed = 1; seed <= seeds; ++seed) {
    points.emplace_back(point_of(law, strategy, workers, iterations, seed));
    batches.push_back({points.back().point().stream, {points.back().observable()}});
    change(batches.back().observables.front().plan);
  }
  for (std::size_t i = 0; i < seeds; ++i) {
    Observable const& seen = batches[i].observables.front();
    works.push_back({&batches[i], {0, seen.plan.replications}, {&summaries[i], 1}});
  }
  make_cpu_engine(2)->run(works);
  std::vector<Estimate> found;
  for (std::size_t i = 0; i < seeds; ++i) found.push_back(estimate(points[i], summaries[i]));
  return found;
}

struct Mean {
  double value, standard_error;
};

Mean mean_of(std::vector<double> const& values) {
  auto const n = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (double const value : values) sum += value;
  for (double const value : values) squares += (value - sum / n) * (value - sum / n);
  return {sum / n, std::sqrt(squares / n / (n - 1))};
}

/// Distance of the mean staleness from the exact one in standard errors, which are those of the seeds.
double z_of_staleness(std::vector<Estimate> const& found) {
  std::vector<double> values;
  for (Estimate const& estimate : found) values.push_back(estimate.staleness.value().mean.value());
  Mean const mean = mean_of(values);
  double const exact = found.front().staleness.value().expected.value();
  // Where all delays are nearly the same, so are all stalenesses.
  return (mean.value - exact) / std::max(mean.standard_error, 1e-6 * exact);
}

constexpr std::size_t runs = 32;

/// Twenty tests with 31 degrees of freedom: Student's t leaves it with probability 2e-7 each.
double const staleness_bound = student_t_bound(runs - 1, 2e-7);

using Laws = std::initializer_list<char const*>;

void expect_exact_staleness(Laws laws, char const* strategy, std::uint32_t workers) {
  for (char const* const law : laws)
    EXPECT_LT(std::abs(z_of_staleness(estimates(law, strategy, workers, 5000, runs))), staleness_bound)
        << law << " " << strategy;
}

/// The negative twin.
void expect_short_warm_ups_are_noticed(Laws laws) {
  auto const shorten = [](ClockPlan& plan) { plan.warm_up = 16 * 16; };
  for (char const* const law : laws)
    EXPECT_GT(std::abs(z_of_staleness(estimates(law, "async", 16, 5000, runs, shorten))), staleness_bound)
        << law;
}

TEST(Staleness, IsExactWhereJobsAreLong) {
  expect_exact_staleness({long_jobs[0], long_jobs[2], long_jobs[5], long_jobs[6]}, "async", 16);
  expect_exact_staleness({long_jobs[2]}, "k-batch-async:k=4", 16);
  expect_exact_staleness({long_jobs[2]}, "k-async:k=3", 10);
}

TEST(NightlyStaleness, IsExactWhereJobsAreLonger) {
  expect_exact_staleness({long_jobs[1], long_jobs[3], long_jobs[4]}, "async", 16);
  expect_exact_staleness({long_jobs[0]}, "k-batch-async:k=4", 16);
  expect_exact_staleness({long_jobs[0]}, "k-async:k=3", 10);
}

TEST(Staleness, WarmUpsOf16JobsAreNoticed) {
  expect_short_warm_ups_are_noticed({long_jobs[0], long_jobs[2], long_jobs[5]});
}

TEST(NightlyStaleness, WarmUpsOf16JobsAreNoticed) {
  expect_short_warm_ups_are_noticed({long_jobs[1], long_jobs[3]});
}

/// Staleness is left out, and the mean is not, where no warm-up is long enough.
TEST(Staleness, IsLeftOutWhereJobsAreLongerThanAnyWarmUp) {
  Estimate const found = estimates("pareto:scale=1:shape=1.5", "async", 16, 20'000, 1).front();
  EXPECT_TRUE(found.mean.has_value());
  EXPECT_FALSE(found.staleness.value().mean.has_value());
  EXPECT_TRUE(found.staleness.value().counts.empty());
  EXPECT_EQ(found.staleness.value().expected, 15.0);
}

/// k-async by another program: doubles, another generator, workers that start together, one long run.
/// @param delay  of the generator
template <class Delay>
Mean simulate(unsigned workers, unsigned k, unsigned warm_up, unsigned updates, Delay const& delay) {
  std::mt19937_64 generator(1);
  using Arrival = std::pair<double, unsigned>;
  std::priority_queue<Arrival, std::vector<Arrival>, std::greater<>> arrivals;
  for (unsigned worker = 0; worker < workers; ++worker) arrivals.push({delay(generator), worker});
  unsigned const batch = updates / 64;
  double now = 0, begin = 0;
  std::vector<unsigned> waiting;
  std::vector<double> means;
  for (unsigned update = 0; update < warm_up + 64 * batch; ++update) {
    if (update >= warm_up && (update - warm_up) % batch == 0) begin = now;
    for (unsigned i = 0; i < k; ++i) {
      now = arrivals.top().first;
      waiting.push_back(arrivals.top().second);
      arrivals.pop();
    }
    for (unsigned const worker : waiting) arrivals.push({now + delay(generator), worker});
    waiting.clear();
    if (update >= warm_up && (update - warm_up) % batch == batch - 1) means.push_back((now - begin) / batch);
  }
  return mean_of(means);
}

double z_between(Mean const& a, Mean const& b) {
  return (a.value - b.value) / std::hypot(a.standard_error, b.standard_error);
}

/// The mean runtime and its error by what a sweep prints.
Mean printed(Estimate const& estimate) { return {estimate.mean.value(), estimate.standard_error.value()}; }

auto const mostly_short = [](std::mt19937_64& generator) {
  return std::uniform_real_distribution<>(0, 1)(generator) < 0.001 ? 1000.0 : 1.0;
};
auto const nearly_constant = [](std::mt19937_64& generator) {
  return std::uniform_real_distribution<>(99, 100)(generator);
};

/// Four tests with 63 degrees of freedom or more: Student's t leaves it with probability 1e-7 each.
double const k_async_bound = student_t_bound(63, 1e-7);

TEST(KAsync, IsThatOfALongSimulation) {
  auto const z_of = [](char const* law, char const* strategy, unsigned workers, unsigned k, unsigned warm_up,
                       auto const& delay) {
    Mean const found = printed(estimates(law, strategy, workers, 500'000, 1).front());
    return std::abs(z_between(found, simulate(workers, k, warm_up, 384'000, delay)));
  };
  EXPECT_LT(z_of(long_jobs[0], "k-async:k=3", 10, 3, 20'000, mostly_short), k_async_bound);
  EXPECT_LT(z_of(long_jobs[0], "k-async:k=9", 10, 9, 20'000, mostly_short), k_async_bound);
  EXPECT_LT(z_of(long_jobs[6], "k-async:k=9", 10, 9, 20'000, nearly_constant), k_async_bound);
  auto const alike = [](std::mt19937_64& generator) {
    return std::uniform_real_distribution<>(9, 10)(generator);
  };
  EXPECT_LT(z_of("uniform:low=9:high=10", "k-async:k=5", 11, 5, 20'000, alike), k_async_bound);
}

/// Two groups of five that restart together and one worker more: their phases take 1083 jobs to forget.
TEST(KAsync, WarmsUpUntilWorkersHaveForgottenWhoBeganTogether) {
  Observable const seen = observable(point_of("uniform:low=9:high=10", "k-async:k=5", 11, 5000, 1));
  EXPECT_GE(seen.plan.warm_up, 2 * 1080u * 11 / 5);
  EXPECT_FALSE(observable(point_of(long_jobs[6], "k-async:k=3", 10, 5000, 1)).plan.settles);
  EXPECT_TRUE(observable(point_of(long_jobs[6], "k-async:k=9", 10, 5000, 1)).plan.settles);
}

TEST(KAsync, StartsWithoutWarmUpAndBrokenRoundsAreNoticed) {
  Estimate const cold = estimates(long_jobs[0], "k-async:k=9", 10, 5000, 1, [](ClockPlan& plan) {
                          plan.warm_up = 0;
                          plan.updates = 64;
                          plan.replications = 500;
                        }).front();
  EXPECT_GT(z_between(printed(cold), simulate(10, 9, 20'000, 384'000, mostly_short)), k_async_bound);
  Estimate const broken = estimates(long_jobs[6], "k-async:k=3", 10, 500'000, 1, [](ClockPlan& plan) {
                            plan.updates = 1000;
                          }).front();
  EXPECT_GT(std::abs(z_between(printed(broken), simulate(10, 3, 200'000, 384'000, nearly_constant))),
            k_async_bound);
}

/// Share of 500 intervals that hold the exact mean: binomial, so that a right program leaves 0.95 by 0.05
/// with a probability of 3e-7.
TEST(NightlyIntervals, HoldTheExactMeanWhereJobsAreLong) {
  for (char const* const law : long_jobs)
    for (char const* const strategy : {"async", "k-batch-async:k=4"}) {
      int covered = 0;
      for (Estimate const& found : estimates(law, strategy, 16, 5000, 500))
        covered += found.ci95_low <= found.expected && found.expected <= found.ci95_high ? 1 : 0;
      RecordProperty(std::string(law) + ", " + strategy, covered);
      EXPECT_NEAR(covered / 500.0, 0.95, 0.05) << law << ", " << strategy;
    }
}

}  // namespace
}  // namespace dsgd
