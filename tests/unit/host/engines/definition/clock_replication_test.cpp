/// Replications small enough to be followed by hand.
#include "engines/definition/clock_replication.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "dsgd/time_scale.hpp"
#include "support/points.hpp"

namespace dsgd {
namespace {

constexpr std::uint32_t workers = 3;
constexpr Stream stream{7, (1u << 24) + workers};

/// Delay of a worker's n-th job in ticks.
std::uint64_t job_ticks(Observable const& seen, std::uint64_t replication, std::uint32_t worker,
                        std::uint64_t job) {
  JobAddress const address = job_address(replication, worker, job);
  std::uint32_t const k = draw_word(stream, address.iteration, address.index);
  float const excess = std::visit(
      [&](auto const& law) { return law.excess(k, tail_word(stream, address.iteration, k)); }, seen.law());
  return seen.origin_ticks() + to_ticks(excess, seen.quantum_exponent);
}

Observable clocks(ClockRule const& rule, std::uint64_t gradients, ClockPlan plan) {
  Observable seen = observable(make_point(KBatchAsync{Share{1}}, workers, 1000));
  seen.runtime = Clocks{rule, gradients};
  seen.plan = plan;
  return seen;
}

Summary replication(Observable const& seen, std::uint64_t number) {
  Summary summary;
  add_replication(stream, number, seen, summary);
  return summary;
}

/// All arrivals of the first jobs of three workers that never wait, in order.
std::vector<std::uint64_t> arrivals(Observable const& seen, std::uint64_t number, std::uint64_t jobs) {
  std::vector<std::uint64_t> times;
  for (std::uint32_t worker = 0; worker < workers; ++worker) {
    std::uint64_t time = 0;
    for (std::uint64_t job = 0; job < jobs; ++job)
      times.push_back(time += job_ticks(seen, number, worker, job));
  }
  std::sort(times.begin(), times.end());
  return times;
}

TEST(ClockReplication, OfArrivalsIsASuperpositionOfTheWorkers) {
  for (std::uint64_t const k : {1ull, 2ull, 5ull}) {
    Observable const seen = clocks(clock_rule::Arrivals{}, k, {1, 2, 6});
    std::vector<std::uint64_t> const times = arrivals(seen, 9, 60);
    Summary const summary = replication(seen, 9);
    EXPECT_EQ(summary.iterations, 6u);
    EXPECT_EQ(summary.clocks.replications, 1u);
    EXPECT_EQ(summary.clocks.gradients, 6 * k);
    EXPECT_TRUE(summary.ticks == times[8 * k - 1] - times[2 * k - 1]);
    WideUnsigned<2> const window = widen<2>(summary.ticks);
    EXPECT_EQ(summary.clocks.squared_windows, multiply(window, window));
    WideUnsigned<3> squares;
    for (std::uint64_t update = 3; update <= 8; ++update) {
      std::uint64_t const ticks = times[update * k - 1] - times[(update - 1) * k - 1];
      squares += uint128{ticks} * ticks;
    }
    EXPECT_EQ(summary.squared_ticks, squares);
  }
}

/// Every update restarts all: the first waits for the k earliest of the first jobs, no job being the second
/// of a worker where k is 1.
TEST(ClockReplication, OfRestartsBeginsAnewAtEveryUpdate) {
  Observable const seen = clocks(clock_rule::Restart{}, 1, {1, 0, 4});
  uint128 expected = 0;
  for (std::uint64_t job = 0; job < 4; ++job)
    expected +=
        std::min({job_ticks(seen, 5, 0, job), job_ticks(seen, 5, 1, job), job_ticks(seen, 5, 2, job)});
  Summary const summary = replication(seen, 5);
  EXPECT_TRUE(summary.ticks == expected);
  EXPECT_TRUE(summary.clocks.staleness == 0);
}

/// Workers that wait for all the others: one job each per update.
TEST(ClockReplication, OfAllWorkersWaitsForTheSlowest) {
  Observable const seen = clocks(clock_rule::Workers{}, workers, {1, 0, 4});
  uint128 expected = 0;
  for (std::uint64_t job = 0; job < 4; ++job)
    expected +=
        std::max({job_ticks(seen, 5, 0, job), job_ticks(seen, 5, 1, job), job_ticks(seen, 5, 2, job)});
  EXPECT_TRUE(replication(seen, 5).ticks == expected);
}

/// With k = 2 of 3: the two that arrive first restart together, the third goes on.
TEST(ClockReplication, OfSomeWorkersLetsTheOthersGoOn) {
  Observable const seen = clocks(clock_rule::Workers{}, 2, {1, 0, 2});
  struct Job {
    std::uint64_t end;
    std::uint32_t worker;
  };
  std::vector<Job> running;
  for (std::uint32_t w = 0; w < workers; ++w) running.push_back({job_ticks(seen, 5, w, 0), w});
  auto const by_end = [](Job const& a, Job const& b) { return a.end < b.end; };
  std::sort(running.begin(), running.end(), by_end);
  std::uint64_t const first_update = running[1].end;
  for (int i : {0, 1})
    running[static_cast<std::size_t>(i)].end =
        first_update + job_ticks(seen, 5, running[static_cast<std::size_t>(i)].worker, 1);
  std::sort(running.begin(), running.end(), by_end);
  EXPECT_TRUE(replication(seen, 5).ticks == running[1].end);
}

/// Every update takes an origin at least, which no engine counts: runtimes are what is above it.
TEST(ClockReplication, RestartCountsFromTheOrigin) {
  for (std::uint64_t const gradients : {1u, 2u, 7u}) {
    Observable seen = clocks(clock_rule::Restart{}, gradients, {1, 0, 30});
    seen.groups.front().offset_ticks = std::uint64_t{1} << 20;
    Observable without = seen;
    without.groups.front().offset_ticks = 0;
    EXPECT_EQ(head_start_ticks(seen), seen.origin_ticks());
    Summary const summary = replication(seen, 2);
    if (gradients == 1) {
      EXPECT_TRUE(summary.ticks == replication(without, 2).ticks);
    } else if (gradients == 7) {  // somebody delivers for the third time
      EXPECT_TRUE(summary.ticks >= 30 * 2 * seen.origin_ticks());
    }
    WideUnsigned<2> const window = widen<2>(summary.ticks);
    EXPECT_EQ(summary.clocks.squared_windows, multiply(window, window));
  }
}

/// A worker that delivers goes on with the model of the update that it caused; the two others' gradients come
/// in between, one each.
TEST(ClockReplication, StalenessCountsUpdatesSinceTheJobBegan) {
  Observable seen = clocks(clock_rule::Arrivals{}, 1, {1, 3, 30});
  seen.groups.front().offset_ticks = std::uint64_t{1} << 40;  // delays nearly alike: workers take turns
  Summary const summary = replication(seen, 2);
  EXPECT_TRUE(summary.clocks.staleness == 30 * 2);
}

/// Constant delays need no randomness: an update takes k / m of one where workers go on, and as many as the
/// slowest worker has where they restart, however many jobs that is.
TEST(ClockReplication, AddsAnyNumberOfDelays) {
  for (std::uint32_t const m : {1u, 2u, 4u, 5u})
    for (std::uint32_t const k : {1u, 2u, 5u, 10u, 63u, 64u, 65u, 1000u, 100'000u}) {
      auto const mean = [&](Strategy const& strategy) {
        PlannedPoint const point = make_planned_point(strategy, m, 2, Constant{1});
        Observable const& seen = point.observable();
        Summary summary;
        add_replication(point.point().stream, 0, seen, summary);
        double const ticks = divide(widen<4>(summary.ticks), widen<4>(uint128{summary.iterations}));
        return time_scale(point).offset + std::ldexp(ticks, seen.quantum_exponent);
      };
      double const jobs = static_cast<double>(k) / m;
      EXPECT_NEAR(mean(KBatchAsync{Share{k}}), jobs, 1e-9 * jobs) << m << " " << k;
      EXPECT_NEAR(mean(KBatchSync{Share{k}}), std::ceil(jobs), 1e-9 * jobs) << m << " " << k;
    }
}

/// Runtimes are 36 here, and vary by 1e-12 of it.
TEST(ClockReplication, AddsOriginsThatDwarfWhatVaries) {
  PlannedPoint const point = make_planned_point(KBatchSync{Share{12}}, 1, 10, ShiftedExponential{3, 1e12});
  Observable const& seen = point.observable();
  Summary summary;
  add_replication(point.point().stream, 0, seen, summary);
  double const ticks = divide(widen<4>(summary.ticks), widen<4>(uint128{summary.iterations}));
  EXPECT_NEAR(time_scale(point).offset + std::ldexp(ticks, seen.quantum_exponent), 36, 1e-9);
}

/// Ends of the first jobs of three workers of whom nobody begins a job once he has ended more than `staleness`
/// jobs more than the slowest: the n-th job begins when the own job before it has ended, and the slowest's job
/// of number n - staleness - 1.
std::vector<std::uint64_t> bounded_arrivals(Observable const& seen, std::uint64_t number, std::uint64_t jobs,
                                            std::uint64_t staleness) {
  std::vector<std::vector<std::uint64_t>> ends(workers);
  std::vector<std::uint64_t> times;
  for (std::uint64_t job = 0; job < jobs; ++job) {
    std::uint64_t slowest = 0;
    for (auto const& own : ends)
      if (job > staleness) slowest = std::max(slowest, own[job - staleness - 1]);
    for (std::uint32_t worker = 0; worker < workers; ++worker) {
      std::uint64_t const before = job == 0 ? 0 : ends[worker].back();
      ends[worker].push_back(std::max(before, slowest) + job_ticks(seen, number, worker, job));
      times.push_back(ends[worker].back());
    }
  }
  std::sort(times.begin(), times.end());
  return times;
}

TEST(ClockReplication, OfBoundedStalenessKeepsWorkersTogether) {
  bool waits = false;
  for (std::uint32_t const staleness : {0u, 1u, 2u, 7u}) {
    Observable const seen = clocks(clock_rule::BoundedStaleness{staleness}, 1, {1, 3, 40});
    std::vector<std::uint64_t> const times = bounded_arrivals(seen, 5, 60, staleness);
    Summary const summary = replication(seen, 5);
    EXPECT_EQ(summary.iterations, 40u);
    EXPECT_TRUE(summary.ticks == times[42] - times[2]) << staleness;
    waits = waits || times != arrivals(seen, 5, 60);
  }
  EXPECT_TRUE(waits);
}

}  // namespace
}  // namespace dsgd
