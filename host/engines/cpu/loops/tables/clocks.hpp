/// The inner loop of strategies that follow the workers' clocks, compiled once per instruction set. It takes
/// replications side by side, one per lane, and in each one arrival at a time.
#pragma once

#include <cstdint>

#include "engines/cpu/loops/tables/words.hpp"

namespace dsgd {

/// Number of workers of a family in a large fleet.
inline constexpr std::uint32_t large_family = 8;

/// Who begins a job after an arrival.
enum class LaneRule {
  at_once,        ///< whoever has arrived
  at_update,      ///< nobody, or at an update all whose gradients enter it
  all_at_update,  ///< whoever has arrived, or at an update all
  all_together,   ///< nobody, or at an update all
  within_bound,  ///< whoever is not too far ahead of the slowest; those that wait for these, once they have caught up
};

/// True where the gradients' workers have to be known until the update. @param rule  of all lanes
constexpr bool keeps_waiting(LaneRule rule) { return rule == LaneRule::at_update; }

/// Some replications in the middle of their run. In every one an update comes after the same number of
/// arrivals, so that they all have their updates together.
///
/// Arrays are [families][lanes][family] unless said otherwise, and a slot is a place in them: the next
/// arrival is searched among the heads of families, and a family's head is found anew when one of its keys
/// has changed. In small fleets each worker is a family.
///
/// A key is a time and a worker in one integer, ticks 2^worker_bits + worker: the smallest is the next
/// arrival, and of arrivals at the same tick that of the lower worker.
struct ClockLanes {
  static constexpr std::uint32_t jobs_ahead = 8;  ///< two blocks of Philox

  std::uint32_t workers;
  std::uint32_t family, families;  ///< workers of a family, 1 or large_family; the last may have fewer
  std::uint32_t active;            ///< lanes that hold a replication: the first ones
  int worker_bits;
  std::uint32_t worker_mask;  ///< worker_bits ones
  std::uint64_t gradients;    ///< arrivals per update
  std::uint64_t head_start;   ///< by which all workers arrive earlier after a restart, in keys

  std::uint64_t* keys;      ///< next arrival of each worker
  std::uint64_t* heads;     ///< [families][lanes], smallest key of each; the keys where families are workers
  std::uint64_t* delays;    ///< [slot][jobs_ahead], delay of job n at n mod jobs_ahead, in keys
  std::uint64_t* progress;  ///< jobs begun, and 2^32 times the updates that the last of them has seen
  std::uint64_t* arrivals;  ///< [lanes], keys of the last arrivals
  std::uint64_t* updated;   ///< [lanes], ticks at the last update
  std::uint32_t* waiting;   ///< [gradients][lanes], workers that wait for the update; for LaneRule::at_update
  std::uint64_t arrived;    ///< gradients, since the last update
  std::uint32_t updates;

  // For LaneRule::within_bound.
  std::uint32_t staleness;     ///< jobs that a worker may be ahead of the slowest and go on
  std::uint32_t* least_ended;  ///< [lanes], the fewest jobs that a worker has ended
  std::uint32_t* slowest;      ///< [lanes], how many workers have ended so few
  std::uint32_t* ended;        ///< [lanes][workers], jobs that each has ended
  std::uint32_t* held;         ///< [lanes][workers], those that wait until the slowest has ended a job more
  std::uint32_t* held_count;   ///< [lanes], how many they are

  // What advance() puts out. The caller clears it.
  std::uint64_t* requests;  ///< 2^32 block + slot: a block of four jobs to draw for a slot, which has used
                            ///< up the block two before
  std::uint32_t request_count;
  std::uint64_t* durations;  ///< [updates][lanes], ticks
  std::uint32_t duration_rows;
  std::uint64_t* stalenesses;  ///< how many gradients were stale by so many updates, below staleness_limit
  std::uint32_t* late;         ///< all other stalenesses, one by one
  std::uint32_t staleness_limit, late_count;
};

/// Number of arrivals that one call may advance by: a block of four jobs that is asked for at the first is
/// not needed before the sixth.
inline constexpr std::uint32_t max_arrivals_at_once = 5;

/// Key of a worker that waits; larger than all others, which are below 2^62.
inline constexpr std::uint64_t waiting_key = std::uint64_t{1} << 62;

/// Smallest key of an arrival. Keys are compared as doubles of the same bits, as every set can; from here on
/// these are normal numbers.
inline constexpr std::uint64_t first_key = std::uint64_t{1} << 52;

struct ClockLoops {
  std::uint32_t lanes;  ///< replications side by side, a power of two

  /// Advances every replication by some arrivals. Durations and stalenesses are put out where `measured`.
  void (*advance)(ClockLanes& state, LaneRule rule, std::uint32_t arrivals, bool measured);

  /// words[j count + i] = word of job 4 blocks[i] + j of a worker in a replication, j = 0 .. 3.
  /// @pre count is a multiple of max_granule (CpuClocks pads its requests)
  void (*draw_jobs)(PhiloxPlan const& plan, std::uint32_t stream, std::uint32_t const* blocks,
                    std::uint32_t const* workers, std::uint32_t const* replications, std::uint32_t count,
                    std::uint32_t* words);
};

}  // namespace dsgd
