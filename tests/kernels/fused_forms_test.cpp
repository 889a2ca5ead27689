// The forms of runtimes beside extremes on engine `cuda`, without a GPU: K-th order statistics, order
// statistics that are sampled, sums of delays; and histograms.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "tests/support/every_law.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/form_batches.hpp"
#include "tests/support/points.hpp"
#include "tests/support/scalar_reference.hpp"
// keep below the other headers: it redefines CUDA's words
#include "tests/kernels/run_fused.hpp"

namespace dsgd::kernels {
namespace {

using dsgd::test::copy_strategies;
using dsgd::test::deadline_strategies;
using dsgd::test::every_law;
using dsgd::test::expect_definition;
using dsgd::test::expect_lost_device_is_an_error;
using dsgd::test::FakeDevice;
using dsgd::test::fleet_batch;
using dsgd::test::HostQueue;
using dsgd::test::rank_strategies;
using dsgd::test::run_fused;
using dsgd::test::sampled_batch;
using dsgd::test::scalar_reference;
using dsgd::test::strategy_batch;
using dsgd::test::sum_strategies;
using dsgd::test::ThreadOrder;

std::uint64_t const carry = std::uint64_t{1} << 32;

TEST(FusedForms, EveryRankAtOnceOfSeveralLaws) {
  std::vector<Strategy> ranks;
  for (std::uint32_t k = 1; k <= 37; ++k) ranks.emplace_back(KSync{Share{k}});
  for (std::uint32_t const workers : {2u, 9u, 16u, 37u}) {
    FakeDevice device;
    Batch const batch = strategy_batch({7, workers}, {workers}, ranks, {Exponential{2.0}, Pareto{1.0, 2.5}});
    EXPECT_PRED_FORMAT2(same_summaries, run_fused(device, batch, {11, 131}),
                        scalar_reference(batch, {11, 131}))
        << workers;
    if (workers == 16) {  // both ends, each at once
      using Kernel = void(Stream, LaunchIterations, std::uint32_t, Places, std::uint32_t*, std::uint64_t);
      Kernel* const from_slowest = selection_kernel<most_words, Extreme::slowest>;
      Kernel* const from_fastest = selection_kernel<most_words, Extreme::fastest>;
      EXPECT_EQ(device.launches_of(reinterpret_cast<dsgd::test::AnyKernel>(from_slowest)), 1u);
      EXPECT_EQ(device.launches_of(reinterpret_cast<dsgd::test::AnyKernel>(from_fastest)), 1u);
    }
  }
}

TEST(FusedForms, KeepHistogramsForThoseThatWantThem) {
  Batch batch = strategy_batch({4, 20}, {20}, {Sync{}, Fastest{}, KSync{Share{3}}}, {Exponential{2.0}}, true);
  Batch const without = strategy_batch({4, 20}, {20}, {Sync{}, KSync{Share{3}}});
  batch.observables.insert(batch.observables.end(), without.observables.begin(), without.observables.end());
  FakeDevice device;
  std::vector<Summary> const summaries = run_fused(device, batch, {0, 1001});
  EXPECT_PRED_FORMAT2(same_summaries, summaries, scalar_reference(batch, {0, 1001}));
  EXPECT_FALSE(summaries[0].histogram.empty());
  EXPECT_TRUE(summaries[3].histogram.empty());
}

TEST(FusedForms, SlicesManyWorkersWhoseDelaysAreAdded) {
  FakeDevice device;
  Batch const batch = strategy_batch({9, 0}, {2003}, {LocalSgd{2, 0}});
  EXPECT_PRED_FORMAT2(same_summaries, run_fused(device, batch, {0, 33}), scalar_reference(batch, {0, 33}));
  EXPECT_GT(device.most_rows, 10u);
}

TEST(FusedForms, ChunksChangeNothingAndRefusedMemoryHalvesThem) {
  for (Batch const& batch :
       {strategy_batch({1, 21}, {21}, rank_strategies()), strategy_batch({1, 5}, {5}, sum_strategies()),
        sampled_batch({21}), strategy_batch({1, 9}, {9}, deadline_strategies()),
        strategy_batch({1, 9}, {9}, copy_strategies())}) {
    std::vector<Summary> const expected = scalar_reference(batch, {50, 1403});
    FakeDevice small, refusing;
    small.words_bytes = 5000;
    EXPECT_PRED_FORMAT2(same_summaries, run_fused(small, batch, {50, 1403}), expected);
    refusing.memory_bytes = 8000;
    EXPECT_PRED_FORMAT2(same_summaries, run_fused(refusing, batch, {50, 1403}), expected);
    EXPECT_GT(refusing.refusals, 0u);
  }
}

TEST(FusedForms, ALostDeviceIsADeviceErrorWhereverItHappens) {
  for (Batch const& batch :
       {strategy_batch({1, 9}, {9}, {KSync{Share{2}}, Sync{}}, {Exponential{2.0}}, true),
        strategy_batch({1, 9}, {9}, {LocalSgd{2, 0}}), sampled_batch({9}),
        strategy_batch({1, 9}, {9}, {Deadline{1}}), strategy_batch({1, 9}, {9}, {Speculate{.after = 1}})})
    expect_lost_device_is_an_error(batch, {0, 300}, 6);
}

TEST(FusedForms, NoMemoryForHistogramsIsADeviceError) {
  FakeDevice device;
  device.memory_bytes = 100'000;
  Batch const batch = strategy_batch({1, 9}, {9}, {Sync{}}, {Exponential{2.0}}, true);
  expect_error(ExitCode::device, "the device refuses", [&] { run_fused(device, batch, {0, 300}); });
  EXPECT_EQ(device.bytes_in_use, 0u);
}

TEST(FusedForms, OneBlockAfterTheOther) {
  FakeDevice device;
  FusedPipeline<HostQueue> pipeline{HostQueue(device)};
  std::vector<Batch> const batches{strategy_batch({1, 20}, {20}, rank_strategies()),
                                   sampled_batch({20}, {Exponential{1.0}}, true),
                                   strategy_batch({1, 5}, {5}, sum_strategies()),
                                   strategy_batch({1, 3}, {3}, copy_strategies()),
                                   strategy_batch({1, 3}, {3}, {Sync{}}),
                                   sampled_batch({8})};
  for (Batch const& batch : batches)
    for (IterationRange const range : {IterationRange{0, 100}, IterationRange{100, 1}}) {
      pipeline.start(batch, range);
      EXPECT_PRED_FORMAT2(same_summaries, pipeline.finish(), scalar_reference(batch, range));
    }
}

/// Groups that begin in the middle of a block of draws, and end there; laws with tables and without, that
/// begin at 0 and elsewhere, and whose delays tie.
std::vector<std::vector<FleetGroup>> unequal_fleets() {
  return {{{1, Exponential{2.0}}},
          {{15, Exponential{2.0}}, {1, Exponential{0.5}}},
          {{3, Exponential{2.0}}, {2, ShiftedExponential{0.25, 1}}, {9, Gamma{2, 1}}, {1, Pareto{1, 1.5}}},
          {{4, Constant{3}}, {5, TwoPoint{1, 3, 0.5}}, {2, Constant{3}}},
          {{1, Uniform{7, 8}}, {1, Pareto{1, 0.3}}},
          {{101, Weibull{1, 0.5}}, {999, Lognormal{0, 1}}}};
}

TEST(FusedForms, DeadlinesAndCopiesOfEveryLawWithHistograms) {
  std::vector<Law> const laws = every_law();  // tables live as long as their laws
  for (std::vector<Strategy> const& strategies : {deadline_strategies(), copy_strategies()}) {
    for (IterationRange const range : {IterationRange{carry - 40, 40}, IterationRange{carry, 137}})
      expect_definition(strategy_batch({4, 0}, {1, 2, 7, 20}, strategies), range);
    expect_definition(strategy_batch({4, 0}, {9}, strategies, laws, true), {9, 201});
  }
}

TEST(FusedForms, UnequalWorkersEqualTheDefinition) {
  for (std::vector<FleetGroup> const& fleet : unequal_fleets())
    for (std::vector<Strategy> const& strategies :
         {rank_strategies(), sum_strategies(), deadline_strategies(), copy_strategies()}) {
      bool const quantiles = fleet.front().workers == 3;
      Batch const batch = fleet_batch({3, 9}, strategies, fleet, quantiles);
      for (IterationRange const range : {IterationRange{carry - 40, 40}, IterationRange{carry, 137}})
        expect_definition(batch, range, {ThreadOrder::shuffled, 5});
    }
}

/// Fleets of as many workers share a batch, also with one of equal workers.
TEST(FusedForms, SeveralFleetsOfUnequalWorkers) {
  std::vector<Strategy> const strategies{Sync{}, Fastest{}, KSync{Share{2}}};
  Batch batch = fleet_batch({3, 9}, strategies, {{2, Exponential{2.0}}, {2, Exponential{1.0}}});
  for (Batch const& other : {fleet_batch({3, 9}, strategies, {{2, Exponential{2.0}}, {2, Uniform{1, 2}}}),
                             strategy_batch({3, 9}, {4}, strategies, {Exponential{1.0}, Gamma{2, 1}}),
                             fleet_batch({3, 9}, strategies, {{3, Exponential{2.0}}, {3, Uniform{1, 2}}})})
    batch.observables.insert(batch.observables.end(), other.observables.begin(), other.observables.end());
  FakeDevice device;
  EXPECT_PRED_FORMAT2(same_summaries, run_fused(device, batch, {5, 100}), scalar_reference(batch, {5, 100}));
  EXPECT_EQ(device.launches_of(reinterpret_cast<dsgd::test::AnyKernel>(delay_rank_kernel)), 15u);
  EXPECT_EQ(
      device.launches_of(reinterpret_cast<dsgd::test::AnyKernel>(group_delays_kernel<Exponential::Sampler>)),
      2u + 1 + 1 + 1)
      << "delays are drawn once for all ranks";
}

TEST(FusedForms, ChunksOfUnequalWorkersChangeNothing) {
  std::vector<FleetGroup> const fleet{{15, Exponential{2.0}}, {6, ShiftedExponential{1, 1}}};
  for (std::vector<Strategy> const& strategies : {rank_strategies(), sum_strategies()}) {
    Batch const batch = fleet_batch({3, 9}, strategies, fleet);
    std::vector<Summary> const expected = scalar_reference(batch, {50, 1003});
    FakeDevice small, refusing;
    small.words_bytes = 20'000;
    EXPECT_PRED_FORMAT2(same_summaries, run_fused(small, batch, {50, 1003}), expected);
    refusing.memory_bytes = 8000;
    EXPECT_PRED_FORMAT2(same_summaries, run_fused(refusing, batch, {50, 1003}), expected);
    EXPECT_GT(refusing.refusals, 0u);
  }
}

TEST(FusedForms, ALostDeviceIsADeviceErrorForUnequalWorkers) {
  expect_lost_device_is_an_error(
      fleet_batch({3, 9}, {Sync{}, KSync{Share{2}}}, {{3, Gamma{2, 1}}, {2, Uniform{1, 2}}}), {0, 300}, 6);
}

TEST(FusedForms, RefuseClocksThatPassAServer) {
  FakeDevice device;
  Point const point = served_clocks();
  Batch const batch{point.stream, {observable(point)}};
  expect_error(ExitCode::usage, "--engine", [&] { run_fused(device, batch, {0, 1}); });
}

}  // namespace
}  // namespace dsgd::kernels
