#pragma once

#include <concepts>

#include "dsgd/host_device.hpp"

namespace dsgd {

/// When a worker whose gradient has arrived begins its next job, where the number of arrivals since the last
/// update says it.
enum class NextJob {
  at_once,        ///< when the gradient has arrived
  at_update,      ///< at the update that the gradient enters
  all_at_update,  ///< at once; but an update begins the jobs of all workers anew
};

// Loops ask these, and do not compare values: a new one has to be decided here before anything compiles.

/// True where a worker waits for the update that its gradient enters.
DSGD_HD constexpr bool waits(NextJob next) {
  switch (next) {
    case NextJob::at_once:
    case NextJob::all_at_update:
      return false;
    case NextJob::at_update:
      return true;
  }
  return false;
}

/// True where an update begins the jobs of all workers anew.
DSGD_HD constexpr bool begins_all(NextJob next) {
  switch (next) {
    case NextJob::at_once:
    case NextJob::at_update:
      return false;
    case NextJob::all_at_update:
      return true;
  }
  return false;
}

/// A rule of clocks under which the number of arrivals since the last update says who begins a job. Then the
/// same number of workers begin in every replication, and fast engines follow replications side by side. Any
/// other rule is followed by the definition alone.
template <class Rule>
concept CountedRule = requires {
  { Rule::next_job } -> std::convertible_to<NextJob>;
};

}  // namespace dsgd
