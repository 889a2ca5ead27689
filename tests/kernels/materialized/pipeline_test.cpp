#include "kernels/materialized/pipeline.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/kernels/materialized/faulty_backend.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/scalar_reference.hpp"

namespace dsgd::kernels {
namespace {

using dsgd::test::extremes_batch;
using dsgd::test::scalar_reference;

std::vector<Summary> run(FaultyDevice& device, std::uint64_t chunk_bytes, Batch const& batch,
                         IterationRange range) {
  std::vector<Summary> summaries(batch.observables.size());
  MaterializedPipeline<FaultyBackend>(FaultyBackend{&device}, chunk_bytes).add(batch, range, summaries);
  EXPECT_EQ(device.bytes_in_use, 0u) << "memory is not given back";
  return summaries;
}

TEST(MaterializedPipeline, AnyChunkGivesTheDefinition) {
  for (std::uint32_t workers : {1u, 3u, 20u, 67u, 1001u}) {
    Batch const batch = extremes_batch(1, workers);
    IterationRange const range{(std::uint64_t{1} << 32) - 20, 41};
    std::vector<Summary> const expected = scalar_reference(batch, range);
    for (std::uint64_t bytes : {1u, 512u, 700u, 3000u, 20'000u, 1u << 22, 0u}) {
      FaultyDevice device;
      EXPECT_PRED_FORMAT2(same_summaries, run(device, bytes, batch, range), expected)
          << workers << ' ' << bytes;
      EXPECT_LE(device.peak_bytes, bytes == 0 ? device.memory_bytes : std::max<std::uint64_t>(bytes, 512))
          << workers;
    }
  }
}

TEST(MaterializedPipeline, SamplesOneTileAhead) {
  FaultyDevice device;
  run(device, 2048, extremes_batch(1, 20), {0, 1000});
  EXPECT_EQ(device.most_sampled_ahead, 2u);
}

TEST(MaterializedPipeline, TakesNoMoreMemoryThanIsUseful) {
  FaultyDevice device;
  run(device, 0, extremes_batch(1, 20), {0, 10});
  EXPECT_LE(device.peak_bytes, 2 * 1100u);
}

TEST(MaterializedPipeline, HalvesTheChunkUntilMemorySuffices) {
  Batch const batch = extremes_batch(1, 64);
  IterationRange const range{5, 1001};
  FaultyDevice device;
  device.memory_bytes = 10'000;
  EXPECT_PRED_FORMAT2(same_summaries, run(device, std::uint64_t{1} << 20, batch, range),
                      scalar_reference(batch, range));
  EXPECT_GT(device.refusals, 0u);
  EXPECT_LE(device.peak_bytes, device.memory_bytes);
  EXPECT_GT(2 * device.peak_bytes, device.memory_bytes / 2) << "halved too often";
}

TEST(MaterializedPipeline, GivesUpWhereTheSmallestChunkIsRefused) {
  FaultyDevice device;
  device.memory_bytes = 2 * FaultyBackend::min_slot_bytes - 50;
  Batch const batch = extremes_batch(1, 64);
  std::vector<Summary> summaries(2);
  MaterializedPipeline<FaultyBackend> pipeline(FaultyBackend{&device}, 1u << 20);
  try {
    pipeline.add(batch, {0, 100}, summaries);
    FAIL();
  } catch (OutOfDeviceMemory const& error) {
    EXPECT_LE(error.bytes(), FaultyBackend::min_slot_bytes);
  }
  EXPECT_PRED_FORMAT2(same_summaries, summaries, std::vector<Summary>(2));
}

/// A call that fails for want of memory, wherever it comes, costs time and nothing else.
TEST(MaterializedPipeline, StartsAgainWhereMemoryFailsMidway) {
  Batch batch = extremes_batch(1, 20);
  for (Observable const& more : extremes_batch(1, 20, 3.0).observables) batch.observables.push_back(more);
  IterationRange const range{0, 57};
  std::vector<Summary> const expected = scalar_reference(batch, range);
  FaultyDevice whole;
  EXPECT_EQ(run(whole, 4096, batch, range), expected);
  for (std::uint64_t call = 1; call <= whole.calls; ++call) {
    FaultyDevice device;
    device.fail_at_call = call;
    // what was in flight on the fake's slots is given up with them
    std::vector<Summary> summaries(batch.observables.size());
    MaterializedPipeline<FaultyBackend>(FaultyBackend{&device}, 4096).add(batch, range, summaries);
    EXPECT_PRED_FORMAT2(same_summaries, summaries, expected) << "call " << call;
    EXPECT_GT(device.calls, whole.calls);
  }
}

/// Several batches, each with more to keep than the one before: memory is asked for again and again.
std::vector<std::vector<Summary>> run_growing(FaultyDevice& device, std::vector<std::vector<Summary>> sums) {
  MaterializedPipeline<FaultyBackend> pipeline(FaultyBackend{&device}, 1u << 14);
  for (std::size_t i = 0; i < sums.size(); ++i)
    pipeline.add(extremes_batch(1, 20), {0, std::uint64_t{5} << (2 * i)}, sums[i]);
  return sums;
}

TEST(MaterializedPipeline, AnyAllocationMayBeRefused) {
  std::vector<std::vector<Summary>> const nothing(4, std::vector<Summary>(2));
  FaultyDevice whole;
  std::vector<std::vector<Summary>> const expected = run_growing(whole, nothing);
  ASSERT_GE(whole.allocations, 6u);
  for (std::uint64_t number = 1; number <= whole.allocations; ++number) {
    FaultyDevice device;
    device.refuse_at = number;
    EXPECT_EQ(run_growing(device, nothing), expected) << "allocation " << number;
    EXPECT_EQ(device.refusals, 1u);
    device.refuse_after = true;
    device.allocations = 0;
    try {
      run_growing(device, nothing);
      ADD_FAILURE() << "allocation " << number << " and all after it were refused";
    } catch (Error const& error) {
      EXPECT_EQ(error.code(), ExitCode::device);
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    }
    EXPECT_EQ(device.bytes_in_use, 0u) << "memory is not given back";
  }
}

TEST(MaterializedPipeline, OtherErrorsReachTheCallerAndLeaveSummariesAlone) {
  Batch const batch = extremes_batch(1, 20);
  FaultyDevice whole;
  run(whole, 4096, batch, {0, 57});
  for (std::uint64_t call = 1; call <= whole.calls; ++call) {
    FaultyDevice device;
    device.fail_at_call = call;
    device.fail_for_memory = false;
    std::vector<Summary> summaries(2);
    MaterializedPipeline<FaultyBackend> pipeline(FaultyBackend{&device}, 4096);
    EXPECT_THROW(pipeline.add(batch, {0, 57}, summaries), Error);
    EXPECT_PRED_FORMAT2(same_summaries, summaries, std::vector<Summary>(2)) << "call " << call;
  }
}

/// A kernel that did not run, and whose error was lost: never a mean of what the tile before left.
TEST(MaterializedPipeline, NoticesAnyCallThatDidNothing) {
  for (std::uint32_t workers : {1u, 20u, 1001u}) {  // the last in pieces
    Batch const batch = extremes_batch(1, workers);
    IterationRange const range{0, workers == 1001 ? 7u : 601u};
    FaultyDevice whole;
    run(whole, 2048, batch, range);
    ASSERT_GT(whole.calls, 12u) << "several tiles in each slot";
    for (std::uint64_t call = 1; call <= whole.calls; ++call) {
      FaultyDevice device;
      device.lose_at_call = call;
      std::vector<Summary> summaries(2);
      MaterializedPipeline<FaultyBackend> pipeline(FaultyBackend{&device}, 2048);
      expect_error(ExitCode::device, "not computed", [&] { pipeline.add(batch, range, summaries); });
      EXPECT_PRED_FORMAT2(same_summaries, summaries, std::vector<Summary>(2))
          << workers << " workers, call " << call;
    }
  }
}

TEST(MaterializedPipeline, ObservablesOfTheSameDelaysShareThem) {
  Batch batch = extremes_batch(1, 20);
  FaultyDevice one;
  run(one, 0, batch, {0, 100});
  std::vector<Observable> const same = batch.observables;
  batch.observables.insert(batch.observables.end(), same.begin(), same.end());
  FaultyDevice twice;
  run(twice, 0, batch, {0, 100});
  EXPECT_EQ(one.calls, 4u);    // sample, reduce, two sums
  EXPECT_EQ(twice.calls, 6u);  // two more sums
}

TEST(MaterializedPipeline, KeepsItsMemoryBetweenCalls) {
  FaultyDevice device;
  Batch const batch = extremes_batch(1, 20);
  std::vector<Summary> summaries(2);
  MaterializedPipeline<FaultyBackend> pipeline(FaultyBackend{&device}, 1u << 16);
  pipeline.add(batch, {0, 10}, summaries);
  pipeline.add(batch, {10, 3}, summaries);    // less
  pipeline.add(batch, {13, 500}, summaries);  // more
  EXPECT_PRED_FORMAT2(same_summaries, summaries, scalar_reference(batch, {0, 513}));
}

}  // namespace
}  // namespace dsgd::kernels
