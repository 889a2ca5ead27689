/// Who may begin a job under bounded staleness.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dsgd {

/// Counts the jobs that workers have ended: a worker may begin its next one while it has ended at most
/// `staleness` more than the slowest. Whoever is further ahead waits for it.
/// Source: Ho et al., "More Effective Distributed ML via a Stale Synchronous Parallel Parameter Server", 2013.
class StalenessBound {
 public:
  /// All workers have begun their first jobs. @param workers  >= 1
  StalenessBound(std::uint64_t staleness, std::uint64_t workers)
      : staleness_(staleness), ended_(workers), slowest_(workers) {}

  /// Counts the end of a worker's job, which it had been allowed to begin.
  /// @return who may begin a job now: the worker itself, or those that waited for it; valid until the next call
  std::span<std::uint32_t const> end_job(std::uint32_t worker);

 private:
  std::uint64_t staleness_;
  std::vector<std::uint64_t> ended_;  ///< jobs, per worker
  std::uint64_t least_ended_ = 0;     ///< the fewest jobs that a worker has ended
  std::size_t slowest_;               ///< workers that have ended no more
  std::vector<std::uint32_t> ahead_;  ///< workers that wait for the slowest
  std::vector<std::uint32_t> may_begin_;
};

}  // namespace dsgd
