#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "engines/cpu/buffer.hpp"
#include "engines/cpu/delays.hpp"
#include "engines/cpu/drawn/extremes.hpp"
#include "engines/cpu/drawn/selection.hpp"

namespace dsgd {

/// Adds runtimes of equal workers until a deadline for one thread. Of an iteration two words count: that of the rank
/// that is waited for in any case, and that of the slowest worker.
class DrawnDeadlines {
 public:
  explicit DrawnDeadlines(InstructionSet const& set);

  /// True for deadlines of equal workers.
  static bool serves(Observable const& observable) {
    return std::holds_alternative<Deadlined>(observable.runtime) && observable.has_equal_workers();
  }

  /// Adds the runtimes of some iterations to summaries[i] for batch.observables[i].
  /// @pre all observables are served, and their numbers of workers do not fall
  void operator()(Batch const& batch, IterationRange iterations, std::span<Summary> summaries);

 private:
  static constexpr std::uint32_t max_run =
      1024;  ///< iterations, whose words and delays stay in the nearest cache

  /// Adds a run of at most max_run iterations with one iteration_hi.
  void run(Batch const& batch, IterationRange iterations, std::span<Summary> summaries);

  /// Finds the words of ranks in the middle that some of these observables, with as many workers each, wait for.
  void select(std::span<Observable const> observables);

  /// Adds the runtimes of a run.
  void add(Observable const& observable, Summary& summary);

  std::uint32_t const* words_of(Observable const& observable) const;

  InstructionSet const* set_;
  Delays delays_;
  Extremes extremes_;
  Selection selection_;
  std::vector<std::uint32_t> ranks_;  ///< that selection_ was asked for, each once
  Buffer<float> least_, runtimes_;  ///< delays of the rank, and of the slowest worker, which become runtimes
  std::uint32_t count_ = 0;         ///< iterations of the run
};

}  // namespace dsgd
