/// The interface between the runner and whatever computes: every engine turns the same work into the same
/// bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "dsgd/engine/stop_check.hpp"
#include "dsgd/observable.hpp"
#include "dsgd/summary/summary.hpp"

namespace dsgd {

/// Observables of one form of runtime, ascending in workers. Order statistics share all their draws: the
/// draws of one are the first draws of the next. Sampled order statistics all have the same number of
/// workers.
struct Batch {
  Stream stream;
  std::vector<Observable> observables;
  std::vector<std::size_t> points = {};  ///< number of each observable's point in the sweep, where it has one
};

/// Iterations first .. first + count - 1, or replications where clocks are followed.
struct IterationRange {
  std::uint64_t first, count;
};

/// Some iterations of a batch. What they give is added to summaries[i] for observables[i].
struct Work {
  Batch const* batch;
  IterationRange iterations;
  std::span<Summary> summaries;  ///< one per observable
};

class Engine {
 public:
  virtual ~Engine() = default;

  /// Adds the runtimes of all work to its summaries. Several pieces may name the same summaries.
  /// @throws Error when a device fails, Stopped when it is to stop; the summaries are then undefined
  virtual void run(std::span<Work const> work) = 0;

  /// Replications that the engine follows side by side: fewer take as long.
  virtual std::uint64_t replications_at_once() const { return 1; }

  /// Lets work be given up in the middle from now on. @param asked  true once it is to be, see StopCheck
  void stop_when(std::function<bool()> asked) { stop_check_ = StopCheck(std::move(asked)); }

  /// What computes, for provenance: "2 threads" or a device's name.
  virtual std::string device() const = 0;

 protected:
  StopCheck const& stop_check() const { return stop_check_; }

 private:
  StopCheck stop_check_;
};

}  // namespace dsgd
