#pragma once

#include <cstdint>
#include <span>

#include "dsgd/draw/address.hpp"
#include "engines/cpu/block_planner.hpp"
#include "engines/cpu/buffer.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"

namespace dsgd {

/// One word of every iteration of a run, at some step of a sequence.
struct WordsOfRun {
  std::uint32_t const* words;              ///< one per iteration
  std::span<std::uint32_t const> changed;  ///< iterations whose word differs from the step before's, or more
  std::uint32_t step;                      ///< its number; words of step 1 are all new
};

/// Smallest and largest words of the iterations of a run, while workers are added.
class Extremes {
 public:
  /// @param max_iterations  of a run
  Extremes(InstructionSet const& set, std::uint32_t max_iterations);

  /// A new run: `count` iterations from `first` on, with one iteration_hi and no workers yet.
  void start(Stream stream, std::uint64_t first, std::uint32_t count);

  /// To the words of the first `workers` workers, which never become fewer: a step, if they become more.
  void extend_to(std::uint32_t workers);

  WordsOfRun smallest() const { return {smallest_.data(), {to_smallest_.data(), changes_.smallest}, step_}; }
  WordsOfRun largest() const { return {largest_.data(), {to_largest_.data(), changes_.largest}, step_}; }

 private:
  /// Many workers: their words never leave the registers.
  void extend_by_blocks(std::uint32_t workers);

  /// A few: words are kept, as the next workers are likely to be asked for one by one.
  void extend_by_words(std::uint32_t workers);

  InstructionSet const* set_;
  PhiloxPlan plan_{};
  std::uint32_t first_ = 0, count_ = 0;  ///< iterations
  std::uint32_t workers_ = 0, step_ = 0;
  Buffer<std::uint32_t> smallest_, largest_;
  ExtremeChanges changes_{};                        ///< in the last step
  Buffer<std::uint32_t> to_smallest_, to_largest_;  ///< likewise: the iterations that changed
  Buffer<std::uint32_t> smallest_before_, largest_before_;
  BlockPlanner planner_;
  std::uint32_t stride_;
  Buffer<std::uint32_t> words_;   ///< kept, worker by worker, each stride_ apart
  std::uint32_t first_kept_ = 0;  ///< worker
};

}  // namespace dsgd
