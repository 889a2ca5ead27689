/// The kernel for order statistics of words that are neither the largest nor the smallest.
#pragma once

#include <cstdint>

#include "kernels/device/unroll.hpp"
#include "kernels/fused/iterations.cuh"
#include "kernels/fused/selection/first_words.hpp"
#include "kernels/fused/selection/place_search.hpp"
#include "kernels/materialized/extremes.hpp"

namespace dsgd::kernels {

/// Places of words, counted from an end, ascending: one, or some that are near to the end.
struct Places {
  std::uint32_t count;
  std::uint32_t place[most_words];
};

/// Words of a thread's iterations, counted from one end: the longest or the shortest delay is the smallest.
template <Extreme End>
class WordsFromEnd {
 public:
  __device__ WordsFromEnd(Stream stream, OwnIterations iterations, std::uint32_t workers)
      : stream_(stream), iterations_(iterations), workers_(workers) {}

  /// Calls take(i, block) for every block of four workers, of iteration i of the thread. Words of a block
  /// beyond the last worker are made the largest number.
  template <class Take>
  __device__ void for_each(Take const& take) const {
    std::uint32_t const whole = workers_ / 4;
    for (std::uint32_t block = 0; block < whole; ++block)
      DSGD_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) take(i, words(i, block));
    if (workers_ % 4 == 0) return;
    DSGD_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
      PhiloxBlock last = words(i, whole);
      DSGD_UNROLL for (std::uint32_t w = 1; w < 4; ++w) if (w >= workers_ % 4) last.word[w] = ~0u;
      take(i, last);
    }
  }

 private:
  __device__ PhiloxBlock words(unsigned i, std::uint32_t block) const {
    PhiloxBlock words = curand_word_block(stream_, iterations_.iteration(i), block);
    if constexpr (End == Extreme::fastest)
      for (std::uint32_t& word : words.word) word = ~word;
    return words;
  }

  Stream stream_;
  OwnIterations iterations_;
  std::uint32_t workers_;
};

/// Finds the words at places from an end, in each iteration. Near the end one pass over the workers finds
/// them; elsewhere passes that count come before: two or three for a thousand workers and one more for a
/// million, in a warp as many as its slowest search takes. Instructions per draw on sm_90, where extremes
/// take 10: a pass that counts takes 12 to 13; the last pass takes 11 where no word is kept, and 18
/// (few_words) or 26 (most_words) where all are. gridDim.y is 1.
/// @param places    in [1, workers]; where there are several, none above Depth
/// @param selected  a row for each place, shape [iterations of the launch]; rows begin `stride` apart
template <unsigned Depth, Extreme End>
__global__ void __launch_bounds__(fused_threads)
    selection_kernel(Stream stream, LaunchIterations launch, std::uint32_t workers, Places places,
                     std::uint32_t* selected, std::uint64_t stride) {
  OwnIterations::for_each_turn(launch, [&](OwnIterations const& iterations) {
    WordsFromEnd<End> const words(stream, iterations, workers);
    PlaceSearch search[iterations_per_thread];
    DSGD_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) search[i] =
        PlaceSearch(workers, places.place[0]);

    for (;;) {
      std::uint32_t pivot[iterations_per_thread], below[iterations_per_thread];
      bool found = true;
      DSGD_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
        bool const reaches = search[i].reaches(Depth);
        pivot[i] = reaches ? 0 : search[i].pivot(Depth);
        below[i] = 0;
        found = found && reaches;
      }
      if (found) break;
      words.for_each([&](unsigned i, PhiloxBlock const& block) {
        for (std::uint32_t const word : block.word) below[i] += word < pivot[i] ? 1 : 0;
      });
      DSGD_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) if (pivot[i] != 0) search[i].narrow(
          pivot[i], below[i]);
    }

    // The first word that the search left is subtracted: words before it wrap around and come last.
    FirstWords<Depth> kept[iterations_per_thread];
    words.for_each([&](unsigned i, PhiloxBlock block) {
      for (std::uint32_t& word : block.word) word -= search[i].first();
      kept[i].take(block);
    });
    DSGD_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
      if (!iterations.exists(i)) continue;
      DSGD_NO_UNROLL for (std::uint32_t p = 0; p < places.count; ++p) {
        std::uint32_t const further = places.place[p] - places.place[0];
        std::uint32_t const beyond =
            search[i].is_first() ? 0 : kept[i].at(search[i].place_from_first() + further);
        std::uint32_t const word = search[i].first() + beyond;
        selected[p * stride + iterations.offset(i)] = End == Extreme::fastest ? ~word : word;
      }
    }
  });
}

}  // namespace dsgd::kernels
