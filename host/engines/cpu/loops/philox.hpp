/// Philox in vector registers, in two arrangements: lanes are iterations, or blocks of workers. One source
/// file per instruction set includes this, like all of this folder.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engines/cpu/loops/tables/words.hpp"

namespace dsgd::simd {
namespace {

/// Rounds 4 to 10 over several vectors side by side, four workers at a time. The lanes of a vector are either
/// iterations, which then meet one block of workers after the other, or blocks of workers that meet one
/// iteration.
///
/// A round is a chain of seven cycles, and a processor's scheduler holds about a hundred instructions: the
/// more vectors take turns, the nearer to one another are instructions that do not wait for each other.
template <class Simd, int Vectors = 2>
class Philox {
 public:
  using Words = typename Simd::Words;
  static constexpr int vectors = Vectors;
  static constexpr std::uint32_t lanes = vectors * Simd::lanes;

  /// What rounds 2 and 3 leave of iterations.
  struct Iterations {
    Words low_q[vectors], high_p[vectors], low_p[vectors];
  };

  /// What rounds 1 to 3 leave of blocks of workers.
  struct Blocks {
    Words a[vectors], b[vectors], c[vectors];
  };

  /// Four words: 0 and 1 in the upper and lower halves of `first`, 2 and 3 in those of `second`.
  struct Result {
    Words first[vectors], second[vectors];

    /// Word w of lane l goes to words[w row + l].
    __attribute__((always_inline)) void store(std::uint32_t* words, std::size_t row) const {
      static_assert(vectors % 2 == 0);
      for (int v = 0; v < vectors; v += 2, words += 2 * Simd::lanes) {
        Simd::store_upper_halves(words, first[v], first[v + 1]);
        Simd::store_lower_halves(words + row, first[v], first[v + 1]);
        Simd::store_upper_halves(words + 2 * row, second[v], second[v + 1]);
        Simd::store_lower_halves(words + 3 * row, second[v], second[v + 1]);
      }
    }
  };

  explicit Philox(PhiloxPlan const& plan)
      : iteration_mask_(Simd::repeat(plan.iteration_mask)),
        iteration_word_1_(Simd::repeat(plan.iteration_word_1)),
        block_mask_(Simd::repeat(plan.block_mask)),
        block_word_1_(Simd::repeat(plan.block_word_1)) {
    for (int r = 2; r < 10; ++r) {
      bool const two = !Simd::three_way && r >= 4 && r % 2 == 0;
      key0_[r] = two ? pair(plan.key0[r], plan.key0[r + 1]) : Simd::repeat(plan.key0[r]);
      key1_[r] = two ? pair(plan.key1[r], plan.key1[r + 1]) : Simd::repeat(plan.key1[r]);
    }
    if (Simd::three_way) {
      key0_[9] = Simd::to_upper_half(key0_[9]);
      key1_[9] = Simd::to_upper_half(key1_[9]);
    }
  }

  /// Lane l is iteration first + l.
  Iterations successive_iterations(std::uint32_t first) const {
    Iterations result;
    for (int v = 0; v < vectors; ++v)
      set(result, v, Simd::count_from(first + static_cast<std::uint32_t>(v * Simd::lanes)));
    return result;
  }

  /// Lane l is iteration numbers[l].
  Iterations iterations(std::uint32_t const* numbers) const {
    Iterations result;
    for (int v = 0; v < vectors; ++v) set(result, v, Simd::load(numbers + v * Simd::lanes));
    return result;
  }

  /// All lanes are one iteration.
  Iterations same_iteration(std::uint32_t number) const {
    Iterations result;
    for (int v = 0; v < vectors; ++v) set(result, v, Simd::repeat64(number));
    return result;
  }

  /// Lane l is block first + l.
  Blocks successive_blocks(std::uint32_t first) const {
    Blocks result;
    for (int v = 0; v < vectors; ++v)
      set(result, v, Simd::count_from(first + static_cast<std::uint32_t>(v * Simd::lanes)));
    return result;
  }

  /// Lane l is block numbers[l].
  Blocks blocks(std::uint32_t const* numbers) const {
    Blocks result;
    for (int v = 0; v < vectors; ++v) set(result, v, Simd::load(numbers + v * Simd::lanes));
    return result;
  }

  /// All lanes are one block.
  Blocks one_block(std::uint32_t number) const {
    Blocks result;
    for (int v = 0; v < vectors; ++v) set(result, v, Simd::repeat64(number));
    return result;
  }

  /// Lane l is the block planned[first + l].
  static Blocks planned_blocks(PlannedBlocks const& planned, std::uint32_t first) {
    Blocks result;
    for (std::uint32_t v = 0; v < vectors; ++v) {
      result.a[v] = Simd::load_whole(planned.a + first + v * Simd::lanes);
      result.b[v] = Simd::load_whole(planned.b + first + v * Simd::lanes);
      result.c[v] = Simd::load_whole(planned.c + first + v * Simd::lanes);
    }
    return result;
  }

  /// All lanes are the block planned[b].
  static Blocks same_block(PlannedBlocks const& planned, std::uint32_t b) {
    Blocks result;
    for (int v = 0; v < vectors; ++v) {
      result.a[v] = Simd::repeat(static_cast<std::uint32_t>(planned.a[b]));
      result.b[v] = Simd::repeat(static_cast<std::uint32_t>(planned.b[b]));
      result.c[v] = Simd::repeat(static_cast<std::uint32_t>(planned.c[b]));
    }
    return result;
  }

  __attribute__((always_inline)) Result operator()(Iterations const& iterations, Blocks const& blocks) const {
    State state[vectors];
    for (int v = 0; v < vectors; ++v) {
      Words const p = Simd::multiply(Simd::exclusive_or(iterations.low_q[v], blocks.a[v]), m0_);
      Words const q = Simd::multiply(Simd::exclusive_or(iterations.high_p[v], blocks.b[v]), m1_);
      state[v] = {Simd::exclusive_or(Simd::upper_half_by_shuffle(q), blocks.c[v]), q,
                  Simd::exclusive_or(Simd::upper_half(p), iterations.low_p[v]), p};
      round<4>(state[v]);
      put_aside(state[v]);
    }
    for (int v = 0; v < vectors; ++v) {
      round<5>(state[v]);
      round<6>(state[v]);
      round<7>(state[v]);
      put_aside(state[v]);
    }
    Result result;
    for (int v = 0; v < vectors; ++v) {  // the last round leaves two words in each lane: nothing is packed
      round<8>(state[v]);
      Words const q = Simd::multiply(state[v].c2, m1_);
      Words const p = Simd::multiply(state[v].c0, m0_);
      result.first[v] = with_key(q, Simd::to_upper_half(state[v].c1), key0_[9]);
      result.second[v] = with_key(p, Simd::to_upper_half(state[v].c3), key1_[9]);
    }
    return result;
  }

 private:
  struct State {
    Words c0, c1, c2, c3;
  };

  /// Frees registers of what the next round does not multiply, where other vectors come first.
  static void put_aside(State& state) {
    if (vectors > 2) {
      Simd::put_aside(state.c1);
      Simd::put_aside(state.c3);
    }
  }

  void set(Iterations& result, int v, Words iteration) const {
    Words const q = Simd::multiply(Simd::exclusive_or(iteration, iteration_mask_), m1_);
    Words const p = Simd::multiply(Simd::exclusive_or(Simd::upper_half(q), iteration_word_1_), m0_);
    result.low_q[v] = q;
    result.high_p[v] = Simd::upper_half(p);
    result.low_p[v] = Simd::exclusive_or(p, key1_[3]);
  }

  void set(Blocks& result, int v, Words block) const {
    Words const p = Simd::multiply(Simd::exclusive_or(block, block_mask_), m0_);
    Words const q = Simd::multiply(Simd::exclusive_or(Simd::upper_half(p), block_word_1_), m1_);
    result.a[v] = Simd::exclusive_or(Simd::upper_half(q), key0_[2]);
    result.b[v] = Simd::exclusive_or(p, key1_[2]);
    result.c[v] = Simd::exclusive_or(q, key0_[3]);
  }

  static Words pair(std::uint32_t upper, std::uint32_t lower) {
    return Simd::repeat64(std::uint64_t{upper} << 32 | lower);
  }

  /// a ^ b ^ key, where the key is not in b already.
  static Words with_key(Words a, Words b, Words key) {
    if constexpr (Simd::three_way)
      return Simd::exclusive_or(a, b, key);
    else
      return Simd::exclusive_or(a, b);
  }

  /// An exclusive or of three words takes the key along where it is one instruction. Elsewhere every other
  /// round gives a product the keys of two rounds: its upper half is used in this round and its lower half in
  /// the next. Half of the shifts are shuffles, which run on another port.
  template <int Round>
  __attribute__((always_inline)) void round(State& state) const {
    Words p = Simd::multiply(state.c0, m0_);
    Words q = Simd::multiply(state.c2, m1_);
    if (!Simd::three_way && Round % 2 == 0) {
      p = Simd::exclusive_or(p, key1_[Round]);
      q = Simd::exclusive_or(q, key0_[Round]);
    }
    Words const high_q = Round % 2 == 1 ? Simd::upper_half_by_shuffle(q) : Simd::upper_half(q);
    Words const high_p = Round % 2 == 1 ? Simd::upper_half(p) : Simd::upper_half_by_shuffle(p);
    state = {with_key(high_q, state.c1, key0_[Round]), q, with_key(high_p, state.c3, key1_[Round]), p};
  }

  Words const m0_ = Simd::repeat64(0xD2511F53u);
  Words const m1_ = Simd::repeat64(0xCD9E8D57u);
  Words iteration_mask_, iteration_word_1_, block_mask_, block_word_1_;
  Words key0_[10], key1_[10];
};

/// Calls body(philox, i) for parts of `count` elements, of which number i is the first: for parts of many
/// vectors while enough elements are left, then for parts of a granule.
template <class Simd, class Body>
__attribute__((always_inline)) inline void for_each_part(PhiloxPlan const& plan, std::uint32_t count,
                                                         Body const& body) {
  std::uint32_t i = 0;
  if (count >= Philox<Simd, 8>::lanes) {
    Philox<Simd, 8> const philox(plan);
    for (; i + philox.lanes <= count; i += philox.lanes) body(philox, i);
  }
  if (i == count) return;
  Philox<Simd> const philox(plan);
  for (; i < count; i += philox.lanes) body(philox, i);
}

template <class Simd>
void plan_blocks(PhiloxPlan const& plan, std::uint32_t first, std::uint32_t count,
                 PlannedBlocks const& planned) {
  Philox<Simd> const philox(plan);
  for (std::uint32_t b = 0; b < count; b += philox.lanes) {
    auto const blocks = philox.successive_blocks(first + b);
    for (std::uint32_t v = 0; v < philox.vectors; ++v) {
      Simd::store_whole(planned.a + b + v * Simd::lanes, blocks.a[v]);
      Simd::store_whole(planned.b + b + v * Simd::lanes, blocks.b[v]);
      Simd::store_whole(planned.c + b + v * Simd::lanes, blocks.c[v]);
    }
  }
}

}  // namespace
}  // namespace dsgd::simd
