/// The innermost loop of engine `cuda`: a thread's iterations, and the extremes of their words.
#pragma once

#include <cstdint>

#include "dsgd/engine/engine.hpp"
#include "dsgd/expects.hpp"
#include "kernels/device/curand_draw.cuh"
#include "kernels/device/unroll.hpp"
#include "kernels/fused/extremes/word_extremes.hpp"

namespace dsgd::kernels {

inline constexpr unsigned fused_threads = 256;  ///< per block of a launch, at most
inline constexpr unsigned iterations_per_thread = 2;

/// Iterations of a launch: at most 2^31, of the same upper 32 bits.
using LaunchIterations = IterationRange;

/// Extremes of words in device memory, shape [iterations of the launch] each.
struct WordRow {
  std::uint32_t* smallest;
  std::uint32_t* largest;
};

/// The iterations of a thread in one turn; neighbouring threads have neighbouring ones. All threads of a
/// block make the same turns, and the same steps over the workers in each: what depends on workers alone is
/// then computed once for a warp.
class OwnIterations {
 public:
  /// Calls body(own) in every turn of this thread. @pre fewer than 2^31 iterations make a turn of the grid
  template <class Body>
  static __device__ void for_each_turn(LaunchIterations launch, Body const& body) {
    std::uint32_t const turn = iterations_per_thread * blockDim.x;
    DSGD_EXPECTS(std::uint64_t{gridDim.x} * turn < std::uint64_t{1} << 31);
    for (std::uint32_t begin = blockIdx.x * turn; begin < launch.count; begin += gridDim.x * turn)
      body(OwnIterations(launch, begin + threadIdx.x));
  }

  /// Number of iteration i < iterations_per_thread of the thread, counted from the launch's first.
  __device__ std::uint32_t offset(unsigned i) const { return offset_ + i * blockDim.x; }

  /// True for iterations of the launch; false for those that only fill its last turn.
  __device__ bool exists(unsigned i) const { return offset(i) < launch_.count; }

  /// Address of iteration i. Its upper half is the same for all threads, as the compiler sees.
  __device__ std::uint64_t iteration(unsigned i) const {
    return launch_.first >> 32 << 32 | (static_cast<std::uint32_t>(launch_.first) + offset(i));
  }

 private:
  __device__ OwnIterations(LaunchIterations launch, std::uint32_t offset)
      : launch_(launch), offset_(offset) {}

  LaunchIterations launch_;
  std::uint32_t offset_;
};

/// Extremes of the words of a thread's iterations.
class OwnExtremes {
 public:
  __device__ OwnExtremes(Stream stream, OwnIterations iterations)
      : stream_(stream), iterations_(iterations) {}

  __device__ WordExtremes const& operator[](unsigned i) const { return extremes_[i]; }

  /// Takes blocks first .. last - 1 of four workers. Of Philox's ten rounds, seven stay in this loop: the
  /// others depend on the block or on the iteration alone, and the compiler takes them out.
  __device__ void take_blocks(std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t block = first; block < last; ++block)
      DSGD_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) extremes_[i].take(words(i, block));
  }

  /// Takes the first `count` workers of a block. @pre 1 <= count <= 3
  __device__ void take_first(std::uint32_t count, std::uint32_t block) {
    DSGD_EXPECTS(1 <= count && count <= 3);
    DSGD_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) extremes_[i].take_first(count,
                                                                                             words(i, block));
  }

  /// Reads the extremes of a row.
  __device__ void load(WordRow row) {
    DSGD_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
      std::uint32_t const offset = iterations_.offset(i);
      if (iterations_.exists(i)) extremes_[i] = {row.smallest[offset], row.largest[offset]};
    }
  }

  /// Writes the extremes to a row.
  __device__ void store(WordRow row) const {
    DSGD_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
      std::uint32_t const offset = iterations_.offset(i);
      if (!iterations_.exists(i)) continue;
      row.smallest[offset] = extremes_[i].smallest;
      row.largest[offset] = extremes_[i].largest;
    }
  }

  /// Joins the extremes to those of a row, to which other threads join theirs at the same time.
  __device__ void join(WordRow row) const {
    DSGD_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
      std::uint32_t const offset = iterations_.offset(i);
      if (!iterations_.exists(i)) continue;
      atomicMin(row.smallest + offset, extremes_[i].smallest);
      atomicMax(row.largest + offset, extremes_[i].largest);
    }
  }

 private:
  __device__ PhiloxBlock words(unsigned i, std::uint32_t block) const {
    return curand_word_block(stream_, iterations_.iteration(i), block);
  }

  Stream stream_;
  OwnIterations iterations_;
  WordExtremes extremes_[iterations_per_thread];
};

}  // namespace dsgd::kernels
