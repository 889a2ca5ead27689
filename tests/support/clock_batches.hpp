/// Batches that follow clocks, and their definition, for engines on GPUs.
#pragma once

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/observable.hpp"
#include "dsgd/point.hpp"
#include "engines/definition/clock_replication.hpp"
#include "tests/support/clock_rules.hpp"

namespace dsgd::test {

/// Updates of a replication, fewer than those of a sweep.
struct ShortPlan {
  std::uint64_t warm_up, updates;
};

/// Every rule with some numbers of gradients, at some numbers of workers.
inline Batch clock_batch(std::vector<std::uint64_t> const& workers, std::vector<Law> const& laws,
                         std::vector<Clocks> const& rules, ShortPlan length, bool quantiles = false) {
  Batch batch{clock_stream(7, workers.front(), workers.size() > 1), {}};
  for (std::uint64_t const m : workers)
    for (Law const& law : laws)
      for (Clocks const& rule : rules) {
        if (they_wait(rule.rule) && rule.gradients > m) continue;
        Point point{law, KBatchAsync{Share{1}}, m, 1000, batch.stream};
        point.quantiles = quantiles;
        Observable seen = observable(point);
        seen.runtime = rule;
        seen.plan.warm_up = length.warm_up;
        seen.plan.updates = length.updates;
        if (all_restart(rule.rule)) {
          seen.plan.under_way = false;
          seen.residuals.reset();
        }
        batch.observables.push_back(std::move(seen));
      }
  return batch;
}

/// One, some and many gradients an update under every rule.
inline std::vector<Clocks> clock_rules(std::uint64_t workers) {
  std::vector<Clocks> rules;
  for (ClockRule const& rule : counted_rules())
    for (std::uint64_t const gradients : {std::uint64_t{1}, std::uint64_t{2}, workers, 2 * workers + 1})
      rules.push_back({rule, gradients});
  return rules;
}

/// Leaves out the observables that follow no clocks: `k-async` of all workers is `sync`.
inline Batch keep_clocks(Batch batch) {
  std::erase_if(batch.observables,
                [](Observable const& seen) { return !std::holds_alternative<Clocks>(seen.runtime); });
  return batch;
}

/// What engine `reference` makes of a batch.
inline std::vector<Summary> clock_definition(Batch const& batch, IterationRange replications) {
  std::vector<Summary> summaries(batch.observables.size());
  for (std::size_t i = 0; i < summaries.size(); ++i)
    for (std::uint64_t n = 0; n < replications.count; ++n)
      add_replication(batch.stream, replications.first + n, batch.observables[i], summaries[i]);
  return summaries;
}

}  // namespace dsgd::test
