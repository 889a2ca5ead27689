/// Kernels of engine `cuda` for extremes: they take extremes of words, and evaluate each law once per
/// iteration.
///
/// fused_kernel keeps the extremes in registers, for one number of workers and one or two kinds of runtimes.
/// For all else they go through device memory: prefix_kernel or slices_kernel leaves them there, and
/// runtimes_kernel (runtimes/kernels.cuh) makes runtimes of them. All are right for any launch of whole
/// warps; each says what gridDim.y means.
#pragma once

#include <cstdint>

#include "dsgd/draw/address.hpp"
#include "dsgd/law/excess.hpp"
#include "kernels/device/unroll.hpp"
#include "kernels/fused/iterations.cuh"
#include "kernels/fused/runtimes/kernels.cuh"
#include "kernels/materialized/extremes.hpp"
#include "kernels/sums/tick_reduction.cuh"

namespace dsgd::kernels {

inline constexpr unsigned rows_per_launch = 16;  ///< rows that prefix_kernel fills, at most

/// A kind of runtimes of the slowest or the fastest worker.
template <class Sampler>
struct ExtremeKind {
  RuntimeKind<Sampler> runtime;
  Extreme extreme;
};

/// The most kinds of runtimes that fused_kernel sums: laws that are evaluated in double leave registers for
/// one.
template <class Sampler>
inline constexpr unsigned most_fused_kinds = 2;
template <class Quantile>
inline constexpr unsigned most_fused_kinds<HazardSampler<Quantile>> = 1;

/// Numbers of workers, ascending.
struct FleetSizes {
  std::uint32_t count;
  std::uint32_t workers[rows_per_launch];
};

/// Sums of runtimes at one number of workers. gridDim.y is 1.
template <class Sampler, unsigned Count>
__global__ void __launch_bounds__(fused_threads)
    fused_kernel(Stream stream, LaunchIterations launch, std::uint32_t workers,
                 Kinds<ExtremeKind<Sampler>, Count> kinds) {
  __shared__ TickSums block[Count];
  if (threadIdx.x < Count) block[threadIdx.x] = no_ticks();
  __syncthreads();

  TickSums own[Count];
  DSGD_UNROLL for (unsigned k = 0; k < Count; ++k) own[k] = no_ticks();
  OwnIterations::for_each_turn(launch, [&](OwnIterations const& iterations) {
    OwnExtremes extremes(stream, iterations);
    extremes.take_blocks(0, workers / 4);
    if (workers % 4 != 0) extremes.take_first(workers % 4, workers / 4);
    DSGD_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
      if (!iterations.exists(i)) continue;
      DSGD_UNROLL for (unsigned k = 0; k < Count; ++k) {
        bool const slowest = kinds.kind[k].extreme == Extreme::slowest;
        std::uint32_t const word = slowest ? extremes[i].smallest : extremes[i].largest;
        kinds.kind[k].runtime.add(own[k], stream, iterations.iteration(i), word);
      }
    }
  });
  DSGD_UNROLL for (unsigned k = 0; k < Count; ++k) add_block(*kinds.kind[k].runtime.sums, block[k], own[k]);
}

/// Running extremes: row r becomes that of the first sizes.workers[r] workers. gridDim.y is 1.
/// @param taken   workers that are in `before` already, at most sizes.workers[0]; 0: nothing is read there
/// @param rows    the first of sizes.count rows, each `stride` after the last; `before` may be one of them
inline __global__ void __launch_bounds__(fused_threads)
    prefix_kernel(Stream stream, LaunchIterations launch, std::uint32_t taken, WordRow before,
                  FleetSizes sizes, WordRow rows, std::uint64_t stride) {
  OwnIterations::for_each_turn(launch, [&](OwnIterations const& iterations) {
    OwnExtremes extremes(stream, iterations);
    if (taken != 0) extremes.load(before);
    std::uint32_t block = taken / 4;
    for (std::uint32_t r = 0; r < sizes.count; ++r) {
      std::uint32_t const workers = sizes.workers[r];
      extremes.take_blocks(block, workers / 4);  // a block that was cut off before is taken again, as a whole
      block = workers / 4;
      if (workers % 4 != 0) extremes.take_first(workers % 4, block);
      extremes.store({rows.smallest + r * stride, rows.largest + r * stride});
    }
  });
}

/// Takes workers first .. last - 1 into a row that holds extremes already. Each of gridDim.y slices takes
/// `slice_blocks` blocks of four workers.
inline __global__ void __launch_bounds__(fused_threads)
    slices_kernel(Stream stream, LaunchIterations launch, std::uint32_t first, std::uint32_t last,
                  std::uint32_t slice_blocks, WordRow row) {
  std::uint32_t const begin = first / 4 + blockIdx.y * slice_blocks;
  std::uint32_t const end = begin + slice_blocks;
  std::uint32_t const whole = last / 4;
  OwnIterations::for_each_turn(launch, [&](OwnIterations const& iterations) {
    OwnExtremes extremes(stream, iterations);
    extremes.take_blocks(begin, end < whole ? end : whole);
    if (last % 4 != 0 && begin <= whole && whole < end) extremes.take_first(last % 4, whole);
    extremes.join(row);
  });
}

}  // namespace dsgd::kernels
