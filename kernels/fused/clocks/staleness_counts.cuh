#pragma once

#include <cstdint>

#include "kernels/fused/clocks/clock_sums.hpp"

namespace dsgd::kernels {

/// Stalenesses below this are counted in shared memory by a block of threads: many atomics on one number of
/// device memory would queue up.
inline constexpr std::uint32_t near_stalenesses = 2048;

/// Counts of a block's stalenesses, and their sum.
class StalenessCounts {
 public:
  /// Sets a block's counts to 0; all its threads call it.
  /// @param near  in shared memory, shape [near_stalenesses]
  __device__ StalenessCounts(unsigned* near, ClockSums* sums) : near_(near), sums_(sums) {
    for (std::uint32_t i = threadIdx.x; i < near_stalenesses; i += blockDim.x) near[i] = 0;
    __syncthreads();
  }

  __device__ void add(std::uint32_t staleness) const {
    if (staleness < near_stalenesses)
      atomicAdd(near_ + staleness, 1u);
    else
      add_to_sums(staleness, 1);
  }

  /// Adds a block's counts to the sums.
  /// @pre all threads of the block call this, each after its last add() (a thread cannot see the others)
  __device__ void flush() const {
    __syncthreads();
    for (std::uint32_t i = threadIdx.x; i < near_stalenesses; i += blockDim.x)
      if (near_[i] != 0) add_to_sums(i, near_[i]);
  }

 private:
  __device__ void add_to_sums(std::uint32_t staleness, unsigned long long count) const {
    atomicAdd(sums_->stalenesses + staleness_bin(staleness), count);
    atomicAdd(&sums_->staleness, staleness * count);
  }

  unsigned* near_;
  ClockSums* sums_;
};

}  // namespace dsgd::kernels
