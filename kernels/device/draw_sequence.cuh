#pragma once

#include <cstdint>

#include "kernels/device/curand_draw.cuh"
#include "kernels/device/unroll.hpp"

namespace dsgd::kernels {

/// The draws of an iteration one after the other. A block of Philox is four of them: it moves through the
/// registers, so that what is done with a draw is compiled once.
class DrawSequence {
 public:
  /// @param index  number of the first draw
  __device__ DrawSequence(Stream stream, std::uint64_t iteration, std::uint64_t index)
      : stream_(stream),
        iteration_(iteration),
        block_(static_cast<std::uint32_t>(index / 4)),
        skipped_(static_cast<std::uint32_t>(index % 4)) {}

  /// The word of the next draw.
  __device__ std::uint32_t next() {
    if (left_ == 0) {
      words_ = curand_word_block(stream_, iteration_, block_++);
      left_ = 4 - skipped_;
      DSGD_NO_UNROLL for (; skipped_ > 0; --skipped_) move();
    }
    --left_;
    std::uint32_t const word = words_.word[0];
    move();
    return word;
  }

 private:
  __device__ void move() { DSGD_UNROLL for (int i = 0; i < 3; ++i) words_.word[i] = words_.word[i + 1]; }

  Stream stream_;
  std::uint64_t iteration_;
  std::uint32_t block_;
  std::uint32_t skipped_;  ///< draws of the first block that come before the first draw
  PhiloxBlock words_ = {};
  unsigned left_ = 0;
};

}  // namespace dsgd::kernels
