/// Adds up runtimes in ticks.
#pragma once

#include <cstdint>

#include "engines/cpu/loops/tables/words.hpp"

namespace dsgd::simd {
namespace {

/// Adds up integers in registers, both halves of each lane in one addition, and their squares. The sum of the
/// upper halves is kept as well: it tells afterwards what each half contributed.
template <class Simd>
class TickSums {
  using Words = typename Simd::Words;

 public:
  /// @param ticks  each below 2^31
  __attribute__((always_inline)) void add(typename Simd::Integers ticks) {
    Words const pairs = Simd::pairs(ticks);
    Words const upper = Simd::upper_half(pairs);
    pairs_ = Simd::add(pairs_, pairs);
    uppers_ = Simd::add(uppers_, upper);
    Words const squares = Simd::add(Simd::multiply(pairs, pairs), Simd::multiply(upper, upper));
    squares_ = Simd::add(squares_, squares);
    squares_upper_ = Simd::add(squares_upper_, Simd::upper_half(squares));
  }

  void store(ArraySums& sums) const {
    std::uint64_t const uppers = Simd::total(uppers_);
    sums.ticks = Simd::total(pairs_) - (uppers << 32) + uppers;
    sums.squares_high = Simd::total(squares_upper_);
    sums.squares_low = Simd::total(squares_) - (sums.squares_high << 32);
  }

 private:
  Words pairs_ = Simd::repeat64(0), uppers_ = Simd::repeat64(0);
  Words squares_ = Simd::repeat64(0), squares_upper_ = Simd::repeat64(0);
};

template <class Simd>
ArraySums sum(float const* excesses, std::uint32_t count, float ticks_per_unit) {
  auto const factor = Simd::repeat_float(ticks_per_unit);
  TickSums<Simd> ticks;
  auto const add = [&](typename Simd::Floats values) {
    ticks.add(Simd::round_to_ticks(Simd::multiply(values, factor)));
  };
  auto smallest = Simd::repeat_float(excesses[0]);
  auto largest = smallest;
  std::uint32_t i = 0;
  for (; i + 2 * Simd::floats <= count; i += 2 * Simd::floats) {  // two at a time: half as long a chain
    auto const values = Simd::load_float(excesses + i);
    auto const more = Simd::load_float(excesses + i + Simd::floats);
    smallest = Simd::smaller(smallest, Simd::smaller(values, more));
    largest = Simd::larger(largest, Simd::larger(values, more));
    add(values);
    add(more);
  }
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
  ticks.store(sums);
  return sums;
}

}  // namespace
}  // namespace dsgd::simd
