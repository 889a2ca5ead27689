#pragma once

#include <cstdint>
#include <span>

#include "dsgd/summary/summary.hpp"
#include "engines/cpu/buffer.hpp"
#include "engines/cpu/delays.hpp"
#include "engines/cpu/drawn/extremes.hpp"

namespace dsgd {

/// Runtimes of one law, one per iteration of a run, and their summary. From one number of workers to the next
/// few extremes change: only their delays are computed again, and the sums, being integers, are corrected.
class Runtimes {
 public:
  /// @param max_iterations  largest number of iterations of a run
  Runtimes(InstructionSet const& set, std::uint32_t max_iterations);

  /// Starts a run of `count` iterations, >= 1, of which nothing is known yet.
  void start(LawSampler const& law, std::uint32_t count);

  /// Summary of the delays of some words. Words of successive steps belong to one sequence.
  /// @pre delays was started for the run (whose number is not known here)
  Summary const& of(WordsOfRun const& words, int quantum_exponent, Delays& delays);

  /// The runtimes that of() summed up last, by iteration of the run.
  std::span<float const> excesses() const { return {excesses_.data(), count_}; }

 private:
  /// Brings excesses_ up to date.
  /// @return  true where summary_ is still right
  bool follow(WordsOfRun const& words, int quantum_exponent, Delays& delays);

  /// Replaces the delays of these iterations by new_excesses_, and corrects summary_.
  /// @return  false where summary_ is not right afterwards: where the smallest or the largest runtime may
  ///          have gone, or ticks are too large
  bool replace(std::span<std::uint32_t const> iterations);

  InstructionSet const* set_;
  LawSampler law_{};
  std::uint32_t count_ = 0;
  std::uint32_t step_ = 0;  ///< step whose delays excesses_ holds; 0: it holds none
  Buffer<float> excesses_;
  int quantum_exponent_ = 0;
  Summary summary_;
  Buffer<std::uint32_t> new_words_;
  Buffer<float> new_excesses_;
};

}  // namespace dsgd
