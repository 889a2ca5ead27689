/// The draws of dsgd/draw/address.hpp, by cuRAND's stateless Philox.
#pragma once

#include <curand_kernel.h>

#include <cstdint>

#include "dsgd/draw/address.hpp"

namespace dsgd::kernels {

/// word_block() by cuRAND: counter and key are those of curand_init(seed, subsequence, offset) at the
/// subsequence and offset that dsgd/draw/address.hpp names, without a state.
inline __device__ PhiloxBlock curand_word_block(Stream stream, std::uint64_t iteration, std::uint32_t block) {
  uint4 const words = curand_Philox4x32_10(
      make_uint4(stream.id, block, static_cast<std::uint32_t>(iteration >> 32),
                 static_cast<std::uint32_t>(iteration)),
      make_uint2(static_cast<std::uint32_t>(stream.seed), static_cast<std::uint32_t>(stream.seed >> 32)));
  return {{words.x, words.y, words.z, words.w}};
}

/// A word of a block. @param number  modulo 4
inline __device__ std::uint32_t word_of(PhiloxBlock const& block, std::uint64_t number) {
  // Without a variable index the block stays in registers.
  std::uint32_t const even = number & 2u ? block.word[2] : block.word[0];
  std::uint32_t const odd = number & 2u ? block.word[3] : block.word[1];
  return number & 1u ? odd : even;
}

/// draw_word() by cuRAND.
inline __device__ std::uint32_t curand_word(Stream stream, std::uint64_t iteration, std::uint64_t index) {
  return word_of(curand_word_block(stream, iteration, static_cast<std::uint32_t>(index / 4)), index);
}

/// tail_word() by cuRAND.
inline __device__ std::uint32_t curand_tail_word(Stream stream, std::uint64_t iteration, std::uint32_t k) {
  if (!needs_tail(k)) return 0;
  bool const upper_end = k >= tail_cells;
  Stream const tails{stream.seed, stream.id | tail_stream_bit};
  PhiloxBlock const words = curand_word_block(tails, iteration, upper_end ? ~k : k);
  return upper_end ? words.word[1] : words.word[0];  // no variable index: the block stays in registers
}

}  // namespace dsgd::kernels
