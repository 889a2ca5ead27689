#pragma once

#include <cstdint>
#include <span>

#include "dsgd/summary.hpp"
#include "engines/cpu/buffer.hpp"
#include "engines/cpu/delays.hpp"
#include "engines/cpu/extremes.hpp"

namespace dsgd {

/// Runtimes of one law, one per iteration of a run, and their summary. From one number of workers to the next
/// few extremes change: only their delays are computed again, and the sums, being integers, are corrected.
class Runtimes {
 public:
  /// @param max_iterations  of a run
  Runtimes(CpuKernels const& kernels, std::uint32_t max_iterations);

  /// A new run of `count` iterations, >= 1: nothing is known yet.
  void start(LawSampler const& law, std::uint32_t count);

  /// Summary of the delays of some words. Words of successive steps are of one sequence.
  /// @pre delays was started for the run
  Summary const& of(WordsOfRun const& words, int quantum_exponent, Delays& delays);

  /// The runtimes that of() summed up last, by iteration of the run.
  std::span<float const> excesses() const { return {excesses_.data(), count_}; }

 private:
  /// Brings excesses_ up to date.
  /// @return  whether summary_ is still right
  bool follow(WordsOfRun const& words, int quantum_exponent, Delays& delays);

  /// Corrects summary_ where the delay of iteration i changes.
  /// @return  false where it cannot be corrected: a smallest or largest runtime may have gone
  bool correct(std::uint32_t i, float excess);

  void sum_up();

  CpuKernels const* kernels_;
  LawSampler law_{};
  std::uint32_t count_ = 0;
  std::uint32_t step_ = 0;  ///< whose delays excesses_ are; 0: none are known
  Buffer<float> excesses_;
  int quantum_exponent_ = 0;
  Summary summary_;
  Buffer<std::uint32_t> new_words_;
  Buffer<float> new_excesses_;
};

}  // namespace dsgd
