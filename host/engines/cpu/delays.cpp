#include "engines/cpu/delays.hpp"

#include <variant>

#include "engines/cpu/philox_plan.hpp"

namespace dsgd {
namespace {

/// Delays as if no word needed a tail word.
void find_without_tails(CpuKernels const& kernels, Exponential::Sampler const& law,
                        std::uint32_t const* words, std::uint32_t count, float* excesses) {
  kernels.exponential(words, count, law.scale_hi, law.scale_lo, excesses);
}

/// Any other law, one delay at a time.
template <class Sampler>
void find_without_tails(CpuKernels const&, Sampler const& law, std::uint32_t const* words,
                        std::uint32_t count, float* excesses) {
  for (std::uint32_t i = 0; i < count; ++i) excesses[i] = law.excess(words[i], 0);
}

/// Delays of words that all need a tail word.
void find_with_tails(CpuKernels const& kernels, Exponential::Sampler const& law, std::uint32_t const* words,
                     std::uint32_t const* tails, std::uint32_t count, float* excesses) {
  kernels.exponential_of_tails(words, tails, count, law.scale_hi, law.scale_lo, excesses);
}

template <class Sampler>
void find_with_tails(CpuKernels const&, Sampler const& law, std::uint32_t const* words,
                     std::uint32_t const* tails, std::uint32_t count, float* excesses) {
  for (std::uint32_t i = 0; i < count; ++i) excesses[i] = law.excess(words[i], tails[i]);
}

}  // namespace

Delays::Delays(CpuKernels const& kernels, std::uint32_t max_words) : kernels_(&kernels) {
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
  std::visit([&](auto const& l) { find_without_tails(*kernels_, l, words, count, excesses); }, law);
  return kernels_->find_tails(words, count, indices_.data());
}

void Delays::replace_tails(LawSampler const& law, std::uint32_t const* words, std::uint32_t tails,
                           float* excesses) {
  if (tails == 0) return;
  for (std::uint32_t n = 0; n < tails; ++n) words_[n] = words[indices_[n]];
  kernels_->draw_tails(tail_plan_, iterations_.data(), words_.data(), tails, tails_.data());
  std::visit(
      [&](auto const& l) {
        find_with_tails(*kernels_, l, words_.data(), tails_.data(), tails, excesses_.data());
      },
      law);
  for (std::uint32_t n = 0; n < tails; ++n) excesses[indices_[n]] = excesses_[n];
}

}  // namespace dsgd
