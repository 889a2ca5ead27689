#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "engines/cpu/delays.hpp"
#include "engines/cpu/drawn/extremes.hpp"
#include "engines/cpu/drawn/runtimes.hpp"
#include "engines/cpu/drawn/selection.hpp"

namespace dsgd {

/// Adds order statistics of drawn words for one thread, with buffers that stay in its nearest caches.
class DrawnRanks {
 public:
  /// Number of iterations of a run. Many observables are worth longer runs, as each takes some time per run.
  /// A small job is over before the memory of a longer run is touched for the first time.
  static constexpr std::uint32_t run_length(std::size_t observables) {
    return observables < 64 ? longest_run / 2 : longest_run;
  }
  static constexpr std::uint32_t longest_run = 2048;

  /// @param max_run  largest number of iterations of a run
  explicit DrawnRanks(InstructionSet const& set, std::uint32_t max_run = longest_run);

  std::uint32_t max_run() const { return max_run_; }

  /// True for order statistics of equal workers.
  static bool serves(Observable const& observable) {
    return rank(observable) != 0 && observable.has_equal_workers();
  }

  /// Adds the runtimes of some iterations to summaries[i] for batch.observables[i].
  /// @pre all observables are served, and their numbers of workers do not fall
  void operator()(Batch const& batch, IterationRange iterations, std::span<Summary> summaries);

 private:
  /// Adds a run of at most max_run() iterations with one iteration_hi.
  void run(Batch const& batch, IterationRange iterations, std::span<Summary> summaries);

  /// What is common to observables that wait for the slowest, or the fastest, and differ only in workers.
  struct Track {
    LawSampler law;
    bool slowest;
  };

  /// Number of an observable's track, which is added if it is new.
  std::size_t track_of(Observable const& observable);

  /// Adds the runtimes of a run for those of observables first .. last - 1, which have the same number of
  /// workers, that wait for the slowest or the fastest.
  void add_extremes(Batch const& batch, std::size_t first, std::size_t last, std::span<Summary> summaries);

  /// Adds the runtimes of a run for the others of observables first .. last - 1.
  void add_others(Batch const& batch, std::size_t first, std::size_t last, std::span<Summary> summaries);

  InstructionSet const* set_;
  std::uint32_t max_run_;
  Delays delays_;
  Extremes extremes_;
  std::vector<Track> tracks_;
  std::vector<Runtimes> runtimes_;                ///< one per track
  std::vector<std::size_t> track_of_observable_;  ///< means nothing for those of other ranks
  Selection selection_;
  Runtimes selected_runtimes_;
  std::vector<std::uint32_t> ranks_;  ///< ranks that selection_ is asked for, each once
  std::uint32_t count_ = 0;           ///< number of iterations of the run
};

}  // namespace dsgd
