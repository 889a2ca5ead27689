// The pipeline of engine `cuda` without a GPU: its own kernels, run by the stand-in for a launch.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "tests/support/every_law.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/form_batches.hpp"
#include "tests/support/scalar_reference.hpp"
// keep below the other headers: it redefines CUDA's words
#include "tests/kernels/run_fused.hpp"

namespace dsgd::kernels {
namespace {

using dsgd::test::AnyKernel;
using dsgd::test::extremes_batch;
using dsgd::test::FakeDevice;
using dsgd::test::HostQueue;
using dsgd::test::run_fused;
using dsgd::test::scalar_reference;
using dsgd::test::strategy_batch;

using Exponent = Exponential::Sampler;
AnyKernel const fused_1 = reinterpret_cast<AnyKernel>(fused_kernel<Exponent, 1>);
AnyKernel const fused_2 = reinterpret_cast<AnyKernel>(fused_kernel<Exponent, 2>);
AnyKernel const prefix = reinterpret_cast<AnyKernel>(prefix_kernel);
AnyKernel const slices = reinterpret_cast<AnyKernel>(slices_kernel);
AnyKernel const runtimes = reinterpret_cast<AnyKernel>(runtimes_kernel<WordKind<Exponent>>);

/// The notebook's strategies, and one more, at some numbers of workers, of the same draws.
Batch common_draws(std::vector<std::uint64_t> const& workers,
                   std::vector<Law> const& laws = {Exponential{2.0}}) {
  return strategy_batch({9, 0}, workers, {Sync{}, Async{}, Fastest{}}, laws);
}

TEST(FusedPipeline, KeepsExtremesInRegistersWhereItCan) {
  FakeDevice both, one;
  Batch batch = extremes_batch(1, 20);
  EXPECT_PRED_FORMAT2(same_summaries, run_fused(both, batch, {0, 1000}), scalar_reference(batch, {0, 1000}));
  EXPECT_EQ(both.launched, std::vector{fused_2});
  batch.observables.pop_back();
  EXPECT_PRED_FORMAT2(same_summaries, run_fused(one, batch, {0, 1000}), scalar_reference(batch, {0, 1000}));
  EXPECT_EQ(one.launched, std::vector{fused_1});
}

TEST(FusedPipeline, ObservablesOfTheSameRuntimesShareThem) {
  FakeDevice device;
  Batch const batch = common_draws({20});  // sync, async and fastest are two kinds of runtimes
  EXPECT_PRED_FORMAT2(same_summaries, run_fused(device, batch, {0, 500}), scalar_reference(batch, {0, 500}));
  EXPECT_EQ(device.launched, std::vector{fused_2});
}

TEST(FusedPipeline, SeveralLawsShareTheirExtremes) {
  FakeDevice device;
  Batch const batch = common_draws({20}, {Exponential{1e-6}, Exponential{2.0}, Exponential{1e6}});
  EXPECT_PRED_FORMAT2(same_summaries, run_fused(device, batch, {5, 1001}),
                      scalar_reference(batch, {5, 1001}));
  EXPECT_EQ(device.launched, (std::vector{prefix, runtimes}));
}

/// Laws that share their draws, with tables and without: more kinds than one launch takes.
TEST(FusedPipeline, ServesAllLawsInOneBatch) {
  std::vector<Law> const laws = test::every_law();  // tables live as long as their laws
  Batch const batch = strategy_batch({4, 0}, {2, 23, 24, 1000}, {Sync{}, Fastest{}}, laws);
  FakeDevice device;
  EXPECT_PRED_FORMAT2(same_summaries, run_fused(device, batch, {9, 301}), scalar_reference(batch, {9, 301}));
  EXPECT_EQ(device.launches_of(prefix), 1u);
  EXPECT_EQ(device.launches_of(slices), 1u);
}

/// More numbers of workers than rows, and more kinds than one launch takes.
TEST(FusedPipeline, OnePassServesAllNumbersOfWorkers) {
  std::vector<std::uint64_t> workers;
  for (std::uint64_t m = 1; m <= 37; ++m) workers.push_back(m);
  FakeDevice device;
  Batch const batch = common_draws(workers);
  EXPECT_PRED_FORMAT2(same_summaries, run_fused(device, batch, {17, 601}),
                      scalar_reference(batch, {17, 601}));
  EXPECT_EQ(device.launches_of(prefix), 3u);            // 16 + 16 + 5 rows
  EXPECT_EQ(device.launches_of(runtimes), 2u * 2 + 1);  // 32 + 32 + 10 kinds
  EXPECT_EQ(device.launched.size(), 8u);
}

TEST(FusedPipeline, SlicesManyWorkersOfFewIterations) {
  for (std::uint32_t workers : {512u, 513u, 514u, 515u, 4099u})
    for (std::uint64_t iterations : {1u, 33u, 1500u}) {
      FakeDevice device;
      Batch const batch = extremes_batch(3, workers);
      IterationRange const range{(std::uint64_t{1} << 32) - iterations, iterations};
      EXPECT_PRED_FORMAT2(same_summaries, run_fused(device, batch, range), scalar_reference(batch, range))
          << workers << ' ' << iterations;
      EXPECT_EQ(device.launched, (std::vector{slices, runtimes})) << workers;
    }
}

/// Fleets that grow by little are taken along, those that grow by much are sliced, in any order.
TEST(FusedPipeline, CommonDrawsMixSlicesAndRows) {
  for (std::vector<std::uint64_t> const& workers :
       std::vector<std::vector<std::uint64_t>>{{1, 2, 3, 1000, 1001, 1002, 2003, 4001, 4004},
                                               {700, 1400, 1403, 1407},
                                               {5, 600, 601, 1300, 1301}}) {
    FakeDevice device;
    Batch const batch = common_draws(workers);
    EXPECT_PRED_FORMAT2(same_summaries, run_fused(device, batch, {3, 201}), scalar_reference(batch, {3, 201}))
        << workers.front();
    EXPECT_GE(device.launches_of(slices), 2u);
    EXPECT_GE(device.launches_of(prefix), 1u);
  }
}

TEST(FusedPipeline, ChunksOfTheExtremesChangeNothing) {
  for (Batch const& batch : {common_draws({1, 2, 3, 4, 20, 23}), extremes_batch(8, 3000)}) {
    std::vector<Summary> const expected = scalar_reference(batch, {50, 1403});
    for (std::uint64_t bytes : {1u, 5000u, 12'345u, 1u << 20}) {
      FakeDevice device;
      device.words_bytes = bytes;
      EXPECT_PRED_FORMAT2(same_summaries, run_fused(device, batch, {50, 1403}), expected) << bytes;
      EXPECT_LE(device.most_bytes, std::max<std::uint64_t>(bytes, HostQueue::min_words_bytes) + 4096)
          << bytes;
    }
  }
}

TEST(FusedPipeline, HalvesTheRowsWhereMemoryIsRefused) {
  Batch const batch = common_draws({1, 2, 3, 4, 20, 23});
  FakeDevice device;
  device.memory_bytes = 20'000;
  EXPECT_PRED_FORMAT2(same_summaries, run_fused(device, batch, {50, 5003}),
                      scalar_reference(batch, {50, 5003}));
  EXPECT_GT(device.refusals, 0u);
  EXPECT_LE(device.most_bytes, device.memory_bytes);
}

TEST(FusedPipeline, NoMemoryAtAllIsADeviceError) {
  FakeDevice device;
  device.memory_bytes = 1000;
  expect_error(ExitCode::device, "the device refuses", [&] {
    run_fused(device, common_draws({1, 2}), {0, 5000});
  });
  EXPECT_EQ(device.bytes_in_use, 0u);
}

TEST(FusedPipeline, ALostDeviceIsADeviceErrorWhereverItHappens) {
  dsgd::test::expect_lost_device_is_an_error(common_draws({1, 2, 3, 900}), {0, 300}, 6);
}

/// Sums, rows and tables of laws, more of them from block to block: what is refused costs a block at most.
TEST(FusedPipeline, AnyAllocationMayBeRefused) {
  std::vector<Law> const laws = test::every_law();
  std::vector<Batch> const batches{extremes_batch(1, 20), common_draws({1, 2, 3}),
                                   strategy_batch({4, 0}, {2, 23}, {Sync{}}, laws), common_draws({7, 900})};
  IterationRange const range{5, 33};
  std::vector<std::vector<Summary>> expected;
  for (Batch const& batch : batches) expected.push_back(scalar_reference(batch, range));
  dsgd::test::expect_refusals_cost_a_block(batches, range, expected, 7);
}

TEST(FusedPipeline, ServesOneBlockAfterTheOther) {
  FakeDevice device;
  FusedPipeline<HostQueue> pipeline{HostQueue(device)};
  std::vector<Batch> const batches{extremes_batch(1, 20), common_draws({1, 2, 3}), extremes_batch(4, 600),
                                   common_draws({7, 900}), extremes_batch(2, 5)};
  for (Batch const& batch : batches)
    for (IterationRange const range :
         {IterationRange{0, 100}, IterationRange{100, 1}, IterationRange{101, 900}}) {
      pipeline.start(batch, range);
      EXPECT_PRED_FORMAT2(same_summaries, pipeline.finish(), scalar_reference(batch, range));
    }
}

TEST(FusedPipeline, NothingIsAsked) {
  FakeDevice device;
  EXPECT_PRED_FORMAT2(same_summaries, run_fused(device, {{1, 1}, {}}, {0, 10}), std::vector<Summary>{});
  EXPECT_EQ(device.calls, 0u);
}

}  // namespace
}  // namespace dsgd::kernels
