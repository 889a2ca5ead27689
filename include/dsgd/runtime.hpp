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
};

/// The delay of the rank-th fastest worker, which is itself drawn in place of the workers; see
/// order_statistics/.
struct SampledOrderStatistic {
  std::uint64_t rank;  ///< 1 = fastest, workers = slowest
};

using Runtime = std::variant<OrderStatistic, SlowestSum, Clocks, SampledOrderStatistic>;

/// True where iterations are independent: not where workers go on from one update to the next.
inline bool are_independent(Runtime const& form) {
  auto const* const clocks = std::get_if<Clocks>(&form);
  return clocks == nullptr || all_restart(clocks->rule);
}

}  // namespace dsgd
