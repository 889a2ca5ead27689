/// Finds the words at given places among the sorted words of an iteration.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engines/cpu/loops/philox.hpp"
#include "engines/cpu/loops/tables/words.hpp"

namespace dsgd::simd {
namespace {

/// Four vectors of words, to be sorted lane by lane.
template <class Simd>
struct Four {
  typename Simd::Integers word[4];
};

template <class Simd>
__attribute__((always_inline)) inline Four<Simd> load_four(std::uint32_t const* words, std::size_t row) {
  return {Simd::load_int(words), Simd::load_int(words + row), Simd::load_int(words + 2 * row),
          Simd::load_int(words + 3 * row)};
}

template <class Simd>
__attribute__((always_inline)) inline void store_four(std::uint32_t* words, std::size_t row,
                                                      Four<Simd> const& four) {
  for (std::size_t w = 0; w < 4; ++w) Simd::store_int(words + w * row, four.word[w]);
}

template <class Simd>
__attribute__((always_inline)) inline void sort(Four<Simd>& a) {
  Simd::order(a.word[0], a.word[1]);
  Simd::order(a.word[2], a.word[3]);
  Simd::order(a.word[0], a.word[2]);
  Simd::order(a.word[1], a.word[3]);
  Simd::order(a.word[1], a.word[2]);
}

/// Moves the four smallest of eight words to `a` and the others to `b`, by Batcher's odd-even merge.
template <class Simd>
__attribute__((always_inline)) inline void merge(Four<Simd>& a, Four<Simd>& b) {
  Simd::order(a.word[0], b.word[0]);
  Simd::order(a.word[1], b.word[1]);
  Simd::order(a.word[2], b.word[2]);
  Simd::order(a.word[3], b.word[3]);
  Simd::order(a.word[2], b.word[0]);
  Simd::order(a.word[3], b.word[1]);
  Simd::order(a.word[1], a.word[2]);
  Simd::order(a.word[3], b.word[0]);
  Simd::order(b.word[1], b.word[2]);
}

/// Sorts the words of four workers in all lanes of a granule.
template <class Simd>
__attribute__((always_inline)) inline void sort_four(std::uint32_t* words) {
  constexpr std::size_t row = Philox<Simd>::lanes;
  for (std::size_t l = 0; l < row; l += Simd::floats) {
    auto four = load_four<Simd>(words + l, row);
    sort(four);
    store_four(words + l, row, four);
  }
}

/// Applies a network to sorted fours of words.
template <class Simd>
void merge_fours(NetworkView const& network, std::uint32_t* words) {
  constexpr std::size_t row = Philox<Simd>::lanes;
  for (std::uint32_t n = 0; n < network.comparators; ++n) {
    std::uint32_t* const low = words + 4 * row * network.comparator[n].low;
    std::uint32_t* const high = words + 4 * row * network.comparator[n].high;
    for (std::size_t l = 0; l < row; l += Simd::floats) {
      auto a = load_four<Simd>(low + l, row);
      auto b = load_four<Simd>(high + l, row);
      merge(a, b);
      store_four(low + l, row, a);
      store_four(high + l, row, b);
    }
  }
}

template <class Simd>
void sort_by_network(NetworkView const& network, std::uint32_t fours, std::uint32_t* words) {
  for (std::uint32_t n = 0; n < fours; ++n) sort_four<Simd>(words + std::size_t{n} * 4 * Philox<Simd>::lanes);
  merge_fours<Simd>(network, words);
}

template <class Simd>
void draw_and_sort(PhiloxPlan const& plan, WorkerBlocks const& blocks, std::uint32_t first,
                   NetworkView const& network, std::uint32_t* words) {
  Philox<Simd> const philox(plan);
  constexpr std::size_t row = philox.lanes;
  auto const iterations = philox.successive_iterations(first);
  std::uint32_t* four = words;
  for (std::uint32_t b = 0; b < blocks.whole + (blocks.remainder != 0); ++b, four += 4 * row) {
    philox(iterations, philox.same_block(blocks.planned, b)).store(four, row);
    for (std::size_t w = blocks.remainder; b == blocks.whole && w < 4; ++w)
      for (std::size_t l = 0; l < row; ++l) four[w * row + l] = ~0u;  // no worker: behind all others
    sort_four<Simd>(four);
  }
  merge_fours<Simd>(network, words);
}

}  // namespace
}  // namespace dsgd::simd
