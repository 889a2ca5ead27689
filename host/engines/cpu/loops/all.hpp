/// The inner loops, over the operations of any instruction set. Included by one source file per instruction
/// set and compiled with its options: everything here and in the other headers that end in _of.hpp is local
/// to that file, so that no function of one set is linked into another's place.
#pragma once

#include "engines/cpu/loops/array_sums.hpp"
#include "engines/cpu/loops/collect.hpp"
#include "engines/cpu/loops/exponential.hpp"
#include "engines/cpu/loops/extremes.hpp"
#include "engines/cpu/loops/philox.hpp"
#include "engines/cpu/loops/select.hpp"
#include "engines/cpu/loops/tables/words.hpp"
#include "engines/cpu/loops/tails.hpp"
#include "engines/cpu/loops/words.hpp"

namespace dsgd::simd {
namespace {

template <class Simd>
constexpr CpuKernels kernels_of(char const* name) {
  return {name,
          Philox<Simd>::lanes,
          plan_blocks<Simd>,
          find_extremes<Simd>,
          extend_extremes<Simd>,
          draw_words<Simd>,
          extend_by_words<Simd>,
          find_changes<Simd>,
          draw_and_sort<Simd>,
          sort_by_network<Simd>,
          collect<Simd>,
          draw_tails<Simd>,
          find_tails<Simd>,
          exponential<Simd>,
          exponential_of_tails<Simd>,
          sum<Simd>};
}

}  // namespace
}  // namespace dsgd::simd
