#pragma once

#include <cstdint>

#include "dsgd/draw/address.hpp"
#include "dsgd/law/list.hpp"
#include "dsgd/summary/summary.hpp"
#include "engines/cpu/buffer.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"

namespace dsgd {

/// True where 2^-quantum_exponent is a normal float.
inline bool has_normal_factor(int quantum_exponent) {
  return quantum_exponent >= -127 && quantum_exponent <= 126;
}

/// excesses[i] = delay of words[i], as the law's sampler has it. Arrays are padded as WordLoops says.
/// @param tails  one tail word per word, where all words need one; else null: then the excesses of words that
///               need one mean nothing
void find_excesses(InstructionSet const& set, LawSampler const& law, std::uint32_t const* words,
                   std::uint32_t const* tails, std::uint32_t count, float* excesses);

/// Sums up runtimes, and takes the smallest and the largest. @param excesses  padded as WordLoops says
Summary summary_of(InstructionSet const& set, float const* excesses, std::uint32_t count,
                   int quantum_exponent);

/// Delays of words, tail words included.
class Delays {
 public:
  /// @param max_words  largest number of words in one call of find()
  Delays(InstructionSet const& set, std::uint32_t max_words);

  /// Starts a run: words come from iterations `first` and after, all with the same iteration_hi.
  void start(Stream stream, std::uint64_t first);

  /// excesses[i] = delay of words[i], drawn in iteration first + i. Arrays are padded as WordLoops
  /// says.
  void find(LawSampler const& law, std::uint32_t const* words, std::uint32_t count, float* excesses);

  /// excesses[n] = delay of words[n], drawn in iteration first + offsets[n]. Arrays are padded as
  /// WordLoops says.
  void find(LawSampler const& law, std::uint32_t const* words, std::uint32_t const* offsets,
            std::uint32_t count, float* excesses);

 private:
  /// Finds the delays of words that need no tail word.
  /// @return  number of words that need one; indices_ has their positions
  std::uint32_t find_bodies(LawSampler const& law, std::uint32_t const* words, std::uint32_t count,
                            float* excesses);

  /// Finds the delays of words[indices_[n]], n < tails, which were drawn in iterations_[n].
  void replace_tails(LawSampler const& law, std::uint32_t const* words, std::uint32_t tails, float* excesses);

  InstructionSet const* set_;
  PhiloxPlan tail_plan_{};
  std::uint32_t first_ = 0;                                     ///< iteration_lo of the first iteration
  Buffer<std::uint32_t> indices_, iterations_, words_, tails_;  ///< one per word that needs a tail word
  Buffer<float> excesses_;                                      ///< one per word that needs a tail word
};

}  // namespace dsgd
