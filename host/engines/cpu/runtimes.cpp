#include "engines/cpu/runtimes.hpp"

#include <algorithm>
#include <cmath>

namespace dsgd {

Runtimes::Runtimes(CpuKernels const& kernels, std::uint32_t max_iterations) : kernels_(&kernels) {
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
    sum_up();
  }
  step_ = words.step;
  return summary_;
}

bool Runtimes::follow(WordsOfRun const& words, int quantum_exponent, Delays& delays) {
  bool right = quantum_exponent == quantum_exponent_;
  if (step_ != 0 && step_ == words.step) return right;
  std::size_t const changes = words.changed.size();
  if (step_ == 0 || step_ + 1 != words.step || changes > count_ / 4) {  // then all at once is faster
    delays.find(law_, words.words, count_, excesses_.data());
    return false;
  }
  for (std::size_t n = 0; n < changes; ++n) new_words_[n] = words.words[words.changed[n]];
  delays.find(law_, new_words_.data(), words.changed.data(), static_cast<std::uint32_t>(changes),
              new_excesses_.data());
  right = right && changes <= count_ / 32;  // else to sum all is faster
  for (std::size_t n = 0; n < changes; ++n) {
    std::uint32_t const i = words.changed[n];
    right = right && correct(i, new_excesses_[n]);
    excesses_[i] = new_excesses_[n];
  }
  return right;
}

bool Runtimes::correct(std::uint32_t i, float excess) {
  float const old = excesses_[i];
  if ((old == summary_.minimum && excess > old) || (old == summary_.maximum && excess < old)) return false;
  std::uint64_t const old_tick = to_ticks(old, quantum_exponent_);
  std::uint64_t const tick = to_ticks(excess, quantum_exponent_);
  summary_.ticks += uint128{tick} - old_tick;  // modulo 2^128
  summary_.squared_ticks += uint128{tick} * tick;
  summary_.squared_ticks -= widen<3>(uint128{old_tick} * old_tick);
  summary_.minimum = std::min(summary_.minimum, excess);
  summary_.maximum = std::max(summary_.maximum, excess);
  return true;
}

void Runtimes::sum_up() {
  bool const factor_is_normal = has_normal_factor(quantum_exponent_);
  ArraySums const sums =
      kernels_->sum(excesses_.data(), count_, factor_is_normal ? std::ldexp(1.0f, -quantum_exponent_) : 0.0f);
  if (!factor_is_normal || to_ticks(sums.largest, quantum_exponent_) >= 1u << 31) {  // rare: one at a time
    summary_ = Summary{};
    for (std::uint32_t i = 0; i < count_; ++i) summary_.add(excesses_[i], quantum_exponent_);
    return;
  }
  summary_ = {count_, sums.ticks, {}, sums.smallest, sums.largest};
  summary_.squared_ticks += uint128{sums.squares_low} + (uint128{sums.squares_high} << 32);
}

}  // namespace dsgd
