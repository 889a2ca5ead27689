/// Batches that follow clocks, and their definition, for engines on GPUs.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/observable.hpp"
#include "dsgd/point.hpp"
#include "tests/support/clock_rules.hpp"

namespace dsgd::test {

/// Updates of a replication, fewer than those of a sweep.
struct ShortPlan {
  std::uint64_t warm_up, updates;
};

/// Every rule for each fleet, where the fleet has workers enough for it.
inline Batch clock_batch_of(std::vector<Fleet> const& fleets, std::vector<Clocks> const& rules,
                            ShortPlan length, bool quantiles = false) {
  bool const shares_draws = fleets.front().workers() != fleets.back().workers();
  Batch batch{clock_stream(7, fleets.front().workers(), shares_draws), {}};
  for (Fleet const& fleet : fleets)
    for (Clocks const& rule : rules) {
      if (they_wait(rule.rule) && rule.gradients > fleet.workers()) continue;
      Point point{fleet, KBatchAsync{Share{1}}, 1000, batch.stream};
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

/// Every rule for equal workers, at some numbers of them.
inline Batch clock_batch(std::vector<std::uint64_t> const& workers, std::vector<Law> const& laws,
                         std::vector<Clocks> const& rules, ShortPlan length, bool quantiles = false) {
  std::vector<Fleet> fleets;
  for (std::uint64_t const m : workers)
    for (Law const& law : laws) fleets.emplace_back(law, m);
  return clock_batch_of(fleets, rules, length, quantiles);
}

/// Fleets of one number of workers: of all the laws, of a law of each worker's own, and of two laws that
/// differ by much.
/// @param laws  two or more
inline std::vector<Fleet> unequal_fleets(std::vector<Law> const& laws) {
  std::vector<FleetGroup> mixed, own;
  for (std::size_t i = 0; i < laws.size(); ++i) mixed.push_back({1 + i % 3, laws[i]});
  std::uint64_t const workers = Fleet(mixed).workers();
  for (std::uint64_t i = 0; i < workers; ++i) own.push_back({1, Exponential{1 + static_cast<double>(i)}});
  return {Fleet(mixed), Fleet(own), Fleet({{workers - 1, Exponential{1e6}}, {1, ShiftedExponential{3, 1}}})};
}

/// Fleets that follow measured steps in their order: of few steps and of many, with ties, and of workers that are all alike.
inline std::vector<Fleet> replayed_fleets(std::size_t workers) {
  std::vector<Fleet> fleets;
  for (std::size_t const steps : {2u, 5u, 97u})
    for (double const spread : {1.0, 40.0, 0.0}) {
      std::vector<double> times;
      for (std::size_t i = 0; i < workers * steps; ++i)
        times.push_back(1 + static_cast<double>(i % workers) * (spread > 0 ? 0.5 : 0) +
                        spread * static_cast<double>(i * i % 13) / 13 + static_cast<double>(i / workers % 3));
      Replay replay;
      replay.set_times(workers, std::move(times));
      fleets.emplace_back(std::make_shared<Replay const>(std::move(replay)));
    }
  return fleets;
}

/// One, some and many gradients an update under every rule.
inline std::vector<Clocks> clock_rules(std::uint64_t workers) {
  std::vector<Clocks> rules;
  for (ClockRule const& rule : every_rule())
    for (std::uint64_t const gradients : {std::uint64_t{1}, std::uint64_t{2}, workers, 2 * workers + 1})
      rules.push_back({rule, gradients});
  return rules;
}

/// The same batch of workers that are slow for a while.
inline Batch with_stragglers(Batch batch, Stragglers const& stragglers) {
  for (Observable& seen : batch.observables) {
    std::get<Clocks>(seen.runtime).straggles = true;
    seen.stragglers = stragglers;
    seen.plan.under_way = false;
    seen.residuals.reset();
  }
  return batch;
}

/// Leaves out the observables that follow no clocks: `k-async` of all workers is `sync`.
inline Batch keep_clocks(Batch batch) {
  std::erase_if(batch.observables,
                [](Observable const& seen) { return !std::holds_alternative<Clocks>(seen.runtime); });
  return batch;
}

}  // namespace dsgd::test
