#include "kernels/materialized/sample_host.hpp"

#include <algorithm>
#include <cstdint>
#include <variant>

#include "dsgd/host_device.hpp"

namespace dsgd::kernels {
namespace {

constexpr std::uint32_t batch_draws = 4096;  ///< words in flight: they stay in the first-level cache

/// Draws the words of a tile. @param words  shape [iterations][workers], row-major
DSGD_HD void fill_words(Tile const& tile, std::uint32_t* words) {
  std::uint32_t const first_block = tile.first_worker / 4;
  for (std::uint64_t row = 0; row < tile.iterations; ++row) {
    std::uint64_t const iteration = tile.first_iteration + row;
    std::uint32_t const whole = tile.workers / 4 * 4;
    for (std::uint32_t column = 0; column < whole; column += 4) {
      PhiloxBlock const block = word_block(tile.stream, iteration, first_block + column / 4);
      for (std::uint32_t const word : block.word) *words++ = word;
    }
    if (whole == tile.workers) continue;
    PhiloxBlock const last = word_block(tile.stream, iteration, first_block + whole / 4);
    for (std::uint32_t i = 0; i < tile.workers - whole; ++i) *words++ = last.word[i];
  }
}

/// Writes the excesses of a batch. They are evaluated as if no word had a tail, in a loop without branches
/// that compilers vectorise; the few words that do have one are evaluated again.
template <class Sampler>
DSGD_HD void sample_batch(Sampler const& sampler, Tile const& tile, float* excesses) {
  std::uint32_t words[batch_draws];
  fill_words(tile, words);
  auto const draws = static_cast<std::uint32_t>(tile.iterations * tile.workers);
  for (std::uint32_t i = 0; i < draws; ++i) excesses[i] = sampler.excess(words[i], 0);
  for (std::uint32_t i = 0; i < draws; ++i) {
    if (!needs_tail(words[i])) continue;
    std::uint64_t const iteration = tile.first_iteration + i / tile.workers;
    excesses[i] = sampler.excess(words[i], tail_word(tile.stream, iteration, words[i]));
  }
}

template <class Sampler>
void sample_batch_portable(Sampler const& sampler, Tile const& tile, float* excesses) {
  sample_batch(sampler, tile, excesses);
}

#ifdef __x86_64__
/// sample_batch() for processors that have fused multiply-add. Elsewhere std::fma is a call, with the same
/// bits.
template <class Sampler>
__attribute__((target("avx2,fma"))) void sample_batch_fma(Sampler const& sampler, Tile const& tile,
                                                          float* excesses) {
  sample_batch(sampler, tile, excesses);
}
#endif

template <class Sampler>
auto choose_sample_batch() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return sample_batch_fma<Sampler>;
#endif
  return sample_batch_portable<Sampler>;
}

}  // namespace

void sample_on_host(LawSampler const& law, Tile const& tile, float* excesses) {
  std::visit(
      [&]<class Sampler>(Sampler const& sampler) {
        static auto const sample = choose_sample_batch<Sampler>();
        TileShape const batch{std::max(1u, batch_draws / tile.workers), std::min(batch_draws, tile.workers)};
        for (std::uint64_t row = 0; row < tile.iterations; row += batch.iterations) {
          for (std::uint32_t column = 0; column < tile.workers; column += batch.workers) {
            Tile const part{tile.stream, tile.first_iteration + row,
                            std::min(batch.iterations, tile.iterations - row), tile.first_worker + column,
                            std::min(batch.workers, tile.workers - column)};
            sample(sampler, part, excesses + row * tile.workers + column);
          }
        }
      },
      law);
}

}  // namespace dsgd::kernels
