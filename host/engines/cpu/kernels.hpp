/// The inner loops of engine `cpu`, compiled once per instruction set.
#pragma once

#include <cstdint>

namespace dsgd {

/// What rounds 1 to 3 of Philox leave of one block of four workers: they depend on the block or on the
/// iteration, never on both, and are computed outside the inner loop.
struct BlockWords {
  std::uint32_t a, b, c;
};

/// What the rounds need besides: the key of every round, and what rounds 1 and 2 make of stream and
/// iteration_hi.
struct PhiloxPlan {
  std::uint32_t key0[10], key1[10];
  std::uint32_t iteration_mask;    ///< round 1: the word that iteration_lo is combined with
  std::uint32_t iteration_word_1;  ///< round 2: likewise
};

/// Blocks of workers, of which the last may be cut off.
struct WorkerBlocks {
  BlockWords const* words;
  std::uint32_t whole;      ///< blocks that are used whole
  std::uint32_t remainder;  ///< words 0 .. remainder - 1 of the block after them; 0 to 3
};

/// Sums over an array of runtimes, in ticks. The squares are squares_low + 2^32 squares_high.
struct ArraySums {
  std::uint64_t ticks, squares_low, squares_high;
  float smallest, largest;  ///< of the runtimes, time units
};

struct CpuKernels {
  char const* name;

  /// Iterations that `extend_extremes` handles at a time: arrays are padded to a multiple of it.
  std::uint32_t granule;

  /// smallest[i] = min(smallest[i], words of the blocks in iteration first + i), likewise largest. @pre count
  /// is a multiple of the granule; iterations beyond 2^32 are padding whose results mean nothing
  void (*extend_extremes)(PhiloxPlan const& plan, WorkerBlocks const& blocks, std::uint32_t first,
                          std::uint32_t count, std::uint32_t* smallest, std::uint32_t* largest);

  /// excesses[i] = exponential delay of words[i] without tail word, as Exponential::Sampler::excess(words[i],
  /// 0) where !needs_tail(words[i]); elsewhere meaningless. @pre count is a multiple of the granule
  void (*exponential)(std::uint32_t const* words, std::uint32_t count, float scale_hi, float scale_lo,
                      float* excesses);

  /// Numbers i of the words[i] that need a tail word, ascending. @pre count is a multiple of the granule
  /// @param indices  at least count long
  /// @return         how many there are
  std::uint32_t (*find_tails)(std::uint32_t const* words, std::uint32_t count, std::uint32_t* indices);

  /// Sums of ticks, each excess * ticks_per_unit rounded to nearest even. They mean nothing unless the
  /// largest has fewer than 2^31 ticks; smallest and largest are right always. @pre 1 <= count < 2^31
  ArraySums (*sum)(float const* excesses, std::uint32_t count, float ticks_per_unit);
};

extern CpuKernels const cpu_kernels_portable;
#ifdef __x86_64__
extern CpuKernels const cpu_kernels_avx2;
extern CpuKernels const cpu_kernels_avx512;
#endif

}  // namespace dsgd
