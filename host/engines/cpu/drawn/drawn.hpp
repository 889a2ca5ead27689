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

/// Runs blocks of iterations for one thread, with buffers that stay in its nearest caches.
class DrawnRanks {
 public:
  /// Iterations at once. What each observable takes per run is worth longer runs where they are many; a small
  /// job is over before the memory of a longer run was touched for the first time.
  static constexpr std::uint32_t run_length(std::size_t observables) {
    return observables < 64 ? longest_run / 2 : longest_run;
  }
  static constexpr std::uint32_t longest_run = 2048;

  /// @param max_run  iterations at once
  explicit DrawnRanks(InstructionSet const& set, std::uint32_t max_run = longest_run);

  std::uint32_t max_run() const { return max_run_; }

  /// Order statistics of equal workers.
  static bool serves(Observable const& observable) {
    return rank(observable) != 0 && observable.groups.empty();
  }

  /// Adds the runtimes of some iterations to summaries[i] for batch.observables[i].
  /// @pre all are served
  void operator()(Batch const& batch, IterationRange iterations, std::span<Summary> summaries);

 private:
  /// At most max_run() iterations with one iteration_hi.
  void run(Batch const& batch, IterationRange iterations, std::span<Summary> summaries);

  /// What observables share that differ in workers alone: they wait for the slowest or for the fastest.
  struct Track {
    LawSampler law;
    bool slowest;
  };

  /// Number of the track of an observable.
  std::size_t track_of(Observable const& observable);

  /// Adds the runtimes of a run for observables first .. last - 1, which have the same workers.
  void add_extremes(Batch const& batch, std::size_t first, std::size_t last, std::span<Summary> summaries);
  void add_others(Batch const& batch, std::size_t first, std::size_t last, std::span<Summary> summaries);

  InstructionSet const* set_;
  std::uint32_t max_run_;
  Delays delays_;
  Extremes extremes_;
  std::vector<Track> tracks_;
  std::vector<Runtimes> runtimes_;                ///< one per track
  std::vector<std::size_t> track_of_observable_;  ///< for those that wait for neither: anything
  Selection selection_;
  Runtimes selected_runtimes_;
  std::vector<std::uint32_t> ranks_;  ///< that selection_ is asked for, each once
  std::uint32_t count_ = 0;           ///< iterations of the run
};

}  // namespace dsgd
