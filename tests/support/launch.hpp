/// Stand-in for a kernel launch, for tests on machines without a GPU: a kernel's own source, compiled by g++
/// or clang, runs one fiber per thread. Include this after all other headers and before the kernel's, in a
/// .cpp file.
///
/// Blocks run one after another. Within a block a thread runs until it waits; who runs next is ascending,
/// descending or shuffled. Served are threadIdx and its kin (x, y, z), __syncthreads, __syncwarp,
/// __shfl_xor_sync,
/// __shfl_down_sync, __shared__ variables of fixed size, atomicMin, atomicMax, atomicAdd. A launch throws
/// LaunchError where threads that are alive wait at different barriers, or a shuffle reads a lane that does
/// not take part: on a device both would hang or give garbage. A __shared__ variable keeps what the block
/// before left in it. Not for ThreadSanitizer, which does not follow fibers.
#pragma once

#include <cuda_runtime.h>

// The kernel's own words, after the toolkit's headers and before cuRAND's, whose functions become host
// functions.
// The names are CUDA's. NOLINTBEGIN(clang-diagnostic-reserved-*)
#undef __global__
#undef __device__
#undef __host__
#undef __shared__
#undef __launch_bounds__
#define __global__ static
#define __device__
#define __host__
#define __shared__ static
#define __launch_bounds__(...)
#define QUALIFIERS static __attribute__((unused))

#include <curand_kernel.h>

#include <algorithm>
#include <cstdint>

#include "tests/support/launch_block.hpp"

#define threadIdx (::dsgd::test::fibers::current().index)
#define blockIdx (::dsgd::test::fibers::current().block_index)
#define blockDim (::dsgd::test::fibers::current().block_size)
#define gridDim (::dsgd::test::fibers::current().grid_size)

// The line tells one barrier from another.
#define DSGD_CALLED_AT int line = __builtin_LINE()

inline void __syncthreads(DSGD_CALLED_AT) { ::dsgd::test::fibers::wait_for_block(line); }

inline void __syncwarp(unsigned mask = ~0u, DSGD_CALLED_AT) {
  ::dsgd::test::fibers::exchange(mask, 0u, 0, line);
}

template <class T>
T __shfl_xor_sync(unsigned mask, T value, int lanes, DSGD_CALLED_AT) {
  int const own = static_cast<int>(::dsgd::test::fibers::current().lane());
  return ::dsgd::test::fibers::exchange(mask, value, (own ^ lanes) - own, line);
}

template <class T>
T __shfl_down_sync(unsigned mask, T value, unsigned lanes, DSGD_CALLED_AT) {
  bool const inside = ::dsgd::test::fibers::current().lane() + lanes < 32;  // else a lane reads itself
  return ::dsgd::test::fibers::exchange(mask, value, inside ? static_cast<int>(lanes) : 0, line);
}

// NOLINTEND(clang-diagnostic-reserved-*)

#undef DSGD_CALLED_AT

// One fiber runs at a time, so that reading and writing is atomic.
template <class T>
T atomicMin(T* address, T value) {
  T const old = *address;
  *address = std::min(old, value);
  return old;
}

template <class T>
T atomicMax(T* address, T value) {
  T const old = *address;
  *address = std::max(old, value);
  return old;
}

template <class T>
T atomicAdd(T* address, T value) {
  T const old = *address;
  *address = static_cast<T>(old + value);
  return old;
}

namespace dsgd::test {

/// Runs kernel(arguments...) as kernel<<<grid, block>>>(arguments...) would.
/// @throws LaunchError where a device would hang; whatever the kernel throws
template <class Kernel, class... Arguments>
void launch(dim3 grid, dim3 block, ThreadOrder order, Kernel const& kernel, Arguments... arguments) {
  std::uint64_t const blocks = std::uint64_t{grid.x} * grid.y * grid.z;
  for (std::uint64_t i = 0; i < blocks; ++i) {
    std::uint64_t const number = order.position(i, blocks);
    uint3 const index{static_cast<unsigned>(number % grid.x), static_cast<unsigned>(number / grid.x % grid.y),
                      static_cast<unsigned>(number / grid.x / grid.y)};
    fibers::Block(grid, index, block, order, [&] { kernel(arguments...); }).run();
  }
}

}  // namespace dsgd::test
