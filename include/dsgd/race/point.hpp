/// Points of a race: who trains what, and how.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>

#include "dsgd/fleet.hpp"
#include "dsgd/law/list.hpp"
#include "dsgd/race/quadratic.hpp"
#include "dsgd/runtime.hpp"
#include "dsgd/strategy/list.hpp"

namespace dsgd {

/// A strategy whose workers train a model from time 0 on, when all of them begin a job.
struct RacePoint {
  Fleet fleet;
  Strategy strategy;  ///< fits the workers
  Quadratic model;
  double learning_rate;      ///< > 0
  double communication = 0;  ///< time of one update's communication where all workers meet, time units

  std::uint64_t workers() const { return fleet.workers(); }
};

/// Form of the strategy's updates. It is that of delays with a memory, whatever the law: a sweep may take a
/// fresh delay for the rest of one, but gradients are as old as the jobs that they come from.
inline Runtime race_form(Strategy const& strategy, std::uint64_t workers) {
  Runtime form = runtime(strategy, false, workers);
  auto const* const clocks = std::get_if<Clocks>(&form);
  // One worker alone, whose every gradient is an update: all gradients are of the newest model.
  if (clocks != nullptr && workers == 1 && clocks->gradients == 1) return OrderStatistic{1};
  return form;
}

inline Runtime race_form(RacePoint const& point) { return race_form(point.strategy, point.workers()); }

/// True where an update takes the gradient of all the data, whoever has computed which part of it.
inline bool takes_all_data(Strategy const& strategy) {
  return std::holds_alternative<GradientCoding>(strategy);
}

/// Mini-batches that one update of the server averages.
inline std::uint64_t race_gradients(RacePoint const& point) {
  return gradients(point.strategy, point.workers());
}

/// Updates by which an update of the server counts: a meeting of local SGD counts as the steps before it.
inline std::uint64_t updates_at_once(Runtime const& form) {
  auto const* const sum = std::get_if<SlowestSum>(&form);
  return sum == nullptr ? 1 : sum->steps;
}

}  // namespace dsgd
