#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/engine.hpp"
#include "engines/cpu/kernels.hpp"
#include "engines/cpu/philox_plan.hpp"

namespace dsgd {

/// Runs blocks of iterations for one thread, with buffers that stay in its first-level cache.
class CpuAccumulator {
 public:
  explicit CpuAccumulator(CpuKernels const& kernels);

  /// Order statistics at either end, without histograms.
  static bool serves(Observable const& observable) {
    return (rank(observable) == 1 || rank(observable) == observable.workers) && !observable.histogram &&
           observable.groups.empty();
  }

  /// Adds the runtimes of some iterations to summaries[i] for batch.observables[i].
  /// @pre all are served
  void operator()(Batch const& batch, IterationRange iterations, std::span<Summary> summaries);

 private:
  static constexpr std::uint32_t max_iterations_at_once = 1024;
  static constexpr std::uint32_t max_blocks_at_once = 1024;  ///< of workers

  /// At most max_iterations_at_once iterations with one iteration_hi.
  void run(Batch const& batch, IterationRange iterations, std::span<Summary> summaries);

  /// Brings smallest_ and largest_ from the first `from` workers to the first `to`.
  void extend(PhiloxPlanner const& planner, std::uint32_t first, std::uint32_t padded, std::uint32_t from,
              std::uint32_t to);

  /// Runtimes of one observable into excesses_, and from there into its summary.
  void add(Observable const& observable, Stream stream, IterationRange iterations, std::uint32_t padded,
           Summary& summary);

  CpuKernels const* kernels_;
  std::vector<std::uint32_t> smallest_, largest_;  ///< words, one per iteration
  std::vector<float> excesses_;
  std::vector<std::uint32_t> tails_;  ///< iterations whose word needs a tail word
  std::vector<BlockWords> block_words_;
};

}  // namespace dsgd
