/// How the sums of threads become those of a launch: by shuffles in a warp, shared memory in a block, and
/// atomics in device memory. All are integers, so that no order changes a bit.
#pragma once

#include <cstdint>

#include "dsgd/arithmetic/portable_log.hpp"
#include "kernels/sums/tick_sums.hpp"

namespace dsgd::kernels {

/// Adds to sums in shared or device memory that other threads add to as well.
inline __device__ void add_atomically(TickSums& sums, TickSums const& what) {
  atomicAdd(&sums.iterations, what.iterations);
  for (int i = 0; i < 2; ++i)
    if (what.ticks[i] != 0) atomicAdd(&sums.ticks[i], what.ticks[i]);
  for (int i = 0; i < 4; ++i)
    if (what.squared_ticks[i] != 0) atomicAdd(&sums.squared_ticks[i], what.squared_ticks[i]);
  // The bits of floats >= 0 are ordered as the floats are.
  atomicMin(reinterpret_cast<int*>(&sums.minimum), bits_from_float(what.minimum));
  atomicMax(reinterpret_cast<int*>(&sums.maximum), bits_from_float(what.maximum));
}

/// Sums over the warp, in every lane. @pre all lanes call it (a lane cannot see whether others do)
inline __device__ TickSums sum_over_warp(TickSums sums) {
  for (int lanes = 16; lanes > 0; lanes /= 2) {
    TickSums other;
    other.iterations = __shfl_xor_sync(~0u, sums.iterations, lanes);
    for (int i = 0; i < 2; ++i) other.ticks[i] = __shfl_xor_sync(~0u, sums.ticks[i], lanes);
    for (int i = 0; i < 4; ++i) other.squared_ticks[i] = __shfl_xor_sync(~0u, sums.squared_ticks[i], lanes);
    other.minimum = __shfl_xor_sync(~0u, sums.minimum, lanes);
    other.maximum = __shfl_xor_sync(~0u, sums.maximum, lanes);
    sums.merge(other);
  }
  return sums;
}

/// Adds the sums of all threads of a block to one in device memory.
/// @param block  in shared memory, no_ticks() before the first thread calls this
/// @pre all threads call it, whole warps of them (a thread cannot see whether others do)
inline __device__ void add_block(TickSums& device, TickSums& block, TickSums const& own) {
  TickSums const warp = sum_over_warp(own);
  if (threadIdx.x % 32 == 0) add_atomically(block, warp);
  __syncthreads();
  if (threadIdx.x == 0) add_atomically(device, block);
}

}  // namespace dsgd::kernels
