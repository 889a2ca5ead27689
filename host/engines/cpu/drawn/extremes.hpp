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
  std::span<std::uint32_t const> changed;  ///< iterations whose word changed in this step, and perhaps others
  std::uint32_t step;                      ///< number of the step; in step 1 all words are new
};

/// Smallest and largest words of the iterations of a run, while workers are added.
class Extremes {
 public:
  /// @param max_iterations  largest number of iterations of a run
  Extremes(InstructionSet const& set, std::uint32_t max_iterations);

  /// Starts a run: `count` iterations from `first` on, with one iteration_hi and no workers yet.
  void start(Stream stream, std::uint64_t first, std::uint32_t count);

  /// Extends the extremes to the words of the first `workers` workers. More workers than before are a step.
  /// @pre workers never become fewer in a run
  void extend_to(std::uint32_t workers);

  WordsOfRun smallest() const { return {smallest_.data(), {to_smallest_.data(), changes_.smallest}, step_}; }
  WordsOfRun largest() const { return {largest_.data(), {to_largest_.data(), changes_.largest}, step_}; }

 private:
  /// Adds many workers, whose words never leave the registers.
  void extend_by_blocks(std::uint32_t workers);

  /// Adds a few workers. Words are kept, as the next workers are likely to be asked for one by one, too.
  void extend_by_words(std::uint32_t workers);

  InstructionSet const* set_;
  PhiloxPlan plan_{};
  std::uint32_t first_ = 0, count_ = 0;  ///< iterations of the run
  std::uint32_t workers_ = 0, step_ = 0;
  Buffer<std::uint32_t> smallest_, largest_;
  ExtremeChanges changes_{};                        ///< how many words changed in the last step
  Buffer<std::uint32_t> to_smallest_, to_largest_;  ///< iterations that changed in the last step
  Buffer<std::uint32_t> smallest_before_, largest_before_;
  BlockPlanner planner_;
  std::uint32_t stride_;
  Buffer<std::uint32_t> words_;   ///< words of the kept workers, stride_ apart
  std::uint32_t first_kept_ = 0;  ///< number of the first kept worker
};

}  // namespace dsgd
