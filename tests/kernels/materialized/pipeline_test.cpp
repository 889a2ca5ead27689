#include "kernels/materialized/pipeline.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "kernels/materialized/sample_host.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/scalar_reference.hpp"

namespace dsgd::kernels {
namespace {

using dsgd::test::extremes_batch;
using dsgd::test::scalar_reference;

/// What the fake device allows and what it saw.
struct FakeDevice {
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;
  std::uint64_t fail_at_call = 0;  ///< the n-th call of sample or a reduction fails, once; 0: none
  bool fail_for_memory = true;     ///< else for another reason
  std::uint64_t refuse_at = 0;     ///< the n-th allocation is refused; 0: none
  bool refuse_after = false;       ///< and all that follow

  std::uint64_t lose_at_call = 0;  ///< the n-th does nothing and says nothing; 0: none

  std::uint64_t bytes_in_use = 0, peak_bytes = 0, calls = 0, refusals = 0, allocations = 0;
  std::size_t sampled_ahead = 0, most_sampled_ahead = 0;

  bool refuses_next() {
    ++allocations;
    return refuse_at != 0 && (refuse_after ? allocations >= refuse_at : allocations == refuse_at);
  }

  /// @return whether the call is to do its work
  bool count_call() {
    if (++calls != fail_at_call) return calls != lose_at_call;
    if (fail_for_memory) throw OutOfDeviceMemory(12345);
    throw Error(ExitCode::device, "the fake device fails");
  }
};

/// What is read where a result was marked and not written.
template <class Result>
Result unwritten() {
  Result result;
  std::memset(&result, unwritten_byte, sizeof result);
  return result;
}

/// Two slots of host memory, plain loops, and a check that each tile is sampled before it is reduced.
struct FakeBackend {
  class Slot {
   public:
    Slot(FakeDevice& device, std::uint64_t tile_bytes) : device_(&device), memory_(tile_bytes) {
      device.bytes_in_use += tile_bytes + scratch_bytes(tile_bytes);
      device.peak_bytes = std::max(device.peak_bytes, device.bytes_in_use);
    }
    Slot(Slot&& other) noexcept
        : device_(std::exchange(other.device_, nullptr)), memory_(std::move(other.memory_)) {}
    Slot& operator=(Slot&&) = delete;
    ~Slot() {
      if (device_) device_->bytes_in_use -= memory_.size() + scratch_bytes(memory_.size());
    }
    SlotView view(std::uint64_t rows) { return divide_slot(memory_.data(), rows); }
    std::size_t bytes() const { return memory_.size(); }
    bool sampled = false;

   private:
    FakeDevice* device_;
    std::vector<std::byte> memory_;
  };

  static constexpr unsigned slots = 2;
  static constexpr std::uint64_t min_slot_bytes = 256;
  static constexpr std::uint64_t scratch_bytes(std::uint64_t bytes) { return bytes / 16; }
  std::uint64_t chunk_bytes() const { return device->memory_bytes; }

  FakeDevice* device;

  Slot allocate(std::uint64_t tile_bytes) const {
    std::uint64_t const bytes = tile_bytes + scratch_bytes(tile_bytes);
    if (device->refuses_next() || device->bytes_in_use + bytes > device->memory_bytes) {
      ++device->refusals;
      throw OutOfDeviceMemory(bytes);
    }
    return {*device, tile_bytes};
  }

  void mark_unwritten(Slot& slot, std::uint64_t bytes) const {
    ASSERT_LE(bytes, slot.bytes());
    std::memset(slot.view(1).extremes, unwritten_byte, bytes);
  }

  void sample(Slot& slot, Tile const& tile, LawSampler const& law) const {
    bool const works = device->count_call();
    EXPECT_FALSE(slot.sampled) << "a tile is overwritten before it was reduced";
    std::uint64_t const used =
        extremes_bytes(tile.iterations) + tile.iterations * tile.workers * sizeof(float);
    ASSERT_LE(used, slot.bytes());
    slot.sampled = true;
    device->most_sampled_ahead = std::max(device->most_sampled_ahead, ++device->sampled_ahead);
    if (works) sample_on_host(law, tile, slot.view(tile.iterations).excesses);
  }

  Extremes reduce_piece(Slot& slot, Tile const& tile, Extremes before) const {
    bool const works = device->count_call();
    EXPECT_TRUE(slot.sampled);
    slot.sampled = false;
    --device->sampled_ahead;
    if (!works) return unwritten<Extremes>();
    float const* const excesses = slot.view(tile.iterations).excesses;
    for (std::uint32_t i = 0; i < tile.workers; ++i) before = JoinExtremes{}(before, OneDelay{}(excesses[i]));
    return before;
  }

  void reduce_rows(Slot& slot, Tile const& tile) const {
    bool const works = device->count_call();
    EXPECT_TRUE(slot.sampled);
    slot.sampled = false;
    --device->sampled_ahead;
    if (!works) return;
    SlotView const view = slot.view(tile.iterations);
    for (std::uint64_t row = 0; row < tile.iterations; ++row) {
      view.extremes[row] = no_extremes;
      for (std::uint32_t i = 0; i < tile.workers; ++i)
        view.extremes[row] =
            JoinExtremes{}(view.extremes[row], OneDelay{}(view.excesses[row * tile.workers + i]));
    }
  }

  TickSums sum_ticks(Slot& slot, std::uint64_t rows, RuntimeTicks ticks) const {
    if (!device->count_call()) return unwritten<TickSums>();
    TickSums sums = no_ticks();
    for (std::uint64_t row = 0; row < rows; ++row)
      sums = MergeTicks{}(sums, ticks(slot.view(rows).extremes[row]));
    return sums;
  }
};

std::vector<Summary> run(FakeDevice& device, std::uint64_t chunk_bytes, Batch const& batch,
                         IterationRange range) {
  std::vector<Summary> summaries(batch.observables.size());
  MaterializedPipeline<FakeBackend>(FakeBackend{&device}, chunk_bytes).add(batch, range, summaries);
  EXPECT_EQ(device.bytes_in_use, 0u) << "memory is not given back";
  return summaries;
}

TEST(MaterializedPipeline, AnyChunkGivesTheDefinition) {
  for (std::uint32_t workers : {1u, 3u, 20u, 67u, 1001u}) {
    Batch const batch = extremes_batch(1, workers);
    IterationRange const range{(std::uint64_t{1} << 32) - 20, 41};
    std::vector<Summary> const expected = scalar_reference(batch, range);
    for (std::uint64_t bytes : {1u, 512u, 700u, 3000u, 20'000u, 1u << 22, 0u}) {
      FakeDevice device;
      EXPECT_PRED_FORMAT2(same_summaries, run(device, bytes, batch, range), expected)
          << workers << ' ' << bytes;
      EXPECT_LE(device.peak_bytes, bytes == 0 ? device.memory_bytes : std::max<std::uint64_t>(bytes, 512))
          << workers;
    }
  }
}

TEST(MaterializedPipeline, SamplesOneTileAhead) {
  FakeDevice device;
  run(device, 2048, extremes_batch(1, 20), {0, 1000});
  EXPECT_EQ(device.most_sampled_ahead, 2u);
}

TEST(MaterializedPipeline, TakesNoMoreMemoryThanIsUseful) {
  FakeDevice device;
  run(device, 0, extremes_batch(1, 20), {0, 10});
  EXPECT_LE(device.peak_bytes, 2 * 1100u);
}

TEST(MaterializedPipeline, HalvesTheChunkUntilMemorySuffices) {
  Batch const batch = extremes_batch(1, 64);
  IterationRange const range{5, 1001};
  FakeDevice device;
  device.memory_bytes = 10'000;
  EXPECT_PRED_FORMAT2(same_summaries, run(device, std::uint64_t{1} << 20, batch, range),
                      scalar_reference(batch, range));
  EXPECT_GT(device.refusals, 0u);
  EXPECT_LE(device.peak_bytes, device.memory_bytes);
  EXPECT_GT(2 * device.peak_bytes, device.memory_bytes / 2) << "halved too often";
}

TEST(MaterializedPipeline, GivesUpWhereTheSmallestChunkIsRefused) {
  FakeDevice device;
  device.memory_bytes = 2 * FakeBackend::min_slot_bytes - 50;
  Batch const batch = extremes_batch(1, 64);
  std::vector<Summary> summaries(2);
  MaterializedPipeline<FakeBackend> pipeline(FakeBackend{&device}, 1u << 20);
  try {
    pipeline.add(batch, {0, 100}, summaries);
    FAIL();
  } catch (OutOfDeviceMemory const& error) {
    EXPECT_LE(error.bytes(), FakeBackend::min_slot_bytes);
  }
  EXPECT_PRED_FORMAT2(same_summaries, summaries, std::vector<Summary>(2));
}

/// A call that fails for want of memory, wherever it comes, costs time and nothing else.
TEST(MaterializedPipeline, StartsAgainWhereMemoryFailsMidway) {
  Batch batch = extremes_batch(1, 20);
  for (Observable const& more : extremes_batch(1, 20, 3.0).observables) batch.observables.push_back(more);
  IterationRange const range{0, 57};
  std::vector<Summary> const expected = scalar_reference(batch, range);
  FakeDevice whole;
  EXPECT_EQ(run(whole, 4096, batch, range), expected);
  for (std::uint64_t call = 1; call <= whole.calls; ++call) {
    FakeDevice device;
    device.fail_at_call = call;
    // what was in flight on the fake's slots is given up with them
    std::vector<Summary> summaries(batch.observables.size());
    MaterializedPipeline<FakeBackend>(FakeBackend{&device}, 4096).add(batch, range, summaries);
    EXPECT_PRED_FORMAT2(same_summaries, summaries, expected) << "call " << call;
    EXPECT_GT(device.calls, whole.calls);
  }
}

/// Several batches, each with more to keep than the one before: memory is asked for again and again.
std::vector<std::vector<Summary>> run_growing(FakeDevice& device, std::vector<std::vector<Summary>> sums) {
  MaterializedPipeline<FakeBackend> pipeline(FakeBackend{&device}, 1u << 14);
  for (std::size_t i = 0; i < sums.size(); ++i)
    pipeline.add(extremes_batch(1, 20), {0, std::uint64_t{5} << (2 * i)}, sums[i]);
  return sums;
}

TEST(MaterializedPipeline, AnyAllocationMayBeRefused) {
  std::vector<std::vector<Summary>> const nothing(4, std::vector<Summary>(2));
  FakeDevice whole;
  std::vector<std::vector<Summary>> const expected = run_growing(whole, nothing);
  ASSERT_GE(whole.allocations, 6u);
  for (std::uint64_t number = 1; number <= whole.allocations; ++number) {
    FakeDevice device;
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
  FakeDevice whole;
  run(whole, 4096, batch, {0, 57});
  for (std::uint64_t call = 1; call <= whole.calls; ++call) {
    FakeDevice device;
    device.fail_at_call = call;
    device.fail_for_memory = false;
    std::vector<Summary> summaries(2);
    MaterializedPipeline<FakeBackend> pipeline(FakeBackend{&device}, 4096);
    EXPECT_THROW(pipeline.add(batch, {0, 57}, summaries), Error);
    EXPECT_PRED_FORMAT2(same_summaries, summaries, std::vector<Summary>(2)) << "call " << call;
  }
}

/// A kernel that did not run, and whose error was lost: never a mean of what the tile before left.
TEST(MaterializedPipeline, NoticesAnyCallThatDidNothing) {
  for (std::uint32_t workers : {1u, 20u, 1001u}) {  // the last in pieces
    Batch const batch = extremes_batch(1, workers);
    IterationRange const range{0, workers == 1001 ? 7u : 601u};
    FakeDevice whole;
    run(whole, 2048, batch, range);
    ASSERT_GT(whole.calls, 12u) << "several tiles in each slot";
    for (std::uint64_t call = 1; call <= whole.calls; ++call) {
      FakeDevice device;
      device.lose_at_call = call;
      std::vector<Summary> summaries(2);
      MaterializedPipeline<FakeBackend> pipeline(FakeBackend{&device}, 2048);
      expect_error(ExitCode::device, "not computed", [&] { pipeline.add(batch, range, summaries); });
      EXPECT_PRED_FORMAT2(same_summaries, summaries, std::vector<Summary>(2))
          << workers << " workers, call " << call;
    }
  }
}

TEST(MaterializedPipeline, ObservablesOfTheSameDelaysShareThem) {
  Batch batch = extremes_batch(1, 20);
  FakeDevice one;
  run(one, 0, batch, {0, 100});
  batch.observables.insert(batch.observables.end(), batch.observables.begin(), batch.observables.end());
  FakeDevice twice;
  run(twice, 0, batch, {0, 100});
  EXPECT_EQ(one.calls, 4u);    // sample, reduce, two sums
  EXPECT_EQ(twice.calls, 6u);  // two more sums
}

TEST(MaterializedPipeline, KeepsItsMemoryBetweenCalls) {
  FakeDevice device;
  Batch const batch = extremes_batch(1, 20);
  std::vector<Summary> summaries(2);
  MaterializedPipeline<FakeBackend> pipeline(FakeBackend{&device}, 1u << 16);
  pipeline.add(batch, {0, 10}, summaries);
  pipeline.add(batch, {10, 3}, summaries);    // less
  pipeline.add(batch, {13, 500}, summaries);  // more
  EXPECT_PRED_FORMAT2(same_summaries, summaries, scalar_reference(batch, {0, 513}));
}

}  // namespace
}  // namespace dsgd::kernels
