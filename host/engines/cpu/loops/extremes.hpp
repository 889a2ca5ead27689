/// Smallest and largest words of iterations.
#pragma once

#include <cstdint>

#include "engines/cpu/loops/philox.hpp"
#include "engines/cpu/loops/tables/words.hpp"

namespace dsgd::simd {
namespace {

/// Extremes of the words of some iterations, one iteration per lane. Each half of a lane has extremes of its
/// own until the end.
template <class Simd, int Vectors>
class Extremes {
  using Words = typename Simd::Words;
  static constexpr int vectors = Vectors;

  static_assert(vectors % 2 == 0);

 public:
  /// Starts with no words.
  Extremes() {
    for (int v = 0; v < vectors; ++v) {
      low_[v] = Simd::repeat64(~0ull);
      high_[v] = Simd::repeat64(0);
    }
  }

  explicit Extremes(typename Philox<Simd, Vectors>::Result const& words) {
    for (int v = 0; v < vectors; ++v) {
      low_[v] = Simd::smaller(words.first[v], words.second[v]);
      high_[v] = Simd::larger(words.first[v], words.second[v]);
    }
  }

  __attribute__((always_inline)) void take(typename Philox<Simd, Vectors>::Result const& words) {
    for (int v = 0; v < vectors; ++v) {
      low_[v] = Simd::smaller(low_[v], Simd::smaller(words.first[v], words.second[v]));
      high_[v] = Simd::larger(high_[v], Simd::larger(words.first[v], words.second[v]));
    }
  }

  /// Takes only the first `used` words of a block, 1 to 3.
  void take(typename Philox<Simd, Vectors>::Result const& words, std::uint32_t used) {
    // ones where a word is not used: word 1 is the lower half of `first`
    constexpr std::uint64_t unused_first[4] = {0, 0xffffffff, 0, 0};
    constexpr std::uint64_t unused_second[4] = {0, ~0ull, ~0ull, 0xffffffff};
    Words const unused1 = Simd::repeat64(unused_first[used]);
    Words const unused2 = Simd::repeat64(unused_second[used]);
    for (int v = 0; v < vectors; ++v) {
      low_[v] = Simd::smaller(low_[v], Simd::smaller(Simd::either(words.first[v], unused1),
                                                     Simd::either(words.second[v], unused2)));
      high_[v] = Simd::larger(high_[v], Simd::larger(Simd::clear(unused1, words.first[v]),
                                                     Simd::clear(unused2, words.second[v])));
    }
  }

  void load(std::uint32_t const* smallest, std::uint32_t const* largest) {
    for (int v = 0; v < vectors; ++v) {
      Words const low = Simd::load(smallest + v * Simd::lanes);
      low_[v] = Simd::either(low, Simd::to_upper_half(low));  // the upper halves must not be smaller
      high_[v] = Simd::load(largest + v * Simd::lanes);
    }
  }

  void store(std::uint32_t* smallest, std::uint32_t* largest) const {
    Words low[vectors], high[vectors];
    for (int v = 0; v < vectors; ++v) {
      low[v] = Simd::smaller(low_[v], Simd::upper_half(low_[v]));
      high[v] = Simd::larger(high_[v], Simd::upper_half(high_[v]));
    }
    for (int v = 0; v < vectors; v += 2) {
      Simd::store_lower_halves(smallest + v * Simd::lanes, low[v], low[v + 1]);
      Simd::store_lower_halves(largest + v * Simd::lanes, high[v], high[v + 1]);
    }
  }

 private:
  Words low_[vectors], high_[vectors];
};

/// Takes the blocks from number `begin` on.
template <class Simd, int Vectors>
__attribute__((always_inline)) inline void extend(
    Extremes<Simd, Vectors>& extremes, Philox<Simd, Vectors> const& philox,
    typename Philox<Simd, Vectors>::Iterations const& iterations, WorkerBlocks const& blocks,
    std::uint32_t begin) {
  for (std::uint32_t b = begin; b < blocks.whole; ++b)
    extremes.take(philox(iterations, philox.same_block(blocks.planned, b)));
  if (blocks.remainder != 0)
    extremes.take(philox(iterations, philox.same_block(blocks.planned, blocks.whole)), blocks.remainder);
}

/// Extremes of iterations first .. first + Philox::lanes - 1.
template <class Simd, int Vectors>
__attribute__((always_inline)) inline Extremes<Simd, Vectors> extremes_of(Philox<Simd, Vectors> const& philox,
                                                                          WorkerBlocks const& blocks,
                                                                          std::uint32_t first) {
  auto const iterations = philox.successive_iterations(first);
  if (blocks.whole == 0) {
    Extremes<Simd, Vectors> extremes;
    extend(extremes, philox, iterations, blocks, 0);
    return extremes;
  }
  Extremes<Simd, Vectors> extremes(philox(iterations, philox.same_block(blocks.planned, 0)));
  extend(extremes, philox, iterations, blocks, 1);
  return extremes;
}

template <class Simd>
void find_extremes(PhiloxPlan const& plan, WorkerBlocks const& blocks, std::uint32_t first,
                   std::uint32_t count, std::uint32_t* smallest, std::uint32_t* largest) {
  for_each_part<Simd>(
      plan, count, [&](auto const& philox, std::uint32_t i) __attribute__((always_inline)) {
        extremes_of(philox, blocks, first + i).store(smallest + i, largest + i);
      });
}

/// Extremes of no words, as wide as this Philox.
template <class Simd, int Vectors>
Extremes<Simd, Vectors> no_extremes(Philox<Simd, Vectors> const&) {
  return {};
}

template <class Simd>
void extend_extremes(PhiloxPlan const& plan, WorkerBlocks const& blocks, std::uint32_t first,
                     std::uint32_t count, std::uint32_t* smallest, std::uint32_t* largest) {
  for_each_part<Simd>(
      plan, count, [&](auto const& philox, std::uint32_t i) __attribute__((always_inline)) {
        auto extremes = no_extremes(philox);
        extremes.load(smallest + i, largest + i);
        extend(extremes, philox, philox.successive_iterations(first + i), blocks, 0);
        extremes.store(smallest + i, largest + i);
      });
}

}  // namespace
}  // namespace dsgd::simd
