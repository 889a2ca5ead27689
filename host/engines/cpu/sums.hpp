/// Runtimes that are sums of delays, added as ticks in vector registers.
#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/expects.hpp"
#include "engines/cpu/block_planner.hpp"
#include "engines/cpu/delays.hpp"
#include "engines/cpu/drawn/extremes.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/cpu/philox_plan.hpp"

namespace dsgd {

/// The longest excess that a law can give, time units.
inline float longest_excess(LawSampler const& law) {
  return std::visit([](auto const& l) { return l.excess(0, 0); }, law);
}

/// Converts words to delays and delays to ticks, for one law and quantum. The caller draws the tail words.
class DelayTicks {
 public:
  DelayTicks(InstructionSet const& set, Observable const& observable);

  /// result[i] = delay of words[i], in time units.
  /// @param scratch       room for words.size() + granule numbers
  /// @param word_of_tail  word_of_tail(i) = tail word of words[i], asked for where that needs one
  /// @pre words.size() is a multiple of the granule
  template <class TailWordOf>
  void excesses(std::span<std::uint32_t const> words, float* result, std::uint32_t* scratch,
                TailWordOf&& word_of_tail) const {
    DSGD_EXPECTS(words.size() % set_->words.granule == 0);
    without_tails(words, result);
    std::uint32_t const tails =
        set_->words.find_tails(words.data(), static_cast<std::uint32_t>(words.size()), scratch);
    for (std::uint32_t n = 0; n < tails; ++n) {
      std::uint32_t const i = scratch[n];
      std::uint32_t const t = word_of_tail(i);
      result[i] = std::visit([&](auto const& law) { return law.excess(words[i], t); }, law_);
    }
  }

  /// ticks[i] = ticks of excesses[i].
  void convert(std::span<float const> excesses, std::uint64_t* ticks) const;

  /// sums[i] += ticks of excesses[r width + i], for all rows r.
  void add(float const* excesses, std::uint32_t rows, std::uint32_t width, std::uint64_t* sums) const;

  /// largest[i] = max(largest[i], each worker's sum of its `steps` rows), for the workers at the front that
  /// have all their rows there, where vectors of 32 bits can hold the delays.
  /// @return  number of rows that were used, 0 if none
  std::uint32_t raise(float const* excesses, std::uint32_t rows, std::uint64_t steps, std::uint32_t width,
                      std::uint64_t* largest) const;

 private:
  void without_tails(std::span<std::uint32_t const> words, float* excesses) const;

  InstructionSet const* set_;
  LawSampler law_;
  int quantum_exponent_;
  double ticks_per_unit_;
  bool vectors_fit_;  ///< no delay exceeds max_vector_ticks
  bool narrow_;       ///< every delay has fewer than 2^31 ticks, and ticks_per_unit_ is a normal float
};

/// Adds runtimes in ticks to a summary.
void add_durations(InstructionSet const& set, std::span<std::uint64_t const> ticks,
                   Observable const& observable, Summary& summary);

/// Adds iterations of runtimes of the form SlowestSum for one thread.
class CpuSums {
 public:
  explicit CpuSums(InstructionSet const& set, StopCheck stop = {});

  /// @throws Stopped
  /// @pre observable.runtime holds SlowestSum, and workers are equal
  void operator()(Stream stream, Observable const& observable, IterationRange iterations, Summary& summary);

 private:
  static constexpr std::uint32_t max_width = 128;  ///< iterations side by side
  static constexpr std::uint32_t blocks_at_once = 8;
  static constexpr std::uint32_t max_words = 4 * blocks_at_once * max_width;

  /// Adds at most max_width iterations with one iteration_hi.
  void run(Stream stream, Observable const& observable, DelayTicks const& delays, IterationRange iterations,
           Summary& summary);

  /// Fills slowest_ for the iterations from `first` on, where each worker takes a single step.
  void find_slowest(Stream stream, Observable const& observable, DelayTicks const& delays,
                    std::uint64_t first, std::uint32_t width);
  /// Fills slowest_ for the iterations from `first` on, where each worker takes several steps.
  void find_slowest_sums(Stream stream, Observable const& observable, DelayTicks const& delays,
                         std::uint64_t first, std::uint32_t width);

  InstructionSet const* set_;
  StopCheck stop_;
  BlockPlanner planner_;
  Extremes extremes_;
  Delays delays_;
  Buffer<std::uint32_t> words_;      ///< words of some blocks, a row of iterations per draw
  Buffer<std::uint32_t> offsets_;    ///< iteration of each of words_, counted from the first
  std::uint32_t offsets_width_ = 0;  ///< width of the rows that offsets_ was made for
  Buffer<float> excesses_;
  Buffer<std::uint64_t> sums_, slowest_;  ///< ticks, one per iteration
};

}  // namespace dsgd
