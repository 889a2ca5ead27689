#pragma once

#include <algorithm>
#include <cstdint>
#include <variant>
#include <vector>

#include "kernels/fused/delays/copies_kernel.cuh"
#include "kernels/fused/delays/fleet_kernels.cuh"
#include "kernels/fused/delays/slowest_sums_kernel.cuh"
#include "kernels/fused/group_array.hpp"
#include "kernels/fused/plan.hpp"
#include "kernels/fused/runtimes/launcher.cuh"

namespace dsgd::kernels {

/// Runtimes for which the law of every draw is evaluated: where delays are added, where workers are not alike, and
/// where they are waited for until a deadline or get copies. The groups of a fleet are launched one after the other.
template <class Queue>
class DelaysLauncher {
 public:
  explicit DelaysLauncher(RuntimeLauncher<Queue>& launcher) : launcher_(launcher) {}

  /// The largest sums of delays. @throws OutOfDeviceMemory
  void run_sums(Stream stream, std::vector<PlannedFleet> const& fleets, IterationRange iterations) {
    launcher_.for_each_chunk(iterations, sizeof(unsigned long long), [&](LaunchIterations launch) {
      auto* const slowest = launcher_.rows().template values<unsigned long long>();
      for (PlannedFleet const& fleet : fleets)
        for (PlannedKind const& kind : fleet.kinds) {
          launcher_.queue().fill(slowest, 0, launch.count * sizeof *slowest);
          launch_sums(stream, launch, kind, slowest);
          launcher_.launch_runtimes_of_ticks(launch, kind, slowest);
        }
    });
  }

  /// Delays of some rank, drawn or with copies, and deadlines. @throws OutOfDeviceMemory
  void run_ranks(Stream stream, std::vector<PlannedFleet> const& fleets, IterationRange iterations) {
    bring_copies(fleets);
    // A row for each worker of the last fleet, which is the largest, and one for the runtimes.
    std::uint64_t const rows = fleets.back().workers + 1;
    launcher_.for_each_chunk(
        iterations, rows * sizeof(float),
        [&](LaunchIterations launch) {
          for (PlannedFleet const& fleet : fleets) {
            PlannedKind const* drawn = nullptr;  ///< kind whose delays are in memory
            for (PlannedKind const& kind : fleet.kinds) {
              if (drawn == nullptr || !kind.has_delays_of(*drawn)) launch_delays(stream, launch, kind);
              drawn = kind.copies ? nullptr : &kind;  // copies write over the delays
              if (kind.copies) launch_copies(stream, launch, fleet, kind);
              launch_ranks(launch, fleet, kind);
            }
          }
        },
        1);
  }

 private:
  /// Workers first .. last - 1 of a fleet, and how they are launched.
  struct Group {
    ObservedGroup const* of;
    std::uint32_t first, last;
    std::uint32_t slice_workers;
    LaunchShape over;

    unsigned slices() const { return (last - first + slice_workers - 1) / slice_workers; }
  };

  void launch_sums(Stream stream, LaunchIterations launch, PlannedKind const& kind,
                   unsigned long long* slowest) {
    for_each_group(launch, kind, kind.steps, [&]<class Sampler>(Group const& group, Sampler const& law) {
      SummedDelays const delays{group.first, group.last, kind.steps, group.slice_workers,
                                group.of->offset_ticks};
      launcher_.queue().launch(group.over.blocks, group.slices(), group.over.threads,
                               slowest_sums_kernel<Sampler>, stream, launch, delays, law,
                               tick_scale(kind.quantum_exponent), slowest);
    });
  }

  /// The row of the runtimes, and the rows of the workers' delays behind it.
  float* times() const { return launcher_.rows().template values<float>(); }
  float* delays() const { return times() + launcher_.rows().length(); }

  void launch_delays(Stream stream, LaunchIterations launch, PlannedKind const& kind) {
    for_each_group(launch, kind, 1, [&]<class Sampler>(Group const& group, Sampler const& law) {
      GroupDelays<Sampler> const own{law, group.of->offset, group.first, group.last, group.slice_workers};
      launcher_.queue().launch(group.over.blocks, group.slices(), group.over.threads,
                               group_delays_kernel<Sampler>, stream, launch, own, delays(),
                               launcher_.rows().length());
    });
  }

  void launch_copies(Stream stream, LaunchIterations launch, PlannedFleet const& fleet,
                     PlannedKind const& kind) {
    DelayCopies const copies{kind.copies.value(), groups_.of(kind),
                             static_cast<std::uint32_t>(kind.groups.size())};
    LaunchShape const over = launcher_.shape(launch);
    launcher_.queue().launch(over.blocks, 1, over.threads, copies_kernel, stream, launch,
                             static_cast<std::uint32_t>(fleet.workers), copies, delays(),
                             launcher_.rows().length());
  }

  void launch_ranks(LaunchIterations launch, PlannedFleet const& fleet, PlannedKind const& kind) {
    LaunchShape const over = launcher_.shape(launch);
    launcher_.queue().launch(over.blocks, 1, over.threads, delay_rank_kernel, launch,
                             static_cast<std::uint32_t>(fleet.workers), static_cast<std::uint32_t>(kind.rank),
                             kind.deadline, delays(), launcher_.rows().length(), times());
    launcher_.launch_runtimes_of_delays(launch, kind, times());
  }

  /// Brings to the device who may run the copies of each kind that has some.
  void bring_copies(std::vector<PlannedFleet> const& fleets) {
    if (!fleets.front().kinds.front().copies) return;  // all kinds are of one form
    groups_.reserve(launcher_.queue(), fleets);
    for (PlannedFleet const& fleet : fleets)
      for (PlannedKind const& kind : fleet.kinds) {
        std::vector<GroupCopies> groups;
        groups.reserve(kind.groups.size());
        for (ObservedGroup const& group : kind.groups)
          groups.push_back(
              {static_cast<std::uint32_t>(group.end), group.offset, launcher_.any_law(group.law)});
        groups_.bring(launcher_.queue(), kind, groups);
      }
  }

  /// Calls body(group, law as kernels evaluate it) for every group. @param draws  of each worker
  template <class Body>
  void for_each_group(LaunchIterations launch, PlannedKind const& kind, std::uint64_t draws,
                      Body const& body) {
    std::uint32_t first = 0;
    for (ObservedGroup const& own : kind.groups) {
      auto const last = static_cast<std::uint32_t>(own.end);
      LaunchShape const over = launcher_.shape(launch);
      unsigned const most = launcher_.slices((last - first) * draws, over);
      Group const group{&own, first, last, kernels::slice_workers(last - first, most), over};
      std::visit(
          [&]<class Sampler>(Sampler const&) { body(group, launcher_.template law<Sampler>(own.law)); },
          own.law);
      first = last;
    }
  }

  RuntimeLauncher<Queue>& launcher_;
  GroupArray<Queue, GroupCopies> groups_;
};

}  // namespace dsgd::kernels
