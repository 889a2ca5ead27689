/// Replications of a race, in the memory of a device.
#pragma once

#include <cstddef>
#include <cstdint>

#include "dsgd/race/summary.hpp"
#include "kernels/race/task.cuh"

namespace dsgd::kernels {

/// What a replication remembers from launch to launch beside its model and its workers.
struct RaceState {
  double time;  ///< of the last arrival, or of the last round's end
  RaceProgress progress;
  std::uint64_t served;                  ///< updates of the server
  std::uint64_t arrived;                 ///< gradients since the last update
  std::uint64_t staleness;               ///< sum over these, in updates
  std::uint64_t least_ended;             ///< the fewest jobs that a worker has ended
  std::uint32_t slowest;                 ///< workers that have ended no more
  std::uint32_t next_time, next_update;  ///< that are to be measured
  std::uint32_t first_step;              ///< of those that are replayed, from 0
  bool has_reached;                      ///< the target
  bool is_finished;                      ///< true where nothing is left to measure
};

/// Arrays of a launch's replications; neighbouring replications are neighbours.
struct RaceRows {
  std::uint64_t replications;
  RaceState* states;        ///< [replications]
  double* models;           ///< [directions][replications]
  double* sums;             ///< [directions][replications], of the gradients since the last update
  double* ends;             ///< [workers][replications], of jobs; infinity where a worker waits
  double* taken;            ///< [workers][directions][replications], models of which gradients are computed
  std::uint64_t* versions;  ///< [workers][replications], updates that a worker's model had seen
  std::uint64_t* jobs;      ///< [workers][replications], begun

  /// Bytes of a replication. @param follows_clocks  true where workers go on from job to job
  static constexpr std::uint64_t bytes(std::uint64_t workers, std::uint64_t directions, bool follows_clocks) {
    std::uint64_t const of_a_worker = follows_clocks ? 3 + directions : 1;
    return sizeof(RaceState) + (2 * directions + workers * of_a_worker) * sizeof(double);
  }
};

/// Divides memory for replications. What a form of updates does not use lies behind the end.
/// @param memory  replications x RaceRows::bytes() bytes, aligned to 8 bytes
inline RaceRows race_rows(std::byte* memory, std::uint64_t replications, std::uint64_t workers,
                          std::uint64_t directions) {
  auto* const states = reinterpret_cast<RaceState*>(memory);
  auto* const models = reinterpret_cast<double*>(states + replications);
  double* const sums = models + directions * replications;
  double* const ends = sums + directions * replications;
  double* const taken = ends + workers * replications;
  auto* const versions = reinterpret_cast<std::uint64_t*>(taken + workers * directions * replications);
  return {replications, states, models, sums, ends, taken, versions, versions + workers * replications};
}

}  // namespace dsgd::kernels
