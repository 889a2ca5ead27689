#include "engines/cpu/drawn/runtimes.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

namespace dsgd {
namespace {

constexpr std::uint64_t max_small_ticks = std::uint64_t{1} << 51;

/// Equals to_ticks() below max_small_ticks and means nothing above: a sum with 1.5 2^52 is rounded to an
/// integer, which the last bits of the double show.
std::uint64_t small_ticks(float excess, double ticks_per_unit) {
  constexpr double rounder = 0x1.8p52;
  return std::bit_cast<std::uint64_t>(static_cast<double>(excess) * ticks_per_unit + rounder) -
         std::bit_cast<std::uint64_t>(rounder);
}

/// Extends a difference modulo 2^64 to one modulo 2^128.
uint128 sign_extended(std::uint64_t difference) {
  return uint128{difference} - (uint128{difference >> 63} << 64);
}

}  // namespace

Runtimes::Runtimes(InstructionSet const& set, std::uint32_t max_iterations) : set_(&set) {
  std::size_t const padded = max_iterations + max_granule;
  new_words_.resize(padded);
  excesses_.resize(padded);
  new_excesses_.resize(padded);
}

void Runtimes::start(LawSampler const& law, std::uint32_t count) {
  law_ = law;
  count_ = count;
  step_ = 0;
}

Summary const& Runtimes::of(WordsOfRun const& words, int quantum_exponent, Delays& delays) {
  if (!follow(words, quantum_exponent, delays)) {
    quantum_exponent_ = quantum_exponent;
    summary_ = summary_of(*set_, excesses_.data(), count_, quantum_exponent_);
  }
  step_ = words.step;
  return summary_;
}

bool Runtimes::follow(WordsOfRun const& words, int quantum_exponent, Delays& delays) {
  bool right = quantum_exponent == quantum_exponent_;
  if (step_ != 0 && step_ == words.step) return right;
  std::size_t const changes = words.changed.size();
  if (step_ == 0 || step_ + 1 != words.step || changes > count_ / 4) {  // all at once is faster
    delays.find(law_, words.words, count_, excesses_.data());
    return false;
  }
  for (std::size_t n = 0; n < changes; ++n) new_words_[n] = words.words[words.changed[n]];
  delays.find(law_, new_words_.data(), words.changed.data(), static_cast<std::uint32_t>(changes),
              new_excesses_.data());
  if (right && changes <= count_ / 32) return replace(words.changed);  // beyond, summing all is faster
  for (std::size_t n = 0; n < changes; ++n) excesses_[words.changed[n]] = new_excesses_[n];
  return false;
}

bool Runtimes::replace(std::span<std::uint32_t const> iterations) {
  double const ticks_per_unit = std::ldexp(1.0, -quantum_exponent_);
  std::uint64_t ticks = 0;  // differences of sums, modulo 2^64
  uint128 squares = 0;      // differences of sums of squares, modulo 2^128
  float gone_smallest = summary_.maximum, gone_largest = 0, smallest = summary_.maximum, largest = 0;
  for (std::size_t n = 0; n < iterations.size(); ++n) {
    float const excess = new_excesses_[n];
    float const old = std::exchange(excesses_[iterations[n]], excess);
    std::uint64_t const tick = small_ticks(excess, ticks_per_unit),
                        old_tick = small_ticks(old, ticks_per_unit);
    ticks += tick - old_tick;
    squares += sign_extended(tick - old_tick) * (tick + old_tick);
    gone_smallest = std::min(gone_smallest, old);
    gone_largest = std::max(gone_largest, old);
    smallest = std::min(smallest, excess);
    largest = std::max(largest, excess);
  }
  if (to_ticks(std::max(largest, gone_largest), quantum_exponent_) >= max_small_ticks) return false;
  if (gone_smallest == summary_.minimum && smallest > gone_smallest) return false;
  if (gone_largest == summary_.maximum && largest < gone_largest) return false;
  summary_.ticks += sign_extended(ticks);
  if (squares >> 127 != 0)
    summary_.squared_ticks -= widen<3>(-squares);
  else
    summary_.squared_ticks += squares;
  summary_.minimum = std::min(summary_.minimum, smallest);
  summary_.maximum = std::max(summary_.maximum, largest);
  return true;
}

}  // namespace dsgd
