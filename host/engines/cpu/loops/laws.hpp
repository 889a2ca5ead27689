/// Loops that give the delays of whole arrays, in vectors.
#pragma once

#include <cstdint>

#include "dsgd/law/list.hpp"

namespace dsgd {

/// The loops over laws for one instruction set.
struct LawLoops {
  /// excesses[i] = law.excess(words[i], tails[i]), to the bit. Null `tails` stand for zeros.
  void (*of_words)(LawSampler const& law, std::uint32_t const* words, std::uint32_t const* tails,
                   std::uint32_t count, float* excesses);

  /// excesses[i] = law.excess_at(hazards[i]), to the bit.
  void (*of_hazards)(LawSampler const& law, double const* hazards, std::uint32_t count, float* excesses);
};

extern LawLoops const law_loops_portable;
#ifdef __x86_64__
extern LawLoops const law_loops_avx2;
extern LawLoops const law_loops_avx512;
#endif

}  // namespace dsgd
