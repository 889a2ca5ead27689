#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/draw/address.hpp"
#include "engines/cpu/block_planner.hpp"
#include "engines/cpu/buffer.hpp"
#include "engines/cpu/drawn/network.hpp"
#include "engines/cpu/drawn/window_selection.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"

namespace dsgd {

/// Finds words of any rank among the workers' words, for the iterations of a run.
class Selection {
 public:
  /// @param max_iterations  largest number of iterations of a run
  Selection(InstructionSet const& set, std::uint32_t max_iterations);

  /// Starts a run: `count` iterations from `first` on, with one iteration_hi.
  void start(Stream stream, std::uint64_t first, std::uint32_t count);

  /// Finds the words of the workers of these ranks: 1 = fastest = largest word.
  /// @pre there are ranks, and 1 <= rank <= workers for each
  void find(std::uint32_t workers, std::span<std::uint32_t const> ranks);

  /// Words of ranks[n] of the last find(): one per iteration, padded.
  std::uint32_t const* words(std::size_t n) const { return selected_.data() + n * stride_; }

 private:
  /// Finds all ranks at once, by a network that sorts each lane only as far as it has to.
  void find_by_network(std::uint32_t workers, std::span<std::uint32_t const> ranks);

  InstructionSet const* set_;
  PhiloxPlan plan_{};
  std::uint32_t first_ = 0, count_ = 0;  ///< iterations of the run
  std::uint32_t stride_;
  Buffer<std::uint32_t> selected_;  ///< rank by rank, each stride_ words apart
  Buffer<std::uint32_t> words_;     ///< words of a granule of iterations
  std::vector<std::uint32_t> positions_;
  SelectionNetworks networks_;
  BlockPlanner planner_;
  WindowSelection windows_;
};

}  // namespace dsgd
