#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "dsgd/engine/materialized.hpp"
#include "dsgd/law/list.hpp"
#include "kernels/cuda/device_memory.hpp"
#include "kernels/cuda/device_tables.hpp"
#include "kernels/cuda/scratch_arena.hpp"
#include "kernels/materialized/extremes.hpp"
#include "kernels/materialized/tile.hpp"

namespace dsgd::kernels {

/// Steps of MaterializedPipeline on the current device. Sampling only queues work; the reductions wait for
/// their slot's stream, while the other slot's kernel runs.
class CudaBackend {
 public:
  class Slot;

  static constexpr unsigned slots = 2;
  static constexpr std::uint64_t min_slot_bytes = std::uint64_t{4} << 20;

  /// Thrust's reduce_by_key keeps about 50 bytes per 2304 draws, its reduce one sum per block of threads.
  static constexpr std::uint64_t scratch_bytes(std::uint64_t tile_bytes) {
    return (tile_bytes / 16 + (std::uint64_t{1} << 20)) / 256 * 256;
  }

  /// Chunk from which on the cost of launching is hidden.
  static constexpr std::uint64_t useful_chunk_bytes = device_chunk_bytes;
  /// Half of the free memory, so that others find some, but at most useful_chunk_bytes.
  std::uint64_t chunk_bytes() const;

  Slot allocate(std::uint64_t tile_bytes) const;
  void mark_unwritten(Slot& slot, std::uint64_t bytes) const;
  void sample(Slot& slot, Tile const& tile, LawSampler const& law) const;
  void reduce_rows(Slot& slot, Tile const& tile) const;
  Extremes reduce_piece(Slot& slot, Tile const& tile, Extremes before) const;
  TickSums sum_ticks(Slot& slot, std::uint64_t rows, RuntimeTicks ticks) const;
};

class CudaBackend::Slot {
 public:
  /// @throws OutOfDeviceMemory
  explicit Slot(std::uint64_t tile_bytes)
      : tile_bytes_(tile_bytes),
        memory_(scratch_bytes(tile_bytes) + tile_bytes),
        scratch_(memory_.data(), scratch_bytes(tile_bytes)),
        tile_(memory_.data() + scratch_bytes(tile_bytes)) {}

  /// Fills the start of the tile so that it shows where nothing is written to it.
  void mark_tile(std::uint64_t bytes) const { mark(tile_, bytes); }

  /// Fills what Thrust takes of the scratch memory to reduce some values: its results pass through it, and
  /// show where nothing was written.
  void mark_scratch(std::uint64_t values) const {
    mark(memory_.data(), std::min(scratch_bytes(tile_bytes_), values / 32 + (std::uint64_t{1} << 20)));
  }

  SlotView view(std::uint64_t rows) const { return divide_slot(tile_, rows); }
  ScratchArena& scratch() { return scratch_; }
  cudaStream_t stream() const { return stream_.get(); }

  // DeviceTables takes a slot for its queue by these two.
  DeviceBuffer allocate(std::uint64_t bytes) const { return DeviceBuffer(bytes); }
  void upload(void* to, void const* from, std::uint64_t bytes) const {
    check_cuda(cudaMemcpyAsync(to, from, bytes, cudaMemcpyHostToDevice, stream()), "cudaMemcpyAsync",
               "copying a law's table");
  }
  DeviceTables<DeviceBuffer>& tables() { return tables_; }

 private:
  /// Marks memory by CUDA's own call, whose error cannot be lost as that of a launch by Thrust can.
  void mark(std::byte* memory, std::uint64_t bytes) const {
    check_cuda(cudaMemsetAsync(memory, unwritten_byte, bytes, stream()), "cudaMemsetAsync",
               "marking memory as unwritten");
  }

  std::uint64_t tile_bytes_;
  CudaStream stream_;
  DeviceBuffer memory_;
  ScratchArena scratch_;
  std::byte* tile_;
  DeviceTables<DeviceBuffer> tables_;
};

}  // namespace dsgd::kernels
