/// Fixed blocks of iterations, handed out to threads as they get free: for every engine that computes on the
/// host.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>
#include <span>
#include <system_error>
#include <thread>
#include <vector>

#include "dsgd/engine/engine.hpp"

namespace dsgd {

/// Draws that one unit of a batch's work takes: as many as its largest observable does.
inline double draws_per_unit(Batch const& batch) {
  double draws = 1;
  for (Observable const& observable : batch.observables) draws = std::max(draws, draws_per_unit(observable));
  return draws;
}

/// How many iterations make a block: about `draws` draws, but a multiple of `granule` iterations and at least
/// that many.
struct BlockSize {
  std::uint64_t draws;
  std::uint64_t granule = 1;
};

/// The blocks of several pieces of work, numbered through. Blocks never depend on the number of threads.
class BlockQueue {
 public:
  struct Block {
    Work const* work;
    IterationRange iterations;
  };

  BlockQueue(std::span<Work const> work, BlockSize size) : work_(work), ends_(work.size()) {
    std::uint64_t blocks = 0;
    for (std::size_t i = 0; i < work.size(); ++i) {
      std::uint64_t const length = block_length(work[i], size);
      blocks += (work[i].iterations.count + length - 1) / length;
      ends_[i] = {blocks, length};
    }
  }

  std::uint64_t size() const { return ends_.empty() ? 0 : ends_.back().block; }

  /// @return false once all blocks were handed out. Safe to call from several threads.
  bool take(Block& block) {
    std::uint64_t const number = next_.fetch_add(1, std::memory_order_relaxed);
    if (number >= size()) return false;
    auto const end = std::upper_bound(ends_.begin(), ends_.end(), number,
                                      [](std::uint64_t n, End const& e) { return n < e.block; });
    std::uint64_t const before = end == ends_.begin() ? 0 : std::prev(end)->block;
    Work const& work = work_[static_cast<std::size_t>(end - ends_.begin())];
    std::uint64_t const offset = (number - before) * end->length;
    block = {&work, {work.iterations.first + offset, std::min(end->length, work.iterations.count - offset)}};
    return true;
  }

  /// Hands out no block from now on.
  void abandon() { next_.store(size(), std::memory_order_relaxed); }

 private:
  struct End {
    std::uint64_t block;   ///< number of the first block after this piece of work
    std::uint64_t length;  ///< iterations per block
  };

  static std::uint64_t block_length(Work const& work, BlockSize size) {
    double const units = static_cast<double>(size.draws) / draws_per_unit(*work.batch);
    std::uint64_t const granules = static_cast<std::uint64_t>(units) / size.granule;
    return std::max<std::uint64_t>(1, granules) * size.granule;
  }

  std::span<Work const> work_;
  std::vector<End> ends_;
  std::atomic<std::uint64_t> next_{0};
};

/// Runs all work on up to `threads` threads. Each thread makes its own copy of `prototype` (which may own
/// buffers) and calls copy(batch, iterations, summaries) per block, with fresh summaries that are then merged
/// into the work's.
/// @throws what a call threw first; the summaries are then undefined
template <class Accumulate>
void run_blocks(std::span<Work const> work, BlockSize size, unsigned threads, Accumulate const& prototype) {
  BlockQueue queue(work, size);
  std::mutex merging;
  std::exception_ptr failure;

  auto const drain = [&] {
    try {
      auto accumulate = prototype;
      std::vector<Summary> local;
      for (BlockQueue::Block block; queue.take(block);) {
        local.assign(block.work->summaries.size(), Summary{});
        accumulate(*block.work->batch, block.iterations, std::span<Summary>(local));
        std::lock_guard const lock(merging);
        for (std::size_t i = 0; i < local.size(); ++i) block.work->summaries[i].merge(local[i]);
      }
    } catch (...) {
      queue.abandon();
      std::lock_guard const lock(merging);
      if (!failure) failure = std::current_exception();
    }
  };

  {
    std::vector<std::jthread> others;
    std::uint64_t const wanted = std::min<std::uint64_t>(threads, queue.size());
    try {
      for (std::uint64_t i = 1; i < wanted; ++i) others.emplace_back(drain);
    } catch (std::system_error const&) {
      // The system gives no more threads: those that run do all the blocks, with the same result.
    }
    drain();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace dsgd
