/// What all forms of runtimes need of a stream of a device: chunks of iterations whose values find place in
/// memory, and the launches that make runtimes of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "kernels/fused/any_law.cuh"
#include "kernels/fused/plan.hpp"
#include "kernels/fused/runtimes/iteration_rows.cuh"
#include "kernels/fused/runtimes/kernels.cuh"
#include "kernels/fused/runtimes/totals.cuh"

namespace dsgd::kernels {

/// Launches what all forms of runtimes have in common.
/// @tparam Queue  a stream of a device, or what stands for one. It does its work in order, and its members
///                wait for nothing unless they say so:
///   Buffer                                               move-only memory of the device, with data()
///   allocate(bytes) -> Buffer                            throws OutOfDeviceMemory
///   launch(columns, rows, threads, kernel, arguments...) columns x rows blocks of threads
///   fill(memory, byte, bytes)                            sets bytes to one value
///   upload(to, from, bytes)                              the source is free again on return
///   download(to, from, bytes)                            waits for all that was queued
///   multiprocessors()                                    number of those of the device
///   words_bytes()                                        memory that may be taken for words and the like
///   min_words_bytes                                      the least that is tried where memory is refused
template <class Queue>
class RuntimeLauncher {
 public:
  /// Values in device memory of which runtimes of a kind are to be made.
  struct FilledRow {
    PlannedKind const* kind;
    void const* values;
  };

  explicit RuntimeLauncher(Queue queue) : queue_(std::move(queue)) {}

  Queue const& queue() const { return queue_; }
  IterationRows<Queue> const& rows() const { return rows_; }

  /// Zeroes the device's sums and histograms for these fleets. @throws OutOfDeviceMemory
  void start(std::vector<PlannedFleet> const& fleets) { totals_.start(queue_, fleets); }

  /// Waits for all that was launched, and takes over the sums.
  void finish(std::vector<PlannedFleet> const& fleets, std::vector<Summary>& summaries) {
    totals_.finish(queue_, fleets, summaries);
  }

  /// The shape of a launch over iterations.
  LaunchShape shape(LaunchIterations launch) const {
    return launch_shape(launch.count, iterations_per_thread, fused_threads, queue_.multiprocessors());
  }

  /// Into how many slices the draws of an iteration go.
  unsigned slices(std::uint64_t draws, LaunchShape shape) const {
    auto const bounded = static_cast<std::uint32_t>(std::min<std::uint64_t>(draws, 0xffffffff));
    return slice_count(bounded, shape, queue_.multiprocessors());
  }

  /// The law as kernels evaluate it.
  template <class Sampler>
  Sampler law(LawSampler const& law) {
    return totals_.template law<Sampler>(queue_, law);
  }

  /// The law as kernels evaluate it where the workers of a launch have several.
  AnyLaw any_law(LawSampler const& law) {
    return std::visit([&]<class Sampler>(Sampler const&) { return AnyLaw(this->template law<Sampler>(law)); },
                      law);
  }

  template <class Sampler>
  RuntimeKind<Sampler> runtime(PlannedKind const& kind) {
    return totals_.template runtime<Sampler>(queue_, kind);
  }

  /// Calls run(iterations) for chunks whose rows find place in memory.
  /// @param granule  chunks have a multiple of so many iterations, see IterationRows
  template <class Run>
  void for_each_chunk(IterationRange iterations, std::uint64_t bytes_per_iteration, Run const& run,
                      std::uint64_t granule = 32) {
    rows_.reserve(queue_, bytes_per_iteration, iterations.count, granule);
    for (std::uint64_t done = 0; done < iterations.count; done += rows_.length())
      run(LaunchIterations{iterations.first + done, std::min(rows_.length(), iterations.count - done)});
  }

  /// Makes runtimes of filled rows. @tparam KindOf  what the values are: WordKind or HazardKind
  template <template <class> class KindOf>
  void launch_runtimes(Stream stream, LaunchIterations launch, std::span<FilledRow const> filled) {
    [&]<std::size_t... Law>(std::index_sequence<Law...>) {
      (launch_runtimes_of<KindOf, std::variant_alternative_t<Law, LawSampler>>(stream, launch, filled), ...);
    }
    (std::make_index_sequence<std::variant_size_v<LawSampler>>{});
  }

  /// Makes runtimes of values in ticks.
  void launch_runtimes_of_ticks(LaunchIterations launch, PlannedKind const& kind,
                                unsigned long long const* ticks) {
    launch_runtimes_of_one<TickKind>(launch,
                                     {kind.quantum_exponent, totals_.sums(kind), totals_.bins(kind), ticks});
  }

  /// Makes runtimes of delays in time units.
  void launch_runtimes_of_delays(LaunchIterations launch, PlannedKind const& kind, float const* delays) {
    launch_runtimes_of_one<DelayKind>(
        launch, {tick_scale(kind.quantum_exponent), totals_.sums(kind), totals_.bins(kind), delays});
  }

 private:
  template <class Kind>
  void launch_runtimes_of_one(LaunchIterations launch, Kind const& kind) {
    Kinds<Kind, kinds_per_launch> kinds{};
    kinds.kind[0] = kind;
    LaunchShape const over = shape(launch);
    queue_.launch(over.blocks, 1, over.threads, runtimes_kernel<Kind>, Stream{}, launch, kinds);
  }

  template <template <class> class KindOf, class Sampler>
  void launch_runtimes_of(Stream stream, LaunchIterations launch, std::span<FilledRow const> filled) {
    using Kind = KindOf<Sampler>;
    Kinds<Kind, kinds_per_launch> kinds{};
    unsigned count = 0;
    auto const flush = [&] {
      if (count == 0) return;
      LaunchShape const over = shape(launch);
      queue_.launch(over.blocks, count, over.threads, runtimes_kernel<Kind>, stream, launch, kinds);
      count = 0;
    };
    for (FilledRow const& row : filled) {
      if (!std::holds_alternative<Sampler>(row.kind->law())) continue;
      kinds.kind[count++] = {runtime<Sampler>(*row.kind), totals_.bins(*row.kind),
                             static_cast<typename Kind::Value const*>(row.values)};
      if (count == kinds_per_launch) flush();
    }
    flush();
  }

  Queue queue_;
  RuntimeTotals<Queue> totals_;
  IterationRows<Queue> rows_;
};

}  // namespace dsgd::kernels
