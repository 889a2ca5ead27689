/// The kernel for runtimes that are sums of delays: the law of every draw is evaluated.
#pragma once

#include <cstdint>

#include "kernels/device/curand_draw.cuh"
#include "kernels/device/draw_sequence.cuh"
#include "kernels/device/unroll.hpp"
#include "kernels/fused/iterations.cuh"
#include "kernels/sums/tick_sums.hpp"

namespace dsgd::kernels {

/// Workers that share a law, and whose delays are added.
struct SummedDelays {
  std::uint32_t first, last;    ///< workers first .. last - 1
  std::uint32_t steps;          ///< delays of each worker
  std::uint32_t slice_workers;  ///< workers of each of gridDim.y slices
  std::uint64_t origin_ticks;   ///< what is added to every excess: the origin beyond the fleet's smallest
};

/// Raises each iteration's slowest to the largest of the workers' sums of delays, in ticks.
/// @param slowest  shape [iterations of the launch]; 0, or the largest sum of other workers
template <class Sampler>
__global__ void __launch_bounds__(fused_threads)
    slowest_sums_kernel(Stream stream, LaunchIterations launch, SummedDelays delays, Sampler law,
                        TickScale scale, unsigned long long* slowest) {
  std::uint32_t const first = delays.first + blockIdx.y * delays.slice_workers;
  std::uint32_t const rest = delays.last - first;
  std::uint32_t const count = rest < delays.slice_workers ? rest : delays.slice_workers;
  OwnIterations::for_each_turn(launch, [&](OwnIterations const& iterations) {
    DSGD_NO_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
      if (!iterations.exists(i)) continue;
      std::uint64_t const iteration = iterations.iteration(i);
      DrawSequence draws(stream, iteration, std::uint64_t{first} * delays.steps);
      unsigned long long largest = 0;
      DSGD_NO_UNROLL for (std::uint32_t worker = 0; worker < count; ++worker) {
        unsigned long long sum = delays.steps * delays.origin_ticks;
        DSGD_NO_UNROLL for (std::uint32_t step = 0; step < delays.steps; ++step) {
          std::uint32_t const word = draws.next();
          sum += scale.ticks(law.excess(word, curand_tail_word(stream, iteration, word)));
        }
        largest = largest < sum ? sum : largest;
      }
      atomicMax(slowest + iterations.offset(i), largest);
    }
  });
}

}  // namespace dsgd::kernels
