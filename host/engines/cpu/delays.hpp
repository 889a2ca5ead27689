#pragma once

#include <cstdint>

#include "dsgd/draw/address.hpp"
#include "dsgd/law/list.hpp"
#include "engines/cpu/buffer.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"

namespace dsgd {

/// Is 2^-quantum_exponent a normal float?
inline bool has_normal_factor(int quantum_exponent) {
  return quantum_exponent >= -127 && quantum_exponent <= 126;
}

/// excesses[i] = delay of words[i], as the law's sampler has it.
/// @param tails  their tail words, if all words need one, else null: then those of words that need one mean
///               nothing
/// Arrays padded as WordLoops says.
void find_excesses(InstructionSet const& set, LawSampler const& law, std::uint32_t const* words,
                   std::uint32_t const* tails, std::uint32_t count, float* excesses);

/// Delays of words, tail words included.
class Delays {
 public:
  /// @param max_words  that are asked for at a time
  Delays(InstructionSet const& set, std::uint32_t max_words);

  /// What follows is of iterations `first` and after, all with the same iteration_hi.
  void start(Stream stream, std::uint64_t first);

  /// excesses[i] = delay of words[i], drawn in iteration first + i. Arrays padded as WordLoops says.
  void find(LawSampler const& law, std::uint32_t const* words, std::uint32_t count, float* excesses);

  /// excesses[n] = delay of words[n], drawn in iteration first + offsets[n]. Likewise.
  void find(LawSampler const& law, std::uint32_t const* words, std::uint32_t const* offsets,
            std::uint32_t count, float* excesses);

 private:
  /// Delays of words that need no tail word.
  /// @return  how many of the others there are; indices_ has their numbers
  std::uint32_t find_bodies(LawSampler const& law, std::uint32_t const* words, std::uint32_t count,
                            float* excesses);

  /// Delays of the words number indices_[0 .. tails - 1], whose iterations are in iterations_.
  void replace_tails(LawSampler const& law, std::uint32_t const* words, std::uint32_t tails, float* excesses);

  InstructionSet const* set_;
  PhiloxPlan tail_plan_{};
  std::uint32_t first_ = 0;                                     ///< iteration_lo
  Buffer<std::uint32_t> indices_, iterations_, words_, tails_;  ///< of words that need a tail word
  Buffer<float> excesses_;                                      ///< likewise
};

}  // namespace dsgd
