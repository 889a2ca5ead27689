/// The pipeline of the materialized engines, whatever computes its steps: tiles of delays are written to
/// memory, reduced to the extremes of each iteration, and summed as ticks.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/error.hpp"
#include "kernels/cuda/out_of_memory.hpp"
#include "kernels/materialized/extremes.hpp"
#include "kernels/materialized/observable_groups.hpp"
#include "kernels/materialized/tile.hpp"

namespace dsgd::kernels {

/// @tparam Backend  owns a device or stands for the host:
///   Slot                               move-only memory for one tile, and the stream of its work
///   slots                              tiles in flight: while one is reduced the next is sampled
///   min_slot_bytes                     smallest slot that is tried
///   scratch_bytes(tile_bytes)          what a slot takes beside its tile; never falls
///   chunk_bytes()                      memory for all slots, where the caller leaves it open
///   allocate(tile_bytes) -> Slot       throws OutOfDeviceMemory
///   mark_unwritten(Slot&, bytes)       fills the slot's first bytes with unwritten_byte
///   sample(Slot&, Tile, LawSampler)    may return before the excesses are written
///   reduce_rows(Slot&, Tile)           extremes of each row, kept in the slot
///   reduce_piece(Slot&, Tile, before) -> Extremes
///   sum_ticks(Slot&, rows, RuntimeTicks) -> TickSums
template <class Backend>
class MaterializedPipeline {
 public:
  /// @param chunk_bytes  for all slots; 0 leaves it to the backend. Never less than the backend's minimum
  explicit MaterializedPipeline(Backend backend, std::uint64_t chunk_bytes = 0)
      : backend_(std::move(backend)),
        slot_limit_(chunk_bytes == 0 ? 0 : std::max(chunk_bytes / Backend::slots, Backend::min_slot_bytes)) {}

  /// Adds the runtimes of some iterations of a batch.
  /// @param summaries  one per observable; untouched when this throws
  /// @throws Error usage where an observable is neither the slowest nor the fastest worker; device
  void add(Batch const& batch, IterationRange iterations, std::span<Summary> summaries) {
    std::vector<Summary> sums(summaries.size());
    for (ObservableGroup const& group : group_observables(batch.observables)) {
      std::vector<Summary> const group_sums = add_halving(batch.stream, group, iterations);
      for (std::size_t i = 0; i < group_sums.size(); ++i) sums[group.members[i].index].merge(group_sums[i]);
    }
    for (std::size_t i = 0; i < sums.size(); ++i) summaries[i].merge(sums[i]);
  }

 private:
  using Slot = typename Backend::Slot;

  /// Runs, and starts again with half of the memory where memory is refused, also midway.
  std::vector<Summary> add_halving(Stream stream, ObservableGroup const& group, IterationRange iterations) {
    for (;;) {
      try {
        reserve(useful_tile_bytes(iterations.count, group.workers));
        return run(stream, group, iterations);
      } catch (OutOfDeviceMemory const&) {
        slots_.clear();
        if (slot_limit_ <= Backend::min_slot_bytes) throw;
        slot_limit_ = std::max(slot_limit_ / 2, Backend::min_slot_bytes);
      }
    }
  }

  /// Allocates the slots, for tiles of `useful` bytes or as many as the limit allows.
  void reserve(std::uint64_t useful) {
    if (slot_limit_ == 0)
      slot_limit_ = std::max(backend_.chunk_bytes() / Backend::slots, Backend::min_slot_bytes);
    std::uint64_t const wanted = std::min(useful, slot_limit_ - Backend::scratch_bytes(slot_limit_));
    if (!slots_.empty() && wanted <= tile_bytes_) return;
    slots_.clear();
    for (unsigned i = 0; i < Backend::slots; ++i) slots_.push_back(backend_.allocate(wanted));
    tile_bytes_ = wanted;
  }

  /// The sums as a summary. A library that computes a step may lose the error of a kernel that did not start:
  /// what the tile before left in the slot would then be summed, had it not been marked as unwritten.
  /// @throws Error device where iterations are missing
  static Summary complete(TickSums const& sums, std::uint64_t iterations) {
    if (sums.iterations != iterations)
      throw Error(ExitCode::device, "delays of some iterations were not computed",
                  "a kernel did not run, and the means would be wrong",
                  "look at `dsgd devices`, or use --engine cpu");
    return sums.summary();
  }

  std::vector<Summary> run(Stream stream, ObservableGroup const& group, IterationRange iterations) {
    std::vector<Summary> sums(group.members.size());
    TileShape const shape = plan_tile(tile_bytes_, iterations.count, group.workers);
    Extremes row = no_extremes;  // of an iteration's pieces so far, where a tile is a piece

    auto const finish = [&](Slot& slot, Tile const& tile) {
      if (shape.workers == group.workers) {
        backend_.reduce_rows(slot, tile);
        for (std::size_t i = 0; i < sums.size(); ++i)
          sums[i].merge(
              complete(backend_.sum_ticks(slot, tile.iterations, group.members[i].ticks), tile.iterations));
        return;
      }
      row = backend_.reduce_piece(slot, tile, row);
      if (tile.first_worker + tile.workers < group.workers) return;
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i].merge(complete(group.members[i].ticks(row), 1));
      row = no_extremes;
    };

    std::vector<Tile> in_flight(Backend::slots);
    std::uint64_t begun = 0, finished = 0;  // tiles; number i is in slot i mod slots
    for (std::uint64_t done = 0; done < iterations.count; done += shape.iterations) {
      for (std::uint32_t worker = 0; worker < group.workers; worker += shape.workers) {
        std::uint64_t const slot = begun % Backend::slots;
        if (begun - finished == Backend::slots) {  // then the oldest tile is in this very slot
          finish(slots_[slot], in_flight[slot]);
          ++finished;
        }
        in_flight[slot] = {stream, iterations.first + done,
                           std::min(shape.iterations, iterations.count - done), worker,
                           std::min(shape.workers, group.workers - worker)};
        backend_.mark_unwritten(slots_[slot], telling_bytes(in_flight[slot].iterations));
        backend_.sample(slots_[slot], in_flight[slot], group.law);
        ++begun;
      }
    }
    for (; finished < begun; ++finished)
      finish(slots_[finished % Backend::slots], in_flight[finished % Backend::slots]);
    return sums;
  }

  Backend backend_;
  std::uint64_t slot_limit_;  ///< 0 until the backend is asked
  std::uint64_t tile_bytes_ = 0;
  std::vector<Slot> slots_;
};

}  // namespace dsgd::kernels
