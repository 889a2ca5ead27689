#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "kernels/cuda/growing_memory.hpp"
#include "kernels/fused/clocks/clock_starts_kernel.cuh"
#include "kernels/fused/clocks/clocks_kernel.cuh"
#include "kernels/fused/plan.hpp"
#include "kernels/fused/runtimes/launcher.cuh"

namespace dsgd::kernels {

/// Launches runtimes that follow clocks. Replications are followed in chunks, all of a chunk step by step,
/// and each step is followed by the runtimes of its updates.
template <class Queue>
class ClocksLauncher {
 public:
  explicit ClocksLauncher(RuntimeLauncher<Queue>& launcher) : launcher_(launcher) {}

  /// Follows replications.
  /// @param fleets  of kinds that follow clocks; they have to live until finish()
  /// @throws OutOfDeviceMemory
  void run(Stream stream, std::vector<PlannedFleet> const& fleets, IterationRange replications) {
    replications_ = replications.count;
    start(fleets);
    std::uint64_t bytes = 0;
    for_each_kind(fleets, [&](PlannedFleet const& fleet, PlannedKind const& kind) {
      PlannedClocks const& clocks = *kind.clocks;
      std::uint64_t const updates = most_step_updates(clocks.plan, clocks.clocks, fleet.workers);
      bytes = std::max(bytes, ClockRows::bytes_per_replication(fleet.workers, updates));
    });
    launcher_.for_each_chunk(
        replications, bytes,
        [&](LaunchReplications launch) {
          for_each_kind(fleets, [&](PlannedFleet const& fleet, PlannedKind const& kind) {
            std::visit(
                [&]<class Sampler>(Sampler const&) {
                  follow<Sampler>(stream, launch, static_cast<std::uint32_t>(fleet.workers), kind);
                },
                kind.law);
          });
        },
        1);
  }

  /// Waits for all that was launched, and adds to the summaries what belongs to clocks alone.
  void finish(std::vector<PlannedFleet> const& fleets, std::vector<Summary>& summaries) {
    std::vector<ClockSums> sums(kinds_);
    launcher_.queue().download(sums.data(), sums_.data(), sums.size() * sizeof(ClockSums));
    for_each_kind(fleets, [&](PlannedFleet const&, PlannedKind const& kind) {
      PlannedClocks const& clocks = *kind.clocks;
      std::uint64_t const gradients = replications_ * clocks.plan.updates * clocks.clocks.gradients;
      for (std::size_t const i : kind.observables)
        summaries[i].clocks = sums[kind.number].summary(replications_, gradients);
    });
  }

 private:
  template <class Body>
  static void for_each_kind(std::vector<PlannedFleet> const& fleets, Body const& body) {
    for (PlannedFleet const& fleet : fleets)
      for (PlannedKind const& kind : fleet.kinds) body(fleet, kind);
  }

  /// Zeroes the device's sums for these fleets, and brings what the kernels read to the device: rows then
  /// take what is left of the memory.
  void start(std::vector<PlannedFleet> const& fleets) {
    kinds_ = fleets.back().kinds.back().number + 1;
    sums_.reserve(launcher_.queue(), kinds_ * sizeof(ClockSums));
    launcher_.queue().fill(sums_.data(), 0, kinds_ * sizeof(ClockSums));
    residuals_.reserve(launcher_.queue(), kinds_ * sizeof(Residual));
    for_each_kind(fleets, [&](PlannedFleet const&, PlannedKind const& kind) {
      std::visit([&]<class Sampler>(Sampler const&) { launcher_.template law<Sampler>(kind.law); }, kind.law);
      if (kind.clocks->residuals != nullptr)
        launcher_.queue().upload(residual_of(kind), kind.clocks->residuals->data(), sizeof(Residual));
    });
  }

  template <class Sampler>
  void follow(Stream stream, LaunchReplications launch, std::uint32_t workers, PlannedKind const& kind) {
    PlannedClocks const& planned = *kind.clocks;
    Queue const& queue = launcher_.queue();
    ClockRows const rows =
        clock_rows(launcher_.rows().data(), static_cast<std::uint32_t>(launch.count), workers);
    ClockJobs<Sampler> const jobs{stream,
                                  launcher_.template law<Sampler>(kind.law),
                                  tick_scale(kind.quantum_exponent),
                                  planned.origin_ticks,
                                  all_restart(planned.clocks.rule) ? planned.origin_ticks : 0,
                                  workers};
    Residual const* const residual =
        planned.residuals == nullptr ? nullptr : reinterpret_cast<Residual const*>(residual_of(kind));
    ClockSums* const sums = reinterpret_cast<ClockSums*>(sums_.data()) + kind.number;
    LaunchShape const over = launch_shape(launch.count, 1, clock_threads, queue.multiprocessors());
    queue.launch(over.blocks, 1, over.threads, clock_starts_kernel<Sampler>, launch, jobs, residual, rows);
    for_each_step(planned.plan, planned.clocks, workers, [&](ClockStep const& step) {
      queue.launch(over.blocks, 1, over.threads, clocks_kernel<Sampler>, launch, jobs, planned.next_job, step,
                   rows, sums);
      std::uint64_t const runtimes = step.measured() * launch.count;
      if (runtimes > 0) launcher_.launch_runtimes_of_ticks({0, runtimes}, kind, rows.durations);
    });
    queue.launch(over.blocks, 1, over.threads, clock_windows_kernel, launch, rows, sums);
  }

  /// Place of the residual of a kind's jobs, in device memory.
  std::byte* residual_of(PlannedKind const& kind) const {
    return residuals_.data() + kind.number * sizeof(Residual);
  }

  RuntimeLauncher<Queue>& launcher_;
  GrowingMemory<Queue> sums_, residuals_;
  std::size_t kinds_ = 0;
  std::uint64_t replications_ = 0;
};

}  // namespace dsgd::kernels
