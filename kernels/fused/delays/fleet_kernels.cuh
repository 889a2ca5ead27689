/// Order statistics of workers that are not alike: their delays go through device memory, one law after the
/// other.
#pragma once

#include <cstdint>

#include "dsgd/arithmetic/portable_log.hpp"
#include "kernels/device/curand_draw.cuh"
#include "kernels/device/draw_sequence.cuh"
#include "kernels/device/unroll.hpp"
#include "kernels/fused/iterations.cuh"

namespace dsgd::kernels {

/// Workers of a fleet that share a law.
template <class Sampler>
struct GroupDelays {
  Sampler law;
  double offset;                ///< from the fleet's smallest origin to theirs, time units
  std::uint32_t first, last;    ///< workers first .. last - 1
  std::uint32_t slice_workers;  ///< workers of each of gridDim.y slices
};

/// Writes the delays of a group's workers, beyond the fleet's smallest origin.
/// @param delays  a row for each worker of the fleet, shape [iterations of the launch]; rows begin `stride`
///                apart
template <class Sampler>
__global__ void __launch_bounds__(fused_threads)
    group_delays_kernel(Stream stream, LaunchIterations launch, GroupDelays<Sampler> group, float* delays,
                        std::uint64_t stride) {
  std::uint32_t const first = group.first + blockIdx.y * group.slice_workers;
  std::uint32_t const last =
      group.last - first < group.slice_workers ? group.last : first + group.slice_workers;
  OwnIterations::for_each_turn(launch, [&](OwnIterations const& iterations) {
    DSGD_NO_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
      if (!iterations.exists(i)) continue;
      std::uint64_t const iteration = iterations.iteration(i);
      DrawSequence draws(stream, iteration, first);
      DSGD_NO_UNROLL for (std::uint32_t worker = first; worker < last; ++worker) {
        std::uint32_t const word = draws.next();
        float const excess = group.law.excess(word, curand_tail_word(stream, iteration, word));
        delays[worker * stride + iterations.offset(i)] =
            static_cast<float>(group.offset + static_cast<double>(excess));
      }
    }
  });
}

/// Finds the rank-th smallest delay of each iteration. Bits of floats >= 0 are ordered as the floats are: the
/// range from the smallest to the largest is halved, in 32 passes at most. gridDim.y is 1.
/// @param delays  as group_delays_kernel leaves them, of one worker at least
/// @param times   shape [iterations of the launch]
inline __global__ void __launch_bounds__(fused_threads)
    delay_rank_kernel(LaunchIterations launch, std::uint32_t workers, std::uint32_t rank, float const* delays,
                      std::uint64_t stride, float* times) {
  OwnIterations::for_each_turn(launch, [&](OwnIterations const& iterations) {
    DSGD_NO_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
      if (!iterations.exists(i)) continue;
      float const* const own = delays + iterations.offset(i);
      float smallest = own[0], largest = own[0];
      for (std::uint32_t worker = 1; worker < workers; ++worker) {
        float const delay = own[worker * stride];
        if (delay < smallest) smallest = delay;
        if (delay > largest) largest = delay;
      }
      std::int32_t low = bits_from_float(rank == workers ? largest : smallest);
      std::int32_t high = bits_from_float(rank == 1 ? smallest : largest);
      while (low < high) {
        std::int32_t const middle = low + (high - low) / 2;
        std::uint32_t count = 0;
        for (std::uint32_t worker = 0; worker < workers; ++worker)
          count += bits_from_float(own[worker * stride]) <= middle ? 1 : 0;
        if (count >= rank)
          high = middle;
        else
          low = middle + 1;
      }
      times[iterations.offset(i)] = float_from_bits(low);
    }
  });
}

}  // namespace dsgd::kernels
