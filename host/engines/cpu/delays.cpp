#include "engines/cpu/delays.hpp"

#include <cmath>
#include <variant>

#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/cpu/philox_plan.hpp"

namespace dsgd {

void find_excesses(InstructionSet const& set, LawSampler const& law, std::uint32_t const* words,
                   std::uint32_t const* tails, std::uint32_t count, float* excesses) {
  auto const* const exponential = std::get_if<Exponential::Sampler>(&law);
  if (exponential == nullptr)
    set.laws->of_words(law, words, tails, count, excesses);
  else if (tails == nullptr)
    set.words.exponential(words, count, exponential->scale_hi, exponential->scale_lo, excesses);
  else
    set.words.exponential_of_tails(words, tails, count, exponential->scale_hi, exponential->scale_lo,
                                   excesses);
}

Summary summary_of(InstructionSet const& set, float const* excesses, std::uint32_t count,
                   int quantum_exponent) {
  bool const factor_is_normal = has_normal_factor(quantum_exponent);
  ArraySums const sums =
      set.words.sum(excesses, count, factor_is_normal ? std::ldexp(1.0f, -quantum_exponent) : 0.0f);
  Summary summary;
  if (!factor_is_normal || to_ticks(sums.largest, quantum_exponent) >= 1u << 31) {  // rare: one at a time
    for (std::uint32_t i = 0; i < count; ++i) summary.add(excesses[i], quantum_exponent);
    return summary;
  }
  summary = {count, sums.ticks, {}, sums.smallest, sums.largest};
  summary.squared_ticks += uint128{sums.squares_low} + (uint128{sums.squares_high} << 32);
  return summary;
}

Delays::Delays(InstructionSet const& set, std::uint32_t max_words) : set_(&set) {
  std::size_t const padded = max_words + max_granule;
  for (auto* array : {&indices_, &iterations_, &words_, &tails_}) array->resize(padded);
  excesses_.resize(padded);
}

void Delays::start(Stream stream, std::uint64_t first) {
  tail_plan_ =
      plan_philox({stream.seed, stream.id | tail_stream_bit}, static_cast<std::uint32_t>(first >> 32));
  first_ = static_cast<std::uint32_t>(first);
}

void Delays::find(LawSampler const& law, std::uint32_t const* words, std::uint32_t count, float* excesses) {
  std::uint32_t const tails = find_bodies(law, words, count, excesses);
  for (std::uint32_t n = 0; n < tails; ++n) iterations_[n] = first_ + indices_[n];
  replace_tails(law, words, tails, excesses);
}

void Delays::find(LawSampler const& law, std::uint32_t const* words, std::uint32_t const* offsets,
                  std::uint32_t count, float* excesses) {
  std::uint32_t const tails = find_bodies(law, words, count, excesses);
  for (std::uint32_t n = 0; n < tails; ++n) iterations_[n] = first_ + offsets[indices_[n]];
  replace_tails(law, words, tails, excesses);
}

std::uint32_t Delays::find_bodies(LawSampler const& law, std::uint32_t const* words, std::uint32_t count,
                                  float* excesses) {
  find_excesses(*set_, law, words, nullptr, count, excesses);
  return set_->words.find_tails(words, count, indices_.data());
}

void Delays::replace_tails(LawSampler const& law, std::uint32_t const* words, std::uint32_t tails,
                           float* excesses) {
  if (tails == 0) return;
  for (std::uint32_t n = 0; n < tails; ++n) words_[n] = words[indices_[n]];
  set_->words.draw_tails(tail_plan_, iterations_.data(), words_.data(), tails, tails_.data());
  find_excesses(*set_, law, words_.data(), tails_.data(), tails, excesses_.data());
  for (std::uint32_t n = 0; n < tails; ++n) excesses[indices_[n]] = excesses_[n];
}

}  // namespace dsgd
