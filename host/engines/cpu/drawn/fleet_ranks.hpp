#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "engines/cpu/block_planner.hpp"
#include "engines/cpu/buffer.hpp"
#include "engines/cpu/delays.hpp"
#include "engines/cpu/drawn/network.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"

namespace dsgd {

/// Adds order statistics of unequal workers for one thread: draws the words of all workers, takes the delays of
/// those in a window, and sorts the few of each iteration.
class FleetRanks {
 public:
  explicit FleetRanks(InstructionSet const& set);

  /// True for order statistics of up to 4096 unequal workers; of more than 256, at ranks up to 64 from an end.
  static bool serves(Observable const& observable);

  /// @pre serves(observable)
  void operator()(Stream stream, Observable const& observable, IterationRange iterations, Summary& summary);

 private:
  static constexpr std::uint32_t most_words = 1u << 16;  ///< of a run: they stay in the second cache
  static constexpr std::uint32_t longest_run = 1024;     ///< iterations

  /// Fills runtimes_ for `count` iterations with one iteration_hi.
  void run(Stream stream, Observable const& observable, FleetWindow const& window, std::uint64_t first,
           std::uint32_t count);
  void draw(Stream stream, std::uint32_t workers, std::uint64_t first);
  void collect(Observable const& observable, FleetWindow const& window);
  void collect_row(ObservedGroup const& group, FleetWindow const& window, std::uint64_t words,
                   std::uint32_t const* row);
  void take_row(ObservedGroup const& group, FleetWindow const& window, std::uint32_t const* row);
  void take_last(FleetWindow const& window, std::uint32_t count);
  void select(FleetWindow const& window, std::uint32_t count);
  void select_among_all(Observable const& observable, FleetWindow const& window);

  /// Brings a key to its place among the first ones of its iteration, of which keys_ is [place, iteration].
  void insert(FleetWindow const& window, std::uint32_t iteration, std::uint32_t key) {
    std::uint32_t* at = keys_.data() + iteration;
    for (std::uint32_t n = 0; n < window.place; ++n, at += width_) {
      std::uint32_t const before = *at;
      *at = before > key ? before : key;
      key = before > key ? key : before;
    }
  }

  /// Place of an iteration's first key in keys_, which are sorted granule by granule.
  std::uint32_t start(FleetWindow const& window, std::uint32_t iteration) const {
    std::uint32_t const lane = iteration & (set_->words.granule - 1);  // a granule is a power of two
    return (iteration - lane) * (window.capacity + 1) + lane;
  }

  InstructionSet const* set_;
  BlockPlanner planner_;
  Delays delays_;
  SelectionNetworks networks_;
  std::uint32_t width_ = 0;                 ///< iterations of the run, up to whole granules
  Buffer<std::uint32_t> words_;             ///< [worker, iteration]
  Buffer<std::uint32_t> indices_, chosen_;  ///< iterations of a worker in the window, and their words
  Buffer<float> excesses_, runtimes_;
  Buffer<std::uint32_t> keys_;
  Buffer<std::uint32_t> next_;               ///< [iteration]: place in keys_ of its next key
  std::vector<std::uint32_t> missed_, all_;  ///< iterations with too few or too many, and all their keys
};

}  // namespace dsgd
