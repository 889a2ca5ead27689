/// Replications that follow clocks, in the memory of a device.
#pragma once

#include <cstddef>
#include <cstdint>

#include "dsgd/engine/engine.hpp"

namespace dsgd::kernels {

inline constexpr unsigned clock_threads = 128;  ///< per block of a launch, at most
inline constexpr unsigned clock_blocks = 8;     ///< blocks that share a multiprocessor: 64 registers a thread

/// Replications of a launch.
using LaunchReplications = IterationRange;

/// Calls body(offset) for every replication of a thread, numbered from the launch's first.
template <class Body>
__device__ void for_own_replications(LaunchReplications launch, Body const& body) {
  for (std::uint32_t i = blockIdx.x * blockDim.x + threadIdx.x; i < launch.count; i += gridDim.x * blockDim.x)
    body(i);
}

/// A worker's next arrival.
struct ClockArrival {
  unsigned long long time;  ///< ticks, modulo 2^64
  std::uint32_t worker;
};

/// True where arrival a is earlier than b; at the same tick, that of the lower worker is. Delays are below
/// 2^63 ticks, so that all next arrivals of a replication lie within 2^63 of each other, and their order is
/// known modulo 2^64.
inline __device__ bool is_earlier(ClockArrival const& a, ClockArrival const& b) {
  auto const ahead = static_cast<long long>(a.time - b.time);
  return ahead < 0 || (ahead == 0 && a.worker < b.worker);
}

/// What a replication remembers from step to step: times in ticks modulo 2^64, and how often time has passed
/// 2^64.
enum ClockWord : std::uint32_t {
  now,          ///< time of the last arrival
  turns,        ///< how often `now` has passed 2^64
  updated,      ///< time of the last update
  started,      ///< time at which the measured updates begin
  start_turns,  ///< how often `started` has passed 2^64
  going,        ///< workers whose job is under way, where workers wait for the slowest
  slowest,      ///< workers that have ended the fewest jobs
  least_ended,  ///< jobs that these have ended
  first_step,   ///< of those that are replayed, where job 0 of all workers is
  discarded,    ///< updates before the warm-up, where steps are replayed
  clock_words
};

/// Replications side by side. The next arrivals of each are a heap, in which an arrival has four children:
/// they stand in one group, which is one sector of memory for the times and half of one for the workers, and
/// groups of neighbouring replications are neighbours. Node 0, the earliest, is the last of group 0, and the
/// children of node n are group n + 1. All arrays have fewer than 2^32 elements.
struct ClockRows {
  static constexpr std::uint32_t arity = 4;

  std::uint32_t replications;
  unsigned long long* times;     ///< [groups][replications][arity], of arrivals
  std::uint32_t* workers;        ///< [groups][replications][arity], of arrivals
  unsigned long long* progress;  ///< [workers][replications], see JobProgress
  unsigned long long* words;     ///< [clock_words][replications]
  std::uint32_t* are_slow;  ///< [workers][replications], see StragglingJobs; no memory where none is ever
  unsigned long long* durations;  ///< [measured updates of a step][replications], ticks

  __device__ unsigned long long& progress_of(std::uint32_t worker, std::uint32_t replication) const {
    return progress[worker * replications + replication];
  }
  __device__ unsigned long long& word(ClockWord which, std::uint32_t replication) const {
    return words[which * replications + replication];
  }

  /// Groups of a heap of all workers.
  static constexpr std::uint64_t groups(std::uint64_t workers) { return (workers + 2) / arity + 1; }

  /// Bytes of the workers' states, in whole words.
  static constexpr std::uint64_t state_bytes(std::uint64_t workers, bool straggle) {
    return straggle ? (workers + 1) / 2 * sizeof(unsigned long long) : 0;
  }

  static constexpr std::uint64_t bytes_per_replication(std::uint64_t workers, std::uint64_t updates,
                                                       bool straggle) {
    constexpr std::uint64_t arrival_bytes = sizeof(unsigned long long) + sizeof(std::uint32_t);
    return groups(workers) * arity * arrival_bytes + state_bytes(workers, straggle) +
           (workers + clock_words + updates) * sizeof(unsigned long long);
  }
};

/// Divides memory for replications.
/// @param memory    replications x bytes_per_replication() bytes, aligned to 32 bytes
/// @param straggle  true where workers are slow for a while
inline ClockRows clock_rows(std::byte* memory, std::uint32_t replications, std::uint64_t workers,
                            bool straggle) {
  std::uint64_t const arrivals = ClockRows::groups(workers) * ClockRows::arity * replications;
  auto* const times = reinterpret_cast<unsigned long long*>(memory);
  auto* const of_workers = reinterpret_cast<std::uint32_t*>(times + arrivals);
  auto* const progress = reinterpret_cast<unsigned long long*>(of_workers + arrivals);
  unsigned long long* const words = progress + workers * replications;
  auto* const are_slow = reinterpret_cast<std::uint32_t*>(words + clock_words * std::uint64_t{replications});
  auto* const durations = reinterpret_cast<unsigned long long*>(
      reinterpret_cast<std::byte*>(are_slow) + ClockRows::state_bytes(workers, straggle) * replications);
  return {replications, times, of_workers, progress, words, are_slow, durations};
}

/// One word that holds how many jobs a worker has begun, and how many updates the model of the last one had
/// seen.
struct JobProgress {
  static constexpr int job_bits = 34;  ///< bits for the jobs, as in a job's address
  static constexpr std::uint32_t update_mask = (1u << 30) - 1;

  static __device__ unsigned long long of(std::uint64_t jobs, std::uint32_t updates) {
    return std::uint64_t{updates} << job_bits | jobs;
  }
  static __device__ std::uint64_t jobs(unsigned long long progress) {
    return progress & ((std::uint64_t{1} << job_bits) - 1);
  }
  /// Updates since the worker's last job began, fewer than 2^30.
  static __device__ std::uint32_t staleness(unsigned long long progress, std::uint32_t updates) {
    return (updates - static_cast<std::uint32_t>(progress >> job_bits)) & update_mask;
  }
};

}  // namespace dsgd::kernels
