/// The kernels of races: a thread follows a replication, for some time in each launch.
#pragma once

#include <cstdint>

#include "dsgd/engine/engine.hpp"
#include "kernels/device/unroll.hpp"
#include "kernels/race/clocks.cuh"
#include "kernels/race/replication.cuh"
#include "kernels/race/rounds.cuh"

namespace dsgd::kernels {

inline constexpr unsigned race_threads = 128;  ///< per block of a launch, at most
inline constexpr unsigned race_blocks = 5;     ///< blocks that share a multiprocessor: 96 registers a thread

/// How replications are followed from one launch to the next.
template <class Follow>
__device__ void follow_race(IterationRange launch, DeviceRace const& race, RaceRows const& rows,
                            RaceCounts const& counts, std::uint32_t turns) {
  for (std::uint64_t i = blockIdx.x * blockDim.x + threadIdx.x; i < launch.count;
       i += gridDim.x * blockDim.x) {
    RacedReplication replication(race, rows, counts, launch.first, static_cast<std::uint32_t>(i));
    Follow const follow(race, replication);
    DSGD_NO_UNROLL for (std::uint32_t turn = 0; turn < turns && !replication.state().is_finished; ++turn)
        follow();
    replication.store();
  }
}

/// Begins replications at time 0. gridDim.y is 1.
inline __global__ void __launch_bounds__(race_threads, race_blocks)
    race_starts_kernel(IterationRange launch, DeviceRace race, RaceRows rows, RaceCounts counts) {
  for (std::uint64_t i = blockIdx.x * blockDim.x + threadIdx.x; i < launch.count;
       i += gridDim.x * blockDim.x) {
    RacedReplication replication(race, rows, counts, launch.first, static_cast<std::uint32_t>(i));
    replication.start();
    if (race.rule.form == RaceRule::clocks) RaceClocks(race, replication).start();
    replication.store();
  }
}

/// Takes every replication on by some rounds, at each of which all workers begin anew. gridDim.y is 1.
/// @param turns  rounds of this launch
inline __global__ void __launch_bounds__(race_threads, race_blocks)
    race_rounds_kernel(IterationRange launch, DeviceRace race, RaceRows rows, RaceCounts counts,
                       std::uint32_t turns) {
  follow_race<RaceRounds>(launch, race, rows, counts, turns);
}

/// Takes every replication on by some arrivals of workers. gridDim.y is 1.
/// @param turns  arrivals of this launch
inline __global__ void __launch_bounds__(race_threads, race_blocks)
    race_clocks_kernel(IterationRange launch, DeviceRace race, RaceRows rows, RaceCounts counts,
                       std::uint32_t turns) {
  follow_race<RaceClocks>(launch, race, rows, counts, turns);
}

}  // namespace dsgd::kernels
