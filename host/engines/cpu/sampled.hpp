#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/order_statistics/observable.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"

namespace dsgd {

/// Samples order statistics for one thread, some iterations at a time, with buffers that stay in its
/// first-level cache. The bits are those of sampled_hazard().
class SampledRanks {
 public:
  explicit SampledRanks(InstructionSet const& set);

  /// Adds the runtimes of some iterations to summaries[i] for observables[i]. Observables of the same rank
  /// share their hazards, and the hazards of the slowest begin with those of the fastest.
  /// @param workers     in [1, max_sampled_workers]
  /// @param iterations  below max_iterations
  void operator()(std::uint64_t seed, std::uint64_t workers, std::span<SampledObservable const> observables,
                  IterationRange iterations, std::span<Summary> summaries);

 private:
  template <class T>
  using Array = std::array<T, sampled_at_once>;

  /// The two draws of each iteration.
  struct Draws {
    Array<std::uint64_t> first, second;
  };

  /// What an iteration's draws depend on besides its lower 32 bits.
  struct Address {
    std::uint64_t seed, workers, first_iteration;
  };

  /// Adds at most sampled_at_once iterations whose numbers have the same upper 32 bits.
  void run(Address const& address, std::uint32_t count, std::span<SampledObservable const> observables,
           std::span<Summary> summaries);

  static PhiloxPlan plan(Address const& address, std::uint32_t attempt);

  /// Fills hazards_ for a rank, one per iteration. @param at_hand  rank of the hazards in it; 0: none
  void fill(Address const& address, std::uint32_t count, std::uint64_t at_hand, std::uint64_t rank);

  /// Fills log_ratios_ with accepted log ratios, one per iteration.
  void accept(Address const& address, std::uint32_t count, MiddleHazard const& middle);

  /// Adds the runtimes that the law makes of hazards_.
  void add(SampledObservable const& observable, std::uint32_t count, Summary& summary);

  std::uint32_t padded(std::uint32_t count) const;

  InstructionSet const* set_;
  std::vector<std::size_t> order_;  ///< of the observables: fastest, slowest, others by rank
  // These arrays are whole cache lines, one behind the other, so that what a loop reads lies 0 or 2048 bytes,
  // modulo 4096, from what it writes. If it lay a little behind, a processor that compares only the lowest 12
  // bits would let loads wait for stores to other addresses.
  alignas(64) Draws draws_, retries_;
  Array<double> hazards_, log_ratios_, retried_log_ratios_, margins_;
  Array<float> excesses_;
  Array<std::uint32_t> iterations_{};  ///< lower halves of the numbers of iterations to draw again
  Array<std::uint32_t> rejected_;      ///< which elements of log_ratios_ are still to be accepted
};

}  // namespace dsgd
