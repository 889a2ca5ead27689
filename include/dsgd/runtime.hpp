/// What the runtime of an iteration is, as a function of delays: the few forms that all strategies come down
/// to, and all that an engine knows of a strategy.
#pragma once

#include <cstdint>
#include <variant>

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
  enum class Rule {
    arrivals,  ///< an update every `gradients` arrivals; who has arrived goes on at once
    workers,   ///< an update once `gradients` workers have arrived; they wait for it, the others go on
    restart,   ///< an update every `gradients` arrivals, at which every worker begins anew
  } rule;
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
  return clocks == nullptr || clocks->rule == Clocks::Rule::restart;
}

}  // namespace dsgd
