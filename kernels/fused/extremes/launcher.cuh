#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "kernels/fused/extremes/kernels.cuh"
#include "kernels/fused/plan.hpp"
#include "kernels/fused/runtimes/launcher.cuh"

namespace dsgd::kernels {

/// Runtimes of the slowest and the fastest workers of fleets that share their draws.
template <class Queue>
class ExtremesLauncher {
 public:
  ExtremesLauncher(RuntimeLauncher<Queue>& launcher, Stream stream) : launcher_(launcher), stream_(stream) {}

  /// True where the extremes can stay in registers.
  bool is_fused(std::vector<PlannedFleet> const& fleets, IterationRange iterations) const {
    PlannedFleet const& fleet = fleets.front();
    unsigned const most = std::visit([]<class Sampler>(Sampler const&) { return most_fused_kinds<Sampler>; },
                                     fleet.kinds.front().law());
    return fleets.size() == 1 && fleet.kinds.size() <= most &&
           std::all_of(fleet.kinds.begin(), fleet.kinds.end(),
                       [&](PlannedKind const& kind) {
                         return fleet.is_extreme(kind) && !kind.histogram &&
                                kind.law().index() == fleet.kinds.front().law().index();
                       }) &&
           launcher_.slices(fleet.workers, launcher_.shape(iterations)) == 1;
  }

  /// Launches fused_kernel for the only fleet. @pre is_fused() (needs all fleets; FusedPipeline asks it)
  void launch_fused(PlannedFleet const& fleet, IterationRange iterations) {
    std::visit(
        [&]<class Sampler>(Sampler const&) {
          if (fleet.kinds.size() == 1)
            launch_fused<Sampler, 1>(fleet, iterations);
          else if constexpr (most_fused_kinds<Sampler> == 2)
            launch_fused<Sampler, 2>(fleet, iterations);
        },
        fleet.kinds.front().law());
  }

  /// Takes the workers of one fleet after the other, and makes runtimes of the extremes at each.
  /// @param pairs  number of pairs of rows that there are, >= 1
  void run(LaunchIterations launch, std::vector<PlannedFleet const*> const& fleets, std::size_t pairs) {
    LaunchShape const over = launcher_.shape(launch);
    std::uint64_t taken = 0;  ///< workers whose extremes are in pair `last`
    std::size_t last = 0;
    for (std::size_t begin = 0; begin < fleets.size();) {
      std::size_t end = begin + 1;
      if (launcher_.slices(fleets[begin]->workers - taken, over) > 1) {
        launch_slices(launch, taken, fleets[begin]->workers, launcher_.rows().extremes(last));
        launch_extremes({&fleets[begin], 1}, last, launch);
      } else {
        while (end < fleets.size() && end - begin < pairs &&
               launcher_.slices(fleets[end]->workers - fleets[end - 1]->workers, over) == 1)
          ++end;
        std::span<PlannedFleet const* const> const together{&fleets[begin], end - begin};
        launch_prefix(launch, taken, launcher_.rows().extremes(last), together);
        launch_extremes(together, 0, launch);
        last = end - begin - 1;
      }
      taken = fleets[end - 1]->workers;
      begin = end;
    }
  }

 private:
  template <class Sampler, unsigned Count>
  void launch_fused(PlannedFleet const& fleet, IterationRange iterations) {
    Kinds<ExtremeKind<Sampler>, Count> kinds;
    for (unsigned k = 0; k < Count; ++k) {
      PlannedKind const& kind = fleet.kinds[k];
      kinds.kind[k] = {launcher_.template runtime<Sampler>(kind),
                       kind.rank == fleet.workers ? Extreme::slowest : Extreme::fastest};
    }
    LaunchShape const over = launcher_.shape(iterations);
    launcher_.queue().launch(over.blocks, 1, over.threads, fused_kernel<Sampler, Count>, stream_, iterations,
                             static_cast<std::uint32_t>(fleet.workers), kinds);
  }

  /// Takes workers first .. last - 1 into a row, in slices.
  void launch_slices(LaunchIterations launch, std::uint64_t first, std::uint64_t last, WordRow row) {
    if (first == 0) {
      launcher_.queue().fill(row.smallest, 0xff, launch.count * sizeof(std::uint32_t));
      launcher_.queue().fill(row.largest, 0, launch.count * sizeof(std::uint32_t));
    }
    LaunchShape const over = launcher_.shape(launch);
    auto const blocks = static_cast<std::uint32_t>((last + 3) / 4 - first / 4);
    unsigned const most = launcher_.slices(last - first, over);
    std::uint32_t const slice_blocks = (blocks + most - 1) / most;
    launcher_.queue().launch(over.blocks, (blocks + slice_blocks - 1) / slice_blocks, over.threads,
                             slices_kernel, stream_, launch, static_cast<std::uint32_t>(first),
                             static_cast<std::uint32_t>(last), slice_blocks, row);
  }

  /// Leaves the extremes of the fleets in pairs 0, 1, .. of rows.
  void launch_prefix(LaunchIterations launch, std::uint64_t taken, WordRow before,
                     std::span<PlannedFleet const* const> fleets) {
    FleetSizes sizes{static_cast<std::uint32_t>(fleets.size()), {}};
    for (std::size_t f = 0; f < fleets.size(); ++f)
      sizes.workers[f] = static_cast<std::uint32_t>(fleets[f]->workers);
    LaunchShape const over = launcher_.shape(launch);
    launcher_.queue().launch(over.blocks, 1, over.threads, prefix_kernel, stream_, launch,
                             static_cast<std::uint32_t>(taken), before, sizes, launcher_.rows().extremes(0),
                             2 * launcher_.rows().length());
  }

  /// Makes runtimes of the extremes of fleets, which are in pairs first_pair, first_pair + 1, .. of rows.
  void launch_extremes(std::span<PlannedFleet const* const> fleets, std::size_t first_pair,
                       LaunchIterations launch) {
    std::vector<typename RuntimeLauncher<Queue>::FilledRow> filled;
    for (std::size_t f = 0; f < fleets.size(); ++f)
      for (PlannedKind const& kind : fleets[f]->kinds) {
        WordRow const row = launcher_.rows().extremes(first_pair + f);
        if (fleets[f]->is_extreme(kind))
          filled.push_back({&kind, kind.rank == fleets[f]->workers ? row.smallest : row.largest});
      }
    launcher_.template launch_runtimes<WordKind>(stream_, launch, filled);
  }

  RuntimeLauncher<Queue>& launcher_;
  Stream stream_;
};

}  // namespace dsgd::kernels
