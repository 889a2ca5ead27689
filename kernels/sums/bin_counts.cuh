/// Histograms on the device: counts of the bins of dsgd/summary/histogram.hpp.
#pragma once

#include <cstdint>

#include "dsgd/arithmetic/portable_log.hpp"

namespace dsgd::kernels {

inline constexpr std::uint32_t bins_per_octave = 256;
inline constexpr std::uint32_t histogram_bins = 255 * bins_per_octave;  ///< of all finite numbers >= 0
inline constexpr std::uint32_t near_octaves = 12;  ///< octaves that are counted in shared memory
inline constexpr std::uint32_t near_bins = near_octaves * bins_per_octave;

/// Counts in device memory, and which of them a block of threads counts in shared memory first: nearly all
/// runtimes lie in a few octaves, where so many atomics would queue up. It holds fewer than 2^32 runtimes.
struct BinCounts {
  unsigned* counts;        ///< shape [histogram_bins]; nullptr: no histogram is kept
  std::uint32_t near_bin;  ///< the first of near_bins
  float origin;            ///< Observable::histogram_origin: runtimes are counted above it, time units

  /// Sets a block's counts to 0; all its threads call it.
  /// @param near  in shared memory, shape [near_bins]
  __device__ void clear(unsigned* near) const {
    for (std::uint32_t i = threadIdx.x; i < near_bins; i += blockDim.x) near[i] = 0;
  }

  /// Counts a runtime.
  __device__ void add(unsigned* near, float time) const {
    float const above = time > origin ? time - origin : 0.0f;
    std::uint32_t const bin = static_cast<std::uint32_t>(bits_from_float(above)) >> 15;
    std::uint32_t const offset = bin - near_bin;  // large for an earlier bin
    atomicAdd(offset < near_bins ? near + offset : counts + bin, 1u);
  }

  /// Adds what a block has counted.
  /// @pre all its threads are done with add(), and call this (a thread cannot see the others)
  __device__ void flush(unsigned const* near) const {
    for (std::uint32_t i = threadIdx.x; i < near_bins; i += blockDim.x)
      if (near[i] != 0) atomicAdd(counts + near_bin + i, near[i]);
  }
};

/// Chooses the bins that are counted in shared memory.
/// @param quantum_exponent  of the runtimes: a quantum is 2^-24 of a typical one, or more
/// @param origin            Observable::histogram_origin, time units
inline BinCounts bin_counts(unsigned* counts, int quantum_exponent, float origin = 0) {
  constexpr int below = 8;  // octaves for runtimes shorter than typical ones
  int const first = quantum_exponent + 24 + 127 - below;
  int const last = static_cast<int>(histogram_bins / bins_per_octave - near_octaves);
  int const octave = first < 0 ? 0 : first > last ? last : first;
  return {counts, static_cast<std::uint32_t>(octave) * bins_per_octave, origin};
}

}  // namespace dsgd::kernels
