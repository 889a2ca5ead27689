/// Runtimes for which delays are added: the law of every draw is evaluated.
#pragma once

#include <cstdint>

#include "curand_draw.cuh"
#include "fused_iterations.cuh"
#include "tick_sums.hpp"
#include "unroll.hpp"

namespace dsgd::kernels {

/// The draws of an iteration one after the other. A block of Philox is four of them: it moves through the
/// registers, so that what is done with a draw is compiled once.
class DrawSequence {
 public:
  /// @param index  of the first, a multiple of 4
  __device__ DrawSequence(Stream stream, std::uint64_t iteration, std::uint64_t index)
      : stream_(stream), iteration_(iteration), block_(static_cast<std::uint32_t>(index / 4)) {}

  __device__ std::uint32_t next() {
    if (left_ == 0) {
      words_ = curand_word_block(stream_, iteration_, block_++);
      left_ = 4;
    }
    --left_;
    std::uint32_t const word = words_.word[0];
    DSGD_UNROLL for (int i = 0; i < 3; ++i) words_.word[i] = words_.word[i + 1];
    return word;
  }

 private:
  Stream stream_;
  std::uint64_t iteration_;
  std::uint32_t block_;
  PhiloxBlock words_ = {};
  unsigned left_ = 0;
};

/// The workers whose delays are added.
struct SummedDelays {
  std::uint32_t workers;
  std::uint32_t steps;          ///< delays of each
  std::uint32_t slice_workers;  ///< for each of gridDim.y, a multiple of 4
};

/// @param most_slices  >= 1
inline SummedDelays summed_delays(std::uint32_t workers, std::uint32_t steps, unsigned most_slices) {
  std::uint32_t const even = (workers + most_slices - 1) / most_slices;
  return {workers, steps, (even + 3) / 4 * 4};
}

/// Raises each iteration's slowest to the largest of the workers' sums of delays, in ticks.
/// @param slowest  shape [iterations of the launch]; 0 or what other workers took
template <class Sampler>
__global__ void __launch_bounds__(fused_threads)
    slowest_sums_kernel(Stream stream, LaunchIterations launch, SummedDelays delays, Sampler law,
                        TickScale scale, unsigned long long* slowest) {
  std::uint32_t const first = blockIdx.y * delays.slice_workers;
  std::uint32_t const rest = delays.workers - first;
  std::uint32_t const count = rest < delays.slice_workers ? rest : delays.slice_workers;
  OwnIterations::for_each_turn(launch, [&](OwnIterations const& iterations) {
    DSGD_NO_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
      if (!iterations.exists(i)) continue;
      std::uint64_t const iteration = iterations.iteration(i);
      DrawSequence draws(stream, iteration, std::uint64_t{first} * delays.steps);
      unsigned long long largest = 0;
      DSGD_NO_UNROLL for (std::uint32_t worker = 0; worker < count; ++worker) {
        unsigned long long sum = 0;
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
