/// The kernel that makes sums of runtimes of what other kernels left in device memory for each iteration.
#pragma once

#include <cstdint>

#include "dsgd/draw/address.hpp"
#include "dsgd/summary/summary.hpp"
#include "kernels/device/unroll.hpp"
#include "kernels/fused/iterations.cuh"
#include "kernels/sums/bin_counts.cuh"
#include "kernels/sums/tick_reduction.cuh"

namespace dsgd::kernels {

inline constexpr unsigned kinds_per_launch = 16;  ///< kinds that runtimes_kernel takes, at most

/// One kind of runtimes: which law of one word per iteration, and where it is summed.
template <class Sampler>
struct RuntimeKind {
  Sampler law;
  TickScale scale;
  TickSums* sums;  ///< in device memory; added to

  __device__ void add(TickSums& own, Stream stream, std::uint64_t iteration, std::uint32_t word) const {
    scale.add(own, law.excess(word, curand_tail_word(stream, iteration, word)));
  }
};

/// A kind of runtimes whose words are in device memory.
template <class Sampler>
struct WordKind {
  using Value = std::uint32_t;

  RuntimeKind<Sampler> runtime;
  BinCounts bins;
  Value const* values;  ///< shape [iterations of the launch]

  __device__ TickSums* sums() const { return runtime.sums; }

  /// Adds a runtime to the sums of a thread. @return the runtime, time units
  __device__ float add(TickSums& own, Stream stream, std::uint64_t iteration, std::uint32_t offset) const {
    Value const word = values[offset];
    float const excess = runtime.law.excess(word, curand_tail_word(stream, iteration, word));
    runtime.scale.add(own, excess);
    return excess;
  }
};

/// A kind of runtimes whose hazards are in device memory.
template <class Sampler>
struct HazardKind {
  using Value = double;

  RuntimeKind<Sampler> runtime;
  BinCounts bins;
  Value const* values;

  __device__ TickSums* sums() const { return runtime.sums; }
  __device__ float add(TickSums& own, Stream, std::uint64_t, std::uint32_t offset) const {
    float const excess = runtime.law.excess_at(values[offset]);
    runtime.scale.add(own, excess);
    return excess;
  }
};

/// A kind of runtimes that are in device memory as ticks.
struct TickKind {
  using Value = unsigned long long;

  int quantum_exponent;
  TickSums* totals;  ///< in device memory; added to
  BinCounts bins;
  Value const* values;

  __device__ TickSums* sums() const { return totals; }
  __device__ float add(TickSums& own, Stream, std::uint64_t, std::uint32_t offset) const {
    Value const ticks = values[offset];
    float const time = time_of(ticks, quantum_exponent);
    own.merge(one_duration(ticks, time));
    return time;
  }
};

/// A kind of runtimes that are in device memory as delays beyond the fleet's origin.
struct DelayKind {
  using Value = float;

  TickScale scale;
  TickSums* totals;  ///< in device memory; added to
  BinCounts bins;
  Value const* values;

  __device__ TickSums* sums() const { return totals; }
  __device__ float add(TickSums& own, Stream, std::uint64_t, std::uint32_t offset) const {
    float const delay = values[offset];
    scale.add(own, delay);
    return delay;
  }
};

/// Kinds as one argument of a kernel.
template <class Kind, unsigned Count>
struct Kinds {
  Kind kind[Count];
};

/// Sums runtimes, and counts them in histograms where wanted; blockIdx.y is the number of the kind.
template <class Kind>
__global__ void __launch_bounds__(fused_threads)
    runtimes_kernel(Stream stream, LaunchIterations launch, Kinds<Kind, kinds_per_launch> kinds) {
  Kind const& kind = kinds.kind[blockIdx.y];
  bool const has_bins = kind.bins.counts != nullptr;
  __shared__ TickSums block;
  __shared__ unsigned near[near_bins];
  if (threadIdx.x == 0) block = no_ticks();
  if (has_bins) kind.bins.clear(near);
  __syncthreads();

  TickSums own = no_ticks();
  OwnIterations::for_each_turn(launch, [&](OwnIterations const& iterations) {
    DSGD_UNROLL for (unsigned i = 0; i < iterations_per_thread; ++i) {
      if (!iterations.exists(i)) continue;
      float const time = kind.add(own, stream, iterations.iteration(i), iterations.offset(i));
      if (has_bins) kind.bins.add(near, time);
    }
  });
  add_block(*kind.sums(), block, own);  // all threads of the block have met in there
  if (has_bins) kind.bins.flush(near);
}

}  // namespace dsgd::kernels
