// Races on engine `cuda`, without a GPU: its own kernels against engine `reference`.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "dsgd/error.hpp"
#include "dsgd/law/replay.hpp"
#include "spec/spec.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/raced.hpp"
#include "validate/samples.hpp"
// keep below the other headers: it redefines CUDA's words
#include "tests/kernels/host_queue.hpp"
// and the kernels below that
#include "kernels/race/launcher.cuh"

namespace dsgd::kernels {
namespace {

using dsgd::test::FakeDevice;
using dsgd::test::HostQueue;

/// At and after the start, with a target that some replications reach.
RaceMeasures const measures{{0, 0.5, 3, 12}, {0, 1, 6, 17}, 0.1};

constexpr std::uint64_t replications = 37;

RaceSummary run(FakeDevice& device, RaceTask const& task, StopCheck stop = {}) {
  RaceLauncher<HostQueue> launcher{HostQueue(device)};
  RaceSummary summary = task.empty_summary();
  launcher.add(task, {0, replications}, stop, summary);
  return summary;
}

void expect_definition(RacePoint const& point, FakeDevice device = {}) {
  RaceTask const task(point, measures, 3, false);
  EXPECT_EQ(run(device, task), race(task, replications, {"reference"}))
      << canonical_spec(point.strategy) << " of " << canonical_spec(point.fleet);
}

TEST(RaceLauncher, FollowsEveryStrategyUnderEveryLaw) {
  for (Law const& law : sample_laws())
    for (Strategy const& strategy : sample_strategies())
      expect_definition({Fleet(law, 5), strategy, {}, 0.1});
}

TEST(RaceLauncher, AnyNumberOfWorkersWithCommunication) {
  for (std::uint64_t const workers : {1u, 2u, 3u, 20u})
    for (Strategy const& strategy : sample_strategies()) {
      if (!fits(strategy, workers)) continue;
      RacePoint point{Fleet(Exponential{2}, workers), strategy, {}, 0.3};
      point.communication = 0.2;
      expect_definition(point);
    }
}

/// Gradients of workers on different sides are added in the order of their arrivals.
TEST(RaceLauncher, UnequalWorkersWithLossesOfTheirOwn) {
  Quadratic model;
  model.curvatures = {1, 0.3, 0.1};
  model.minima = 1;
  model.spread = 0.3;
  for (Strategy const& strategy : sample_strategies()) {
    expect_definition({parse_fleet("3*exponential:rate=1+4*constant:value=1").of(7), strategy, model, 0.1});
    expect_definition({parse_fleet("2*two-point:low=1:high=3:probability=0.3+3*pareto:scale=1:shape=2").of(5),
                       strategy, model, 0.1});
  }
}

TEST(RaceLauncher, MeasuredStepsInTheirOrder) {
  Replay steps;
  steps.set_times(3, {1, 4, 2, 8, 3, 5, 2, 2, 2, 7, 1, 1});
  Fleet const fleet(std::make_shared<Replay const>(steps));
  for (char const* const strategy : {"sync", "k-sync:k=2", "async", "k-batch-sync:k=2", "ssp:staleness=1"})
    expect_definition({fleet, parse_strategy(strategy, "--strategy"), {}, 0.1});
}

TEST(RaceLauncher, TrainingThatDiverges) {
  for (char const* const strategy : {"sync", "async", "local-sgd:steps=3:communication=0"})
    expect_definition(raced(strategy, 8, "exponential:rate=20", {}, 2.5));
}

TEST(RaceLauncher, ChunksAndTheOrderOfThreadsChangeNothing) {
  for (char const* const strategy : {"k-sync:k=2", "async", "k-batch-async:k=3", "ssp:staleness=1"}) {
    FakeDevice small, refusing, shuffled;
    small.words_bytes = 8000;
    expect_definition(raced(strategy, 9), small);
    refusing.memory_bytes = 800'000;
    expect_definition(raced(strategy, 9), refusing);
    shuffled.order = {dsgd::test::ThreadOrder::shuffled, 5};
    expect_definition(raced(strategy, 9), shuffled);
  }
}

TEST(RaceLauncher, OneTaskAfterTheOther) {
  FakeDevice device;
  RaceLauncher<HostQueue> launcher{HostQueue(device)};
  StopCheck never;
  for (char const* const strategy : {"async", "sync", "local-sgd:steps=3:communication=0", "async"}) {
    RaceTask const task(raced(strategy, 4, "gamma:shape=2:rate=1"), measures, 3, false);
    RaceSummary summary = task.empty_summary();
    launcher.add(task, {0, 20}, never, summary);
    launcher.add(task, {20, 17}, never, summary);
    EXPECT_EQ(summary, race(task, replications, {"reference"})) << strategy;
  }
}

TEST(RaceLauncher, CanBeStopped) {
  FakeDevice device;
  RaceTask const task(raced("async", 8), {{1e6}, {}}, 1, false);
  EXPECT_THROW(run(device, task, StopCheck([] { return true; })), Stopped);
  EXPECT_EQ(device.bytes_in_use, 0u);
}

TEST(RaceLauncher, ALostDeviceIsADeviceErrorWhereverItHappens) {
  RaceTask const task(raced("async", 3), measures, 1, false);
  FakeDevice whole;
  run(whole, task);
  ASSERT_GE(whole.calls, 15u);
  for (std::uint64_t call = 1; call <= whole.calls; ++call) {
    FakeDevice device;
    device.lost_at_call = call;
    expect_error(ExitCode::device, "lost", [&] { run(device, task); });
    EXPECT_EQ(device.bytes_in_use, 0u) << call;
  }
}

}  // namespace
}  // namespace dsgd::kernels
