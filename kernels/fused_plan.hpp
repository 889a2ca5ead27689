/// What engine `cuda` launches for a block of iterations: pure decisions, without a device.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "dsgd/point.hpp"
#include "observable_groups.hpp"

namespace dsgd::kernels {

/// Observables that are the same runtimes: one sum serves them all.
struct PlannedKind {
  LawSampler law;
  RuntimeTicks ticks;
  std::vector<std::size_t> observables;  ///< numbers in the batch
  std::size_t number = 0;                ///< of the kind, counted through all fleets
};

/// All kinds of runtimes at one number of workers.
struct PlannedFleet {
  std::uint32_t workers;
  std::vector<PlannedKind> kinds;
};

/// @param observables  ascending in workers
/// @throws Error usage for an order statistic that is neither the largest nor the smallest
inline std::vector<PlannedFleet> plan_fleets(std::span<Observable const> observables) {
  std::vector<PlannedFleet> fleets;
  for (std::size_t i = 0; i < observables.size(); ++i) {
    Observable const& observable = observables[i];
    RuntimeTicks const ticks = runtime_ticks(observable);
    if (fleets.empty() || fleets.back().workers != observable.workers)
      fleets.push_back({static_cast<std::uint32_t>(observable.workers), {}});
    std::vector<PlannedKind>& kinds = fleets.back().kinds;
    auto kind = std::find_if(kinds.begin(), kinds.end(), [&](PlannedKind const& other) {
      return other.ticks == ticks && same_law(other.law, observable.law);
    });
    if (kind == kinds.end()) kind = kinds.insert(kind, {observable.law, ticks, {}, 0});
    kind->observables.push_back(i);
  }
  std::size_t number = 0;
  for (PlannedFleet& fleet : fleets)
    for (PlannedKind& kind : fleet.kinds) kind.number = number++;
  return fleets;
}

/// Size of a launch over iterations.
struct LaunchShape {
  unsigned blocks;   ///< of threads, over the iterations
  unsigned threads;  ///< per block
};

/// Blocks of threads that a launch should have where it can: 8 fit into a multiprocessor at a time, and 16
/// times as many even out the end.
constexpr std::uint64_t wanted_blocks(unsigned multiprocessors) {
  return std::uint64_t{16} * 8 * multiprocessors;
}

/// @param iterations             of the launch, >= 1
/// @param most_threads           per block, a multiple of 32
constexpr LaunchShape launch_shape(std::uint64_t iterations, unsigned iterations_per_thread,
                                   unsigned most_threads, unsigned multiprocessors) {
  std::uint64_t const useful_threads = (iterations + iterations_per_thread - 1) / iterations_per_thread;
  auto const threads =
      static_cast<unsigned>(std::min<std::uint64_t>(most_threads, (useful_threads + 31) / 32 * 32));
  std::uint64_t const turns = (useful_threads + threads - 1) / threads;
  return {static_cast<unsigned>(std::min(turns, wanted_blocks(multiprocessors))), threads};
}

/// Into how many slices the workers go, where the iterations alone are too few for the device.
/// @param workers  to be taken
/// @return         1: threads over iterations are enough, or the workers too few to be split
constexpr unsigned slice_count(std::uint32_t workers, LaunchShape shape, unsigned multiprocessors) {
  constexpr std::uint32_t least_workers =
      256;  // of a slice: 64 turns of the loop hide the atomics at its end
  constexpr std::uint64_t most_slices = 65535;  // gridDim.y
  return static_cast<unsigned>(
      std::clamp<std::uint64_t>(wanted_blocks(multiprocessors) / shape.blocks, 1,
                                std::min<std::uint64_t>(std::max(workers / least_workers, 1u), most_slices)));
}

}  // namespace dsgd::kernels
