#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/engine.hpp"
#include "engines/cpu/delays.hpp"
#include "engines/cpu/extremes.hpp"
#include "engines/cpu/runtimes.hpp"

namespace dsgd {

/// Runs blocks of iterations for one thread, with buffers that stay in its first-level cache.
class CpuAccumulator {
 public:
  explicit CpuAccumulator(CpuKernels const& kernels);

  /// Adds the runtimes of some iterations to summaries[i] for batch.observables[i].
  void operator()(Batch const& batch, IterationRange iterations, std::span<Summary> summaries);

 private:
  /// At most max_iterations_at_once iterations with one iteration_hi.
  void run(Batch const& batch, IterationRange iterations, std::span<Summary> summaries);

  /// What observables share that differ in workers alone: they wait for the slowest or for the fastest.
  struct Track {
    LawSampler law;
    bool slowest;
  };

  /// Number of the track of an observable.
  std::size_t track_of(Observable const& observable);

  CpuKernels const* kernels_;
  Delays delays_;
  Extremes extremes_;
  std::vector<Track> tracks_;
  std::vector<Runtimes> runtimes_;  ///< one per track
  std::vector<std::size_t> track_of_observable_;
};

}  // namespace dsgd
