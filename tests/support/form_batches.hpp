/// Batches of every form of runtime that GPU engines serve beside extremes.
#pragma once

#include <cstdint>
#include <vector>

#include "dsgd/engine/engine.hpp"
#include "dsgd/observable.hpp"
#include "dsgd/point.hpp"

namespace dsgd::test {

/// Observables of some strategies and laws at some numbers of workers, left out where they do not fit.
inline Batch strategy_batch(Stream stream, std::vector<std::uint64_t> const& workers,
                            std::vector<Strategy> const& strategies,
                            std::vector<Law> const& laws = {Exponential{2.0}}, bool quantiles = false,
                            Sampling sampling = Sampling::workers) {
  Batch batch{stream, {}};
  for (std::uint64_t const m : workers)
    for (Law const& law : laws)
      for (Strategy const& strategy : strategies) {
        if (!fits(strategy, m)) continue;
        Point point{{law, m}, strategy, 1, stream};
        point.quantiles = quantiles;
        point.sampling = sampling;
        batch.observables.push_back(observable(point));
      }
  return batch;
}

/// Observables of some strategies of a fleet whose workers are not alike.
inline Batch fleet_batch(Stream stream, std::vector<Strategy> const& strategies,
                         std::vector<FleetGroup> const& groups, bool quantiles = false) {
  Batch batch{stream, {}};
  Fleet const fleet(groups);
  for (Strategy const& strategy : strategies) {
    if (!fits(strategy, fleet.workers())) continue;
    Point point{fleet, strategy, 1, stream};
    point.quantiles = quantiles;
    batch.observables.push_back(observable(point));
  }
  return batch;
}

/// Ranks near both ends and between, some of which are the same.
inline std::vector<Strategy> rank_strategies() {
  return {KSync{Share{2}},         KSync{Share{5}}, KSync{Share{30}}, Backup{Share{1}},
          Backup{Share{7}},        Sync{},          Fastest{},        KSync{Share{1, 50'000'000}},
          GradientCoding{Share{2}}};
}

/// All of them, sampled.
inline Batch sampled_batch(std::vector<std::uint64_t> const& workers,
                           std::vector<Law> const& laws = {Exponential{2.0}}, bool quantiles = false) {
  return strategy_batch({11, 5}, workers, rank_strategies(), laws, quantiles, Sampling::order_statistics);
}

/// Deadlines that none, some and all workers keep under most laws, of the first and of more.
inline std::vector<Strategy> deadline_strategies() {
  return {Deadline{0, Share{1}},    Deadline{0.5, Share{1}},           Deadline{1.5, Share{2}},
          Deadline{1e-3, Share{2}}, Deadline{3, Share{1, 50'000'000}}, Deadline{1e30, Share{1}}};
}

/// Copies after a time and after some workers, of all and of the first.
inline std::vector<Strategy> copy_strategies() {
  return {Speculate{.after = 0},
          Speculate{.after = 0, .k = Share{1}},
          Speculate{.after = 0.5},
          Speculate{.after = 1.5, .k = Share{2}},
          Speculate{.after = 1e30},
          Speculate{.share = 0.75, .factor = 1.5},
          Speculate{.share = 0.01, .factor = 0.1},
          Speculate{.after = 1, .share = 0.5, .factor = 0, .k = Share{1, 90'000'000}},
          Speculate{.share = 1, .factor = 2}};
}

inline std::vector<Strategy> sum_strategies() { return {LocalSgd{1, 0}, LocalSgd{3, 0.5}, LocalSgd{8, 0}}; }

}  // namespace dsgd::test
