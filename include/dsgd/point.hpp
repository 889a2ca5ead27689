/// Points of a sweep, and what an engine has to know of them.
#pragma once

#include <cstdint>

#include "dsgd/clock.hpp"
#include "dsgd/draw.hpp"
#include "dsgd/law/list.hpp"
#include "dsgd/strategy/list.hpp"
#include "dsgd/tick.hpp"

namespace dsgd {

/// One (law, strategy, workers), to be averaged over `iterations` iterations of the draws of `stream`.
/// Samplers may point into the law: a point outlives what is computed for it.
struct Point {
  Law law;
  Strategy strategy;
  std::uint64_t workers;     ///< in [1, max_workers]; the strategy fits them
  std::uint64_t iterations;  ///< in [1, max_iterations]
  Stream stream;
  double communication = 0;  ///< time of one update's communication where all workers meet, time units
  bool quantiles = false;    ///< keep a histogram of the runtimes
};

/// What an engine has to know of a point: which function of which delays, in which quantum.
struct Observable {
  LawSampler law;
  std::uint64_t workers;
  Runtime runtime;
  int quantum_exponent;  ///< ticks are counted in 2^quantum_exponent time units
  std::uint64_t origin_ticks =
      0;                   ///< of every delay, where clocks are followed; elsewhere origins come later
  ClockPlan plan = {};     ///< where clocks are followed
  bool histogram = false;  ///< keep one
};

/// 1 = fastest, workers = slowest; 0 where the runtime is no order statistic of words that are drawn.
inline std::uint32_t rank(Observable const& observable) {
  auto const* const statistic = std::get_if<OrderStatistic>(&observable.runtime);
  return statistic == nullptr ? 0 : static_cast<std::uint32_t>(statistic->rank);
}

/// @pre the strategy fits the workers
inline Observable observable(Point const& point) {
  Observable result{sampler(point.law), point.workers, runtime(point.strategy, point.law, point.workers), 0};
  result.histogram = point.quantiles;
  std::visit(
      [&](auto const& law) {
        if (auto const* const statistic = std::get_if<OrderStatistic>(&result.runtime)) {
          result.quantum_exponent = quantum_exponent(law, static_cast<std::uint32_t>(point.workers),
                                                     static_cast<std::uint32_t>(statistic->rank));
        } else if (auto const* const sum = std::get_if<SlowestSum>(&result.runtime)) {
          result.quantum_exponent = delay_quantum_exponent(law, 0, sum->steps);
        } else {
          double const start = origin(point.law);
          result.quantum_exponent = delay_quantum_exponent(law, start, 1);
          result.origin_ticks = origin_ticks(start, result.quantum_exponent);
          result.plan = clock_plan(std::get<Clocks>(result.runtime), point.workers, point.iterations);
        }
      },
      result.law);
  return result;
}

/// Independent pieces that a point's work divides into, numbered from 0: iterations, or replications where
/// clocks are followed.
inline std::uint64_t work_units(Point const& point, Observable const& observable) {
  return std::holds_alternative<Clocks>(observable.runtime) ? observable.plan.replications : point.iterations;
}

/// Draws of one such piece, about, where clocks are followed.
inline double draws_per_unit(Observable const& observable) {
  auto const workers = static_cast<double>(observable.workers);
  if (auto const* const sum = std::get_if<SlowestSum>(&observable.runtime)) return workers * sum->steps;
  if (auto const* const clocks = std::get_if<Clocks>(&observable.runtime)) {
    auto const updates = static_cast<double>(observable.plan.warm_up + observable.plan.updates);
    bool const restart = clocks->rule == Clocks::Rule::restart;
    return workers + updates * static_cast<double>(clocks->gradients + (restart ? observable.workers : 0));
  }
  return workers;
}

/// From what is summed to runtimes: offset + scale * time.
struct TimeScale {
  double offset, scale;
};

inline TimeScale time_scale(Point const& point, Observable const& observable) {
  double const scale_of_delay = scale(point.strategy, point.workers);
  double offset = meets(point.strategy) ? point.communication : 0;
  if (auto const* const sum = std::get_if<SlowestSum>(&observable.runtime)) {
    offset += communication(point.strategy);
    return {origin(point.law) + offset / sum->steps, 1.0 / sum->steps};
  }
  if (std::holds_alternative<OrderStatistic>(observable.runtime))
    offset += scale_of_delay * origin(point.law);
  return {offset, scale_of_delay};
}

}  // namespace dsgd
