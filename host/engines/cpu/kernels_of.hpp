/// The inner loops, over the operations of any instruction set. Included by one source file per instruction
/// set and compiled with its options: everything here is local to that file, so that no function of one set
/// is linked into another's place.
#pragma once

#include <cstdint>

#include "engines/cpu/kernels.hpp"

namespace dsgd::simd {
namespace {

/// Rounds 4 to 10 over the words of several vectors of iterations side by side, four workers at a time.
template <class Simd>
class Philox {
  using Words = typename Simd::Words;
  static constexpr int n = Simd::in_flight;

 public:
  /// The four words of a block: 0 and 1 in the halves of `first`, 2 and 3 in those of `second`.
  struct Block {
    Words first[n], second[n];
  };

  Philox(PhiloxPlan const& plan, std::uint32_t iteration) {
    for (int r = 3; r < 9; ++r) {
      key0_[r] = Simd::repeat(plan.key0[r]);
      key1_[r] = Simd::repeat(plan.key1[r]);
    }
    last_key0_ = Simd::to_upper_half(Simd::repeat(plan.key0[9]));
    last_key1_ = Simd::to_upper_half(Simd::repeat(plan.key1[9]));
    for (int v = 0; v < n; ++v) {
      auto const lane = Simd::count_from(iteration + static_cast<std::uint32_t>(v * Simd::lanes));
      Words const q = Simd::multiply(Simd::exclusive_or(lane, Simd::repeat(plan.iteration_mask)), m1_);
      Words const p =
          Simd::multiply(Simd::exclusive_or(Simd::upper_half(q), Simd::repeat(plan.iteration_word_1)), m0_);
      low_q_[v] = q;
      high_p_[v] = Simd::upper_half(p);
      low_p_[v] = Simd::exclusive_or(p, key1_[3]);
    }
  }

  __attribute__((always_inline)) Block operator()(BlockWords const& block) const {
    Words const a = Simd::repeat(block.a);
    Words const b = Simd::repeat(block.b);
    Words const c = Simd::repeat(block.c);
    Words c0[n], c1[n], c2[n], c3[n];
    for (int v = 0; v < n; ++v) {
      Words const p = Simd::multiply(Simd::exclusive_or(low_q_[v], a), m0_);
      Words const q = Simd::multiply(Simd::exclusive_or(high_p_[v], b), m1_);
      c0[v] = Simd::exclusive_or(Simd::upper_half_by_shuffle(q), c);
      c2[v] = Simd::exclusive_or(Simd::upper_half(p), low_p_[v]);
      c1[v] = q;
      c3[v] = p;
    }
    round<4>(c0, c1, c2, c3);
    round<5>(c0, c1, c2, c3);
    round<6>(c0, c1, c2, c3);
    round<7>(c0, c1, c2, c3);
    round<8>(c0, c1, c2, c3);
    Block result;
    for (int v = 0; v < n; ++v) {  // the last round leaves two words in each lane: nothing is packed again
      Words const q = Simd::multiply(c2[v], m1_);
      Words const p = Simd::multiply(c0[v], m0_);
      result.first[v] = Simd::exclusive_or(q, Simd::to_upper_half(c1[v]), last_key0_);
      result.second[v] = Simd::exclusive_or(p, Simd::to_upper_half(c3[v]), last_key1_);
    }
    return result;
  }

 private:
  /// Half of the shifts are shuffles: they run on another port.
  template <int Round>
  __attribute__((always_inline)) void round(Words* c0, Words* c1, Words* c2, Words* c3) const {
    for (int v = 0; v < n; ++v) {
      Words const p = Simd::multiply(c0[v], m0_);
      Words const q = Simd::multiply(c2[v], m1_);
      Words const high_q = Round % 2 == 1 ? Simd::upper_half_by_shuffle(q) : Simd::upper_half(q);
      Words const high_p = Round % 2 == 1 ? Simd::upper_half(p) : Simd::upper_half_by_shuffle(p);
      c0[v] = Simd::exclusive_or(high_q, c1[v], key0_[Round]);
      c2[v] = Simd::exclusive_or(high_p, c3[v], key1_[Round]);
      c1[v] = q;
      c3[v] = p;
    }
  }

  Words const m0_ = Simd::repeat64(0xD2511F53u);
  Words const m1_ = Simd::repeat64(0xCD9E8D57u);
  Words key0_[9], key1_[9], last_key0_, last_key1_;
  Words low_q_[n], high_p_[n], low_p_[n];  ///< what rounds 2 and 3 leave of the iterations
};

template <class Simd>
void extend_extremes(PhiloxPlan const& plan, WorkerBlocks const& blocks, std::uint32_t first,
                     std::uint32_t count, std::uint32_t* smallest, std::uint32_t* largest) {
  using Words = typename Simd::Words;
  constexpr int n = Simd::in_flight;
  constexpr int granule = n * Simd::lanes;
  // ones where a word of the last block is not used
  constexpr std::uint64_t unused_first[4] = {0, 0xffffffff, 0, 0};  // word 1 is the lower half of `first`
  constexpr std::uint64_t unused_second[4] = {0, ~0ull, ~0ull, 0xffffffff};
  Words const unused1 = Simd::repeat64(unused_first[blocks.remainder]);
  Words const unused2 = Simd::repeat64(unused_second[blocks.remainder]);

  for (std::uint32_t i = 0; i < count; i += granule) {
    Philox<Simd> const philox(plan, first + i);
    Words low[n], high[n];
    for (int v = 0; v < n; ++v) {
      Words const l = Simd::load(smallest + i + v * Simd::lanes);
      low[v] =
          Simd::either(l, Simd::to_upper_half(l));  // the upper halves must not be smaller than the words
      high[v] = Simd::load(largest + i + v * Simd::lanes);
    }
    for (std::uint32_t b = 0; b < blocks.whole; ++b) {
      auto const words = philox(blocks.words[b]);
      for (int v = 0; v < n; ++v) {
        low[v] = Simd::smaller(low[v], Simd::smaller(words.first[v], words.second[v]));
        high[v] = Simd::larger(high[v], Simd::larger(words.first[v], words.second[v]));
      }
    }
    if (blocks.remainder != 0) {
      auto const words = philox(blocks.words[blocks.whole]);
      for (int v = 0; v < n; ++v) {
        low[v] = Simd::smaller(low[v], Simd::smaller(Simd::either(words.first[v], unused1),
                                                     Simd::either(words.second[v], unused2)));
        high[v] = Simd::larger(high[v], Simd::larger(Simd::clear(unused1, words.first[v]),
                                                     Simd::clear(unused2, words.second[v])));
      }
    }
    for (int v = 0; v < n; ++v) {
      Simd::store(smallest + i + v * Simd::lanes, Simd::smaller(low[v], Simd::upper_half(low[v])));
      Simd::store(largest + i + v * Simd::lanes, Simd::larger(high[v], Simd::upper_half(high[v])));
    }
  }
}

/// neg_log_uniform(k, 0) of dsgd/portable_log.hpp, operation by operation, for words that need no tail. The
/// products that are fused here and not there are by powers of two, hence exact.
template <class Simd>
__attribute__((always_inline)) inline typename Simd::Floats neg_log_uniform_of(typename Simd::Integers k) {
  using Floats = typename Simd::Floats;
  using Integers = typename Simd::Integers;
  auto const near_one = Simd::upper_quarter(k);
  Integers const j = Simd::complement_if(near_one, k);
  Floats const coarse =
      Simd::multiply(Simd::to_float(Simd::template shift_right<9>(j)), Simd::repeat_float(512.0f));
  Floats const fine =
      Simd::add(Simd::to_float(Simd::both(j, Simd::repeat_int(511))), Simd::repeat_float(0.5f));
  Floats const a_hi = Simd::add(coarse, fine);
  Floats const a_lo = Simd::subtract(fine, Simd::subtract(a_hi, coarse));

  Integers const octave = Simd::template shift_right_signed<23>(
      Simd::subtract(Simd::bits(a_hi), Simd::repeat_int(0x3f400000)));  // 0.75f
  Integers const n = Simd::select(near_one, Simd::repeat_int(32), octave);
  Floats const scale =
      Simd::from_bits(Simd::template shift_left<23>(Simd::subtract(Simd::repeat_int(127), n)));
  Floats const offset = Simd::select(near_one, Simd::repeat_float(0.0f), Simd::repeat_float(1.0f));
  Floats const sign = Simd::negate_unless(near_one, scale);
  Floats const e = Simd::to_float(Simd::subtract(Simd::repeat_int(32), n));
  Floats const g = Simd::multiply_add(a_lo, sign, Simd::multiply_add(a_hi, sign, offset));

  constexpr float coefficients[9] = {0x1.7ac8b8p-4f, 0x1.e2a222p-4f, 0x1.04ac82p-3f,
                                     0x1.24223p-3f,  0x1.55125ap-3f, 0x1.999aa4p-3f,
                                     0x1.000094p-2f, 0x1.555552p-2f, 0.5f};
  Floats q = Simd::repeat_float(0x1.3912f2p-5f);
  for (float const coefficient : coefficients) q = Simd::multiply_add(q, g, Simd::repeat_float(coefficient));
  Floats const rest =
      Simd::multiply_add(Simd::multiply(g, g), q, Simd::multiply(e, Simd::repeat_float(0x1.7f7d1cp-20f)));
  return Simd::multiply_add(e, Simd::repeat_float(0x1.62e4p-1f), Simd::add(g, rest));
}

template <class Simd>
void exponential(std::uint32_t const* words, std::uint32_t count, float scale_hi, float scale_lo,
                 float* excesses) {
  auto const hi = Simd::repeat_float(scale_hi);
  auto const lo = Simd::repeat_float(scale_lo);
  for (std::uint32_t i = 0; i < count; i += Simd::floats) {
    auto const e = neg_log_uniform_of<Simd>(Simd::load_int(words + i));
    Simd::store_float(excesses + i, Simd::multiply_add(e, hi, Simd::multiply(e, lo)));
  }
}

template <class Simd>
std::uint32_t find_tails(std::uint32_t const* words, std::uint32_t count, std::uint32_t* indices) {
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < count; i += Simd::floats) {
    // k + 2^20 wraps at the upper end, so that both ends fall below 2^21
    auto const moved = Simd::subtract(Simd::load_int(words + i), Simd::repeat_int(-(1 << 20)));
    std::uint32_t lanes = Simd::zero_lanes(Simd::template shift_right<21>(moved));
    for (; lanes != 0; lanes &= lanes - 1)
      indices[found++] = i + static_cast<std::uint32_t>(__builtin_ctz(lanes));
  }
  return found;
}

template <class Simd>
ArraySums sum(float const* excesses, std::uint32_t count, float ticks_per_unit) {
  auto const factor = Simd::repeat_float(ticks_per_unit);
  auto ticks = Simd::zero_sums();
  auto low = Simd::zero_sums();
  auto high = Simd::zero_sums();
  auto smallest = Simd::repeat_float(excesses[0]);
  auto largest = smallest;
  auto const add_lanes = [&](typename Simd::Sums lanes) {
    auto const square = Simd::square(lanes);
    ticks = Simd::add(ticks, lanes);
    low = Simd::add(low, Simd::lower_half(square));
    high = Simd::add(high, Simd::upper_half(square));
  };
  auto const add = [&](typename Simd::Floats values) {
    auto const rounded = Simd::round_to_ticks(Simd::multiply(values, factor));
    add_lanes(Simd::even(rounded));
    add_lanes(Simd::odd(rounded));
  };
  std::uint32_t i = 0;
  for (; i + Simd::floats <= count; i += Simd::floats) {
    auto const values = Simd::load_float(excesses + i);
    smallest = Simd::smaller(smallest, values);
    largest = Simd::larger(largest, values);
    add(values);
  }
  ArraySums sums{0, 0, 0, Simd::smallest(smallest), Simd::largest(largest)};
  if (i < count) {
    float rest[Simd::floats] = {};  // a runtime of 0 adds nothing
    for (std::uint32_t r = 0; i + r < count; ++r) {
      rest[r] = excesses[i + r];
      sums.smallest = rest[r] < sums.smallest ? rest[r] : sums.smallest;
      sums.largest = rest[r] > sums.largest ? rest[r] : sums.largest;
    }
    add(Simd::load_float(rest));
  }
  sums.ticks = Simd::total(ticks);
  sums.squares_low = Simd::total(low);
  sums.squares_high = Simd::total(high);
  return sums;
}

template <class Simd>
constexpr CpuKernels kernels_of(char const* name) {
  return {name,     Simd::in_flight * Simd::lanes, extend_extremes<Simd>, exponential<Simd>, find_tails<Simd>,
          sum<Simd>};
}

}  // namespace
}  // namespace dsgd::simd
