// Strategies that follow clocks on engine `cuda`, without a GPU: its own kernels against engine `reference`.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "tests/support/clock_batches.hpp"
#include "tests/support/every_law.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/form_batches.hpp"
#include "tests/support/scalar_reference.hpp"
// keep below the other headers: it redefines CUDA's words
#include "tests/kernels/run_fused.hpp"

namespace dsgd::kernels {
namespace {

using dsgd::test::clock_batch;
using dsgd::test::clock_batch_of;
using dsgd::test::clock_rules;
using dsgd::test::every_law;
using dsgd::test::expect_definition;
using dsgd::test::FakeDevice;
using dsgd::test::HostQueue;
using dsgd::test::keep_clocks;
using dsgd::test::replayed_fleets;
using dsgd::test::run_fused;
using dsgd::test::scalar_reference;
using dsgd::test::strategy_batch;
using dsgd::test::ThreadOrder;
using dsgd::test::unequal_fleets;
using dsgd::test::with_stragglers;

std::vector<Clocks> two_gradients() {
  return {{clock_rule::Arrivals{}, 2},
          {clock_rule::Workers{}, 2},
          {clock_rule::Restart{}, 2},
          {clock_rule::BoundedStaleness{1}, 2}};
}

/// Laws whose delays differ by orders of magnitude, and those that tie.
std::vector<Law> difficult_laws() {
  return {Pareto{1, 0.3},   Pareto{1, 1.5},    TwoPoint{1, 100, 0.01},    TwoPoint{0, 1, 0.4},
          Constant{3},      Lognormal{0, 1.5}, Exponential{1e-36},        Exponential{1e18},
          Weibull{1, 0.25}, Uniform{0, 1},     ShiftedExponential{1e6, 1}};
}

TEST(FusedClocks, EqualTheDefinitionForEveryRuleAndNumberOfWorkers) {
  for (std::uint64_t const workers : {1u, 2u, 3u, 4u, 5u, 6u, 9u, 20u, 21u, 33u, 100u})
    expect_definition(clock_batch({workers}, {Exponential{2.0}, Gamma{2, 1}}, clock_rules(workers), {9, 31}),
                      {5, 7});
}

TEST(FusedClocks, ServeDelaysThatDifferByOrdersOfMagnitudeOrTie) {
  for (std::uint64_t const workers : {1u, 2u, 20u})
    expect_definition(clock_batch({workers}, difficult_laws(), clock_rules(workers), {20, 90}), {3, 5});
}

/// As a sweep asks for them: whole plans, lists of k, percentages.
TEST(FusedClocks, ServeStrategies) {
  for (std::uint64_t const workers : {1u, 2u, 20u, 33u, 100u}) {
    std::vector<Strategy> strategies{Async{}, KAsync{Share{50}}, KBatchAsync{Share{300}}, Ssp{0},
                                     Ssp{3},  Ssp{1'000'000}};
    for (std::uint32_t const k : {1u, 2u, 3u, 20u})
      for (Strategy const& strategy :
           {Strategy(KAsync{Share{k}}), Strategy(KBatchAsync{Share{k}}), Strategy(KBatchSync{Share{k}})})
        strategies.push_back(strategy);
    expect_definition(keep_clocks(strategy_batch(clock_stream(1, workers, false), {workers}, strategies,
                                                 {Pareto{1, 1.5}, TwoPoint{1, 2, 0.25}})),
                      {30, 2});
  }
}

TEST(FusedClocks, ServeUnequalWorkersUnderEveryRule) {
  std::vector<Law> const laws = every_law();  // tables live as long as their laws
  std::vector<Fleet> const fleets = unequal_fleets(laws);
  expect_definition(clock_batch_of(fleets, clock_rules(fleets.front().workers()), {9, 31}), {5, 40});
  expect_definition(clock_batch_of(fleets, two_gradients(), {5, 60}, true), {0, 131});
}

TEST(FusedClocks, ServeWorkersThatAreSlowForAWhileUnderEveryRule) {
  std::vector<Law> const laws = every_law();  // tables live as long as their laws
  std::vector<Fleet> const fleets = unequal_fleets(laws);
  for (Stragglers const& stragglers : {Stragglers{}, Stragglers{0.3, 0.2, 3}, Stragglers{1, 1, 1}}) {
    for (std::uint64_t const workers : {1u, 2u, 7u, 20u})
      expect_definition(with_stragglers(clock_batch({workers}, {Pareto{1, 1.5}, TwoPoint{1, 2, 0.25}},
                                                    clock_rules(workers), {9, 31}),
                                        stragglers),
                        {5, 7});
    expect_definition(
        with_stragglers(clock_batch_of(fleets, clock_rules(fleets.front().workers()), {3, 11}, true),
                        stragglers),
        {0, 33});
  }
}

/// Each replication discards a number of updates of its own, in steps of several launches and in none.
TEST(FusedClocks, FollowMeasuredStepsInTheirOrderUnderEveryRule) {
  for (std::size_t const workers : {1u, 4u, 11u}) {
    std::vector<Fleet> const fleets = replayed_fleets(workers);
    expect_definition(clock_batch_of(fleets, clock_rules(workers), {9, 31}), {5, 9});
    expect_definition(clock_batch_of(fleets, two_gradients(), {0, 700}, true), {0, 3});
    expect_definition(clock_batch_of(fleets, two_gradients(), {3, 1}), {7, 131});
  }
}

/// More threads than a block has, and fewer.
TEST(FusedClocks, AnyNumberOfReplicationsInAnyOrderOfThreads) {
  Batch const batch = clock_batch({5}, {Weibull{1, 0.5}}, two_gradients(), {3, 12}, true);
  for (std::uint64_t const count : {1u, 31u, 32u, 128u, 129u, 601u})
    for (ThreadOrder const order :
         {ThreadOrder{}, ThreadOrder{ThreadOrder::descending}, ThreadOrder{ThreadOrder::shuffled, 5}})
      expect_definition(batch, {1000, count}, order);
}

/// Times pass 2^64 ticks several times, also within one update.
TEST(FusedClocks, TimesMayWrapAround) {
  Batch batch = clock_batch({3}, {Exponential{1.0}}, clock_rules(3), {30, 200});
  for (Clocks const& rule : {Clocks{clock_rule::Arrivals{}, 999}, Clocks{clock_rule::Restart{}, 99}})
    for (Observable& seen : clock_batch({3}, {Exponential{1.0}}, {rule}, {2, 5}).observables)
      batch.observables.push_back(seen);
  for (Observable& seen : batch.observables)
    seen.groups.front().offset_ticks = (std::uint64_t{1} << 61) + 12345;
  expect_definition(batch, {0, 5});
}

/// Some are beyond those that a block of threads counts by itself.
TEST(FusedClocks, GreatStaleness) {
  Batch const batch = clock_batch({600}, {Exponential{1.0}}, {{clock_rule::Arrivals{}, 1}}, {2000, 9000});
  FakeDevice device;
  std::vector<Summary> const summaries = run_fused(device, batch, {0, 2});
  EXPECT_PRED_FORMAT2(same_summaries, summaries, scalar_reference(batch, {0, 2}));
  std::uint32_t last = 0;
  summaries[0].clocks.stalenesses.for_each([&](std::uint32_t bin, std::uint64_t) { last = bin; });
  EXPECT_GT(last, Histogram::bin_of(float{near_stalenesses})) << "the test has no point";
}

TEST(FusedClocks, WithoutWarmUp) {
  expect_definition(clock_batch({6}, {Exponential{1.0}}, clock_rules(6), {0, 7}), {0, 3});
}

/// An update of more arrivals than a step has.
TEST(FusedClocks, LongUpdates) {
  for (ClockRule const& rule : dsgd::test::every_rule())
    expect_definition(clock_batch({700}, {Pareto{1, 1.5}}, {{rule, 257}, {rule, 700}}, {2, 3}), {0, 3});
}

TEST(FusedClocks, ChunksChangeNothingAndRefusedMemoryHalvesThem) {
  Batch const batch = clock_batch({21}, {Exponential{2.0}, Gamma{3, 1}}, two_gradients(), {5, 40});
  std::vector<Summary> const expected = scalar_reference(batch, {50, 103});
  for (std::uint64_t const bytes : {1u, 20'000u}) {
    FakeDevice small;
    small.words_bytes = bytes;
    EXPECT_PRED_FORMAT2(same_summaries, run_fused(small, batch, {50, 103}), expected) << bytes;
  }
  FakeDevice whole, refusing;
  EXPECT_PRED_FORMAT2(same_summaries, run_fused(whole, batch, {50, 103}), expected);
  refusing.memory_bytes = whole.most_bytes - 50'000;
  EXPECT_PRED_FORMAT2(same_summaries, run_fused(refusing, batch, {50, 103}), expected);
  EXPECT_GT(refusing.refusals, 0u);
  EXPECT_LE(refusing.most_bytes, refusing.memory_bytes);
}

TEST(FusedClocks, NoMemoryAtAllIsADeviceError) {
  FakeDevice device;
  device.memory_bytes = 1000;
  expect_error(ExitCode::device, "the device refuses", [&] {
    run_fused(device, clock_batch({5}, {Exponential{2.0}}, clock_rules(5), {1, 5}), {0, 50});
  });
  EXPECT_EQ(device.bytes_in_use, 0u);
}

TEST(FusedClocks, AnyAllocationMayBeRefused) {
  std::vector<Law> const laws = every_law();  // tables live as long as their laws
  std::vector<Batch> const batches{
      clock_batch({3}, {Exponential{2.0}}, clock_rules(3), {1, 5}),
      clock_batch({9}, laws, {{clock_rule::Arrivals{}, 1}}, {1, 5}, true),
      clock_batch_of(unequal_fleets(laws), {{clock_rule::Arrivals{}, 1}}, {1, 5})};
  IterationRange const range{5, 33};
  std::vector<std::vector<Summary>> expected;
  for (Batch const& batch : batches) expected.push_back(scalar_reference(batch, range));
  dsgd::test::expect_refusals_cost_a_block(batches, range, expected, 8);
}

TEST(FusedClocks, ALostDeviceIsADeviceErrorWhereverItHappens) {
  dsgd::test::expect_lost_device_is_an_error(
      clock_batch({3}, {Exponential{2.0}, Gamma{2, 1}}, two_gradients(), {1, 5}, true), {0, 40}, 20);
}

TEST(FusedClocks, OneBlockAfterTheOther) {
  FakeDevice device;
  FusedPipeline<HostQueue> pipeline{HostQueue(device)};
  Batch const small = clock_batch({3}, {Exponential{2.0}}, clock_rules(3), {1, 5});
  Batch const large = clock_batch({20}, {Exponential{2.0}, Pareto{1, 1.5}}, clock_rules(3), {1, 25}, true);
  Batch const sums = strategy_batch({1, 5}, {5}, {LocalSgd{2, 0}});
  for (int round = 0; round < 2; ++round) {
    for (Batch const* const batch : {&small, &large}) {
      pipeline.start(*batch, {7, 40});
      EXPECT_PRED_FORMAT2(same_summaries, pipeline.finish(), scalar_reference(*batch, {7, 40}));
    }
    pipeline.start(sums, {7, 40});
    EXPECT_PRED_FORMAT2(same_summaries, pipeline.finish(), scalar_reference(sums, {7, 40}));
  }
}

TEST(FusedClocks, ObservablesOfTheSameRuntimesShareThem) {
  FakeDevice device;
  Batch const batch =
      strategy_batch(clock_stream(1, 5, false), {5}, {Async{}, KBatchAsync{Share{1}}}, {Gamma{}});
  std::vector<Summary> const summaries = run_fused(device, batch, {0, 3});
  EXPECT_PRED_FORMAT2(same_summaries, summaries, scalar_reference(batch, {0, 3}));
  EXPECT_EQ(device.launches_of(reinterpret_cast<dsgd::test::AnyKernel>(clock_windows_kernel)), 1u);
}

}  // namespace
}  // namespace dsgd::kernels
