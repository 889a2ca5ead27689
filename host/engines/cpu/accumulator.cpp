#include "engines/cpu/accumulator.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

namespace dsgd {
namespace {

/// Delays of an array of words as if none needed a tail word.
/// @param padded  length of the arrays, of which what follows the words may come out as anything
void excesses_without_tails(CpuKernels const& kernels, Exponential::Sampler const& law,
                            std::uint32_t const* words, std::uint32_t padded, float* excesses) {
  kernels.exponential(words, padded, law.scale_hi, law.scale_lo, excesses);
}

/// Any other law, one delay at a time.
template <class Sampler>
void excesses_without_tails(CpuKernels const&, Sampler const& law, std::uint32_t const* words,
                            std::uint32_t padded, float* excesses) {
  for (std::uint32_t i = 0; i < padded; ++i) excesses[i] = law.excess(words[i], 0);
}

/// Adds `count` runtimes to a summary.
void add_runtimes(CpuKernels const& kernels, float const* excesses, std::uint32_t count, int quantum_exponent,
                  Summary& summary) {
  bool const factor_is_normal = quantum_exponent >= -127 && quantum_exponent <= 126;
  ArraySums const sums =
      kernels.sum(excesses, count, factor_is_normal ? std::ldexp(1.0f, -quantum_exponent) : 0.0f);
  if (!factor_is_normal || to_ticks(sums.largest, quantum_exponent) >= 1u << 31) {  // rare: one at a time
    for (std::uint32_t i = 0; i < count; ++i) summary.add(excesses[i], quantum_exponent);
    return;
  }
  Summary part{count, sums.ticks, {}, sums.smallest, sums.largest};
  part.squared_ticks += uint128{sums.squares_low} + (uint128{sums.squares_high} << 32);
  summary.merge(part);
}

}  // namespace

CpuAccumulator::CpuAccumulator(CpuKernels const& kernels)
    : kernels_(&kernels),
      smallest_(max_iterations_at_once),
      largest_(max_iterations_at_once),
      excesses_(max_iterations_at_once),
      tails_(max_iterations_at_once),
      block_words_(max_blocks_at_once + 1) {}

void CpuAccumulator::operator()(Batch const& batch, IterationRange iterations, std::span<Summary> summaries) {
  while (iterations.count > 0) {
    std::uint64_t const before_wrap = (std::uint64_t{1} << 32) - (iterations.first & 0xffffffff);
    std::uint64_t const count =
        std::min({iterations.count, std::uint64_t{max_iterations_at_once}, before_wrap});
    run(batch, {iterations.first, count}, summaries);
    iterations = {iterations.first + count, iterations.count - count};
  }
}

void CpuAccumulator::run(Batch const& batch, IterationRange iterations, std::span<Summary> summaries) {
  auto const count = static_cast<std::uint32_t>(iterations.count);
  std::uint32_t const padded = (count + kernels_->granule - 1) / kernels_->granule * kernels_->granule;
  std::fill_n(smallest_.begin(), padded, ~0u);
  std::fill_n(largest_.begin(), padded, 0u);
  PhiloxPlanner const planner(batch.stream, static_cast<std::uint32_t>(iterations.first >> 32));
  std::uint32_t workers = 0;
  for (std::size_t i = 0; i < summaries.size(); ++i) {
    Observable const& observable = batch.observables[i];
    if (observable.workers > workers)
      extend(planner, static_cast<std::uint32_t>(iterations.first), padded, workers,
             static_cast<std::uint32_t>(observable.workers));
    workers = static_cast<std::uint32_t>(observable.workers);
    add(observable, batch.stream, iterations, padded, summaries[i]);
  }
}

void CpuAccumulator::extend(PhiloxPlanner const& planner, std::uint32_t first, std::uint32_t padded,
                            std::uint32_t from, std::uint32_t to) {
  // A block that was cut off before is taken again: extremes do not mind.
  for (std::uint32_t block = from / 4; block < (to + 3) / 4; block += max_blocks_at_once) {
    std::uint32_t const whole = std::min(to / 4 - block, max_blocks_at_once);
    std::uint32_t const remainder = whole < max_blocks_at_once ? to % 4 : 0;
    for (std::uint32_t b = 0; b < whole + (remainder != 0); ++b)
      block_words_[b] = planner.block_words(block + b);
    kernels_->extend_extremes(planner.plan(), {block_words_.data(), whole, remainder}, first, padded,
                              smallest_.data(), largest_.data());
  }
}

void CpuAccumulator::add(Observable const& observable, Stream stream, IterationRange iterations,
                         std::uint32_t padded, Summary& summary) {
  bool const slowest = rank(observable) == observable.workers;
  std::vector<std::uint32_t> const& words = slowest ? smallest_ : largest_;
  auto const count = static_cast<std::uint32_t>(iterations.count);
  std::visit(
      [&](auto const& law) {
        excesses_without_tails(*kernels_, law, words.data(), padded, excesses_.data());
        std::uint32_t const tails = kernels_->find_tails(words.data(), padded, tails_.data());
        for (std::uint32_t n = 0; n < tails; ++n) {
          std::uint32_t const i = tails_[n];
          excesses_[i] = law.excess(words[i], tail_word(stream, iterations.first + i, words[i]));
        }
      },
      observable.law);
  add_runtimes(*kernels_, excesses_.data(), count, observable.quantum_exponent, summary);
}

}  // namespace dsgd
