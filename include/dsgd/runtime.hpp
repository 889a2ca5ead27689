/// What the runtime of an iteration is, as a function of delays: the few forms that all strategies come down
/// to, and all that an engine knows of a strategy.
#pragma once

#include <cstdint>
#include <variant>

#include "dsgd/clock/rule/list.hpp"

namespace dsgd {

/// The delay of the rank-th fastest worker, every worker drawing a fresh delay in every iteration.
struct OrderStatistic {
  std::uint64_t rank;  ///< 1 = fastest, workers = slowest
};

/// The largest of the workers' sums of `steps` fresh delays each. Worker w draws numbers w steps ..
/// w steps + steps - 1.
struct SlowestSum {
  std::uint32_t steps;  ///< >= 1
};

/// The time between updates that follow the workers' clocks: a worker's next job begins when the rule says so
/// and takes a fresh delay. They are simulated as independent replications; see clock/plan.hpp.
struct Clocks {
  ClockRule rule;
  std::uint64_t gradients;  ///< mini-batches that enter an update, >= 1
  bool served = false;      ///< true where updates pass a server, one at a time (Observable::server)
  bool straggles =
      false;  ///< true where a worker's delay depends on the jobs before (Observable::stragglers)
};

/// The delay of the rank-th fastest worker, which is itself drawn in place of the workers; see
/// order_statistics/.
struct SampledOrderStatistic {
  std::uint64_t rank;  ///< 1 = fastest, workers = slowest
};

/// The delay of the rank-th fastest worker, or a deadline where that is later, but never longer than the
/// slowest worker's. Delays are drawn as for order statistics.
struct Deadlined {
  std::uint64_t rank;  ///< that is waited for in any case: 1 = fastest, workers = slowest
  double deadline;     ///< time units, >= 0; in an Observable beyond the smallest origin
};

/// The rank-th fastest of the workers' delays where some are drawn once more: a worker that still runs when its
/// copy begins counts with the earlier of both. Copies begin together, once all that is named here has passed.
/// The copy of a worker takes a delay of another one, each equally likely. Worker w draws number w, its copy
/// number first_copy + w, and where workers are unequal number 2 first_copy + w is who the other one is.
struct Copied {
  std::uint64_t rank;     ///< 1 = fastest, workers = slowest
  double after;           ///< time units, >= 0
  std::uint64_t arrived;  ///< workers that have arrived, in [0, workers]
  double factor;          ///< so many times the median delay of those workers, >= 0; 0 where arrived is
  double origin = 0;      ///< the smallest origin of a delay, set in an Observable

  friend bool operator==(Copied const&, Copied const&) = default;
};

inline constexpr std::uint64_t first_copy = std::uint64_t{1} << 24;  ///< no worker has so large a number

using Runtime = std::variant<OrderStatistic, SlowestSum, Clocks, SampledOrderStatistic, Deadlined, Copied>;

/// True where iterations are independent: not where workers go on from one update to the next.
inline bool are_independent(Runtime const& form) {
  auto const* const clocks = std::get_if<Clocks>(&form);
  return clocks == nullptr || (all_restart(clocks->rule) && !clocks->straggles);
}

/// True where workers go on from one update to the next, so that gradients may be stale.
inline bool goes_on(Runtime const& form) {
  auto const* const clocks = std::get_if<Clocks>(&form);
  return clocks != nullptr && !all_restart(clocks->rule);
}

}  // namespace dsgd
