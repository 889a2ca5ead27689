#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "engines/cpu/block_planner.hpp"
#include "engines/cpu/buffer.hpp"
#include "engines/cpu/delays.hpp"
#include "engines/cpu/drawn/network.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"

namespace dsgd {

/// Adds runtimes of equal workers that may get a copy, for one thread: the delays of all workers, a row of iterations for
/// each, and then the delays of their copies.
class DrawnCopies {
 public:
  explicit DrawnCopies(InstructionSet const& set);

  /// True for equal workers, up to 4096 where the first or the last of them counts and no share of them has to arrive
  /// before, and else up to 256.
  static bool serves(Observable const& observable);

  /// @pre serves(observable)
  void operator()(Stream stream, Observable const& observable, IterationRange iterations, Summary& summary);

 private:
  static constexpr std::uint32_t most_words = 1u << 16;  ///< of a run: their delays stay in the second cache
  static constexpr std::uint32_t longest_run = 1024;     ///< iterations

  /// Fills runtimes_ for `count` iterations with one iteration_hi.
  void run(Stream stream, Observable const& observable, std::uint64_t first, std::uint32_t count);

  /// Fills words_ with the draws from `number` on, a row for each worker. @param number  a multiple of four
  void draw(Stream stream, std::uint32_t workers, std::uint64_t first, std::uint64_t number);

  /// Finds when the copies of each iteration begin.
  void find_begins(Copied const& form, std::uint32_t workers);

  /// Fills runtimes_ with the delays of a rank.
  void find_rank(std::uint32_t workers, std::uint32_t rank);

  /// Sorts the delays of a granule of iterations, as far as some ranks need it, into sorted_.
  /// @param ranks  of the delays, 1 = smallest, ascending
  /// @return       the network, whose wires are those of the ranks
  SelectionNetwork const& sort(std::uint32_t workers, std::uint32_t offset,
                               std::vector<std::uint32_t> const& ranks);

  /// The delay of a rank in an iteration of the granule that was sorted last. @param number  index of the rank
  float sorted(SelectionNetwork const& network, std::vector<std::uint32_t> const& ranks, std::size_t number,
               std::uint32_t lane) const {
    std::uint32_t const row = 4 * network.wires[number] + (ranks[number] - 1) % 4;
    return std::bit_cast<float>(sorted_[row * set_->words.granule + lane]);
  }

  InstructionSet const* set_;
  BlockPlanner planner_;
  Delays delays_of_words_;
  SelectionNetworks networks_;
  std::uint32_t width_ = 0;       ///< iterations of the run, up to whole granules
  Buffer<std::uint32_t> words_;   ///< [worker, iteration]
  Buffer<float> delays_;          ///< [worker, iteration]
  Buffer<std::uint32_t> sorted_;  ///< [worker, iteration of a granule], bits of delays
  std::vector<std::uint32_t> positions_;
  Buffer<float> copies_, runtimes_;  ///< [iteration]
  Buffer<double> begins_;            ///< [iteration], time units
};

}  // namespace dsgd
