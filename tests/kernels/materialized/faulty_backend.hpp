/// A device for the materialized pipeline in host memory: it counts, refuses and fails as tests wish.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "dsgd/error.hpp"
#include "kernels/materialized/pipeline.hpp"
#include "kernels/materialized/sample_host.hpp"

namespace dsgd::kernels {

/// What the fake device allows and what it saw.
struct FaultyDevice {
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
struct FaultyBackend {
  class Slot {
   public:
    Slot(FaultyDevice& device, std::uint64_t tile_bytes) : device_(&device), memory_(tile_bytes) {
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
    FaultyDevice* device_;
    std::vector<std::byte> memory_;
  };

  static constexpr unsigned slots = 2;
  static constexpr std::uint64_t min_slot_bytes = 256;
  static constexpr std::uint64_t scratch_bytes(std::uint64_t bytes) { return bytes / 16; }
  std::uint64_t chunk_bytes() const { return device->memory_bytes; }

  FaultyDevice* device;

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

}  // namespace dsgd::kernels
