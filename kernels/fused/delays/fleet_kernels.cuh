/// Order statistics of workers that are not alike: their delays go through device memory, one law after the
/// other.
#pragma once

#include <cstdint>

#include "dsgd/arithmetic/portable_log.hpp"
#include "kernels/device/curand_draw.cuh"
#include "kernels/device/draw_sequence.cuh"
#include "kernels/device/rank_search.hpp"
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

/// The delays of one iteration's workers, in device memory.
struct DelayColumn {
  float* first;          ///< that of worker 0
  std::uint64_t stride;  ///< from a worker's delay to the next one's
  std::uint32_t workers;

  __device__ float& operator[](std::uint32_t worker) const { return first[worker * stride]; }
};

/// The smallest and the largest of some delays.
struct DelayEnds {
  float smallest, largest;
};

inline __device__ DelayEnds delay_ends(DelayColumn const& delays) {
  DelayEnds ends{delays[0], delays[0]};
  DSGD_NO_UNROLL for (std::uint32_t worker = 1; worker < delays.workers; ++worker) {
    float const delay = delays[worker];
    if (delay < ends.smallest) ends.smallest = delay;
    if (delay > ends.largest) ends.largest = delay;
  }
  return ends;
}

/// Finds the rank-th smallest delay.
inline __device__ float delay_of_rank(DelayColumn const& delays, DelayEnds const& ends, std::uint32_t rank) {
  std::int32_t const low = bits_from_float(rank == delays.workers ? ends.largest : ends.smallest);
  std::int32_t const high = bits_from_float(rank == 1 ? ends.smallest : ends.largest);
  return float_from_bits(bits_of_rank(low, high, rank, [&](std::int32_t bits) {
    std::uint32_t count = 0;
    DSGD_NO_UNROLL for (std::uint32_t worker = 0; worker < delays.workers; ++worker) count +=
        bits_from_float(delays[worker]) <= bits ? 1 : 0;
    return count;
  }));
}

/// Finds how long each iteration takes: the rank-th smallest delay, or the deadline where that is later, but never longer
/// than the largest. gridDim.y is 1.
/// @param deadline  0 for order statistics
/// @param delays    as group_delays_kernel leaves them, of one worker at least
/// @param times     shape [iterations of the launch]
inline __global__ void __launch_bounds__(fused_threads)
    delay_rank_kernel(LaunchIterations launch, std::uint32_t workers, std::uint32_t rank, float deadline,
                      float* delays, std::uint64_t stride, float* times) {
  OwnIterations::for_each_turn(launch, [&](OwnIterations const& iterations) {
    DSGD_NO_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
      if (!iterations.exists(i)) continue;
      DelayColumn const own{delays + iterations.offset(i), stride, workers};
      DelayEnds const ends = delay_ends(own);
      float const least = delay_of_rank(own, ends, rank);
      float const end = deadline < ends.largest ? deadline : ends.largest;
      times[iterations.offset(i)] = least < end ? end : least;
    }
  });
}

}  // namespace dsgd::kernels
