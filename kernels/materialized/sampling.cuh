#pragma once

#include <cstdint>

#include "kernels/device/curand_draw.cuh"
#include "kernels/materialized/tile.hpp"

namespace dsgd::kernels {

inline constexpr unsigned sample_threads = 256;  ///< per block of the launch, at most

/// Writes the excesses of a tile. Each thread draws whole Philox blocks, four neighbouring workers of an
/// iteration. It is right for any one-dimensional launch.
/// @param excesses  shape [tile.iterations][tile.workers], row-major, 16-byte aligned, time units
template <class Sampler>
__global__ void __launch_bounds__(sample_threads) sample_kernel(Sampler sampler, Tile tile, float* excesses) {
  std::uint32_t const row_blocks = (tile.workers + 3) / 4;
  std::uint64_t const stride = std::uint64_t{gridDim.x} * blockDim.x;
  std::uint64_t const start = std::uint64_t{blockIdx.x} * blockDim.x + threadIdx.x;

  // The 64-bit divisions are done once per thread: in the loop, row and block advance by addition.
  std::uint64_t row = start / row_blocks;
  auto block = static_cast<std::uint32_t>(start % row_blocks);
  std::uint64_t const row_step = stride / row_blocks;
  auto const block_step = static_cast<std::uint32_t>(stride % row_blocks);

  while (row < tile.iterations) {
    std::uint64_t const iteration = tile.first_iteration + row;
    PhiloxBlock const words = curand_word_block(tile.stream, iteration, tile.first_worker / 4 + block);
    float delay[4];
    for (int i = 0; i < 4; ++i)
      delay[i] = sampler.excess(words.word[i], curand_tail_word(tile.stream, iteration, words.word[i]));

    float* const out = excesses + row * tile.workers + 4 * block;
    if (tile.workers % 4 == 0) {
      *reinterpret_cast<float4*>(out) = make_float4(delay[0], delay[1], delay[2], delay[3]);
    } else {
      std::uint32_t const left = tile.workers - 4 * block;
      for (int i = 0; i < 4; ++i)
        if (static_cast<std::uint32_t>(i) < left) out[i] = delay[i];
    }

    row += row_step;
    block += block_step;
    if (block >= row_blocks) {
      block -= row_blocks;
      ++row;
    }
  }
}

}  // namespace dsgd::kernels
