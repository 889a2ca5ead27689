/// Points of a sweep, and what an engine has to know of them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "dsgd/clock.hpp"
#include "dsgd/draw.hpp"
#include "dsgd/fleet.hpp"
#include "dsgd/fleet_quantum.hpp"
#include "dsgd/histogram_origin.hpp"
#include "dsgd/law/list.hpp"
#include "dsgd/longest_jobs.hpp"
#include "dsgd/order_statistics/quantum.hpp"
#include "dsgd/quantum.hpp"
#include "dsgd/residual.hpp"
#include "dsgd/strategy/list.hpp"

namespace dsgd {

/// What is drawn: the delay of every worker, or the order statistic itself, at a cost that does not depend on
/// the workers.
enum class Sampling { workers, order_statistics };

/// One (fleet, strategy, workers), to be averaged over `iterations` iterations of the draws of `stream`.
/// Samplers may point into the law: a point outlives what is computed for it.
struct Point {
  Law law;
  Strategy strategy;
  std::uint64_t workers;     ///< in [1, max_workers], or max_sampled_workers; the strategy fits them
  std::uint64_t iterations;  ///< in [1, max_iterations]
  Stream stream;
  double communication = 0;  ///< time of one update's communication where all workers meet, time units
  bool quantiles = false;    ///< keep a histogram of the runtimes
  Sampling sampling = Sampling::workers;
  std::vector<FleetGroup> fleet = {};  ///< where workers are not alike; then `law` is that of the first
};

/// Workers of a fleet that share a law, as an engine sees them.
struct ObservedGroup {
  std::uint64_t end;  ///< number of the first worker after them
  LawSampler law;
  double offset;               ///< from the fleet's smallest origin to theirs, time units
  std::uint64_t offset_ticks;  ///< likewise; 0 for order statistics; the whole origin on clocks
};

/// Of the groups of a fleet, made when the first replication is followed.
struct Residuals {
  std::once_flag made;
  std::vector<Residual> of_groups;
};

/// What an engine has to know of a point: which function of which delays, in which quantum.
struct Observable {
  LawSampler law;
  std::uint64_t workers;
  Runtime runtime;
  int quantum_exponent;  ///< ticks are counted in 2^quantum_exponent time units
  /// Of every delay, where clocks are followed; elsewhere the origin is added in the end.
  std::uint64_t origin_ticks = 0;
  ClockPlan plan = {};                        ///< where clocks are followed
  bool histogram = false;                     ///< keep one
  float histogram_origin = 0;                 ///< of runtimes less it, which none is below; time units
  std::vector<ObservedGroup> groups = {};     ///< where workers are not alike; `law` then means nothing
  std::shared_ptr<Residuals> residuals = {};  ///< where clocks start under way
};

/// The law of a worker, and where its delays begin.
struct WorkerLaw {
  LawSampler const* law;
  double offset;               ///< beyond the fleet's smallest origin, time units
  std::uint64_t origin_ticks;  ///< likewise; where clocks are followed, the whole origin
};

inline WorkerLaw law_of(Observable const& observable, std::uint64_t worker) {
  for (ObservedGroup const& group : observable.groups)
    if (worker < group.end) return {&group.law, group.offset, group.offset_ticks};
  return {&observable.law, 0, observable.origin_ticks};
}

/// Where every update restarts all workers: the smallest origin of a worker, by which their first jobs are
/// shorter. An update takes as long at least, and it is added in the end, as the origin of order statistics
/// is: bins of quantiles are as narrow as what varies. 0 elsewhere.
inline std::uint64_t head_start_ticks(Observable const& observable) {
  auto const* const clocks = std::get_if<Clocks>(&observable.runtime);
  if (clocks == nullptr || clocks->rule != Clocks::Rule::restart) return 0;
  if (observable.groups.empty()) return observable.origin_ticks;
  std::uint64_t smallest = observable.groups.front().offset_ticks;
  for (ObservedGroup const& group : observable.groups) smallest = std::min(smallest, group.offset_ticks);
  return smallest;
}

/// 1 = fastest, workers = slowest; 0 where the runtime is no order statistic of words that are drawn.
inline std::uint32_t rank(Observable const& observable) {
  auto const* const statistic = std::get_if<OrderStatistic>(&observable.runtime);
  return statistic == nullptr ? 0 : static_cast<std::uint32_t>(statistic->rank);
}

/// Smallest delay of any worker, time units.
inline double origin(Point const& point) {
  double smallest = origin(point.law);
  for (FleetGroup const& group : point.fleet) smallest = std::min(smallest, origin(group.law));
  return smallest;
}

/// Form of a point's runtime. A fleet has a memory as soon as one of its workers has.
inline Runtime runtime(Point const& point) {
  for (FleetGroup const& group : point.fleet)
    if (!memoryless(group.law)) return runtime(point.strategy, group.law, point.workers);
  return runtime(point.strategy, point.law, point.workers);
}

/// How many delays in a row a runtime can be as long as: it is at most so many times the longest of them.
/// Where clocks are followed, every worker ends n jobs in the time of n of the longest, so that k arrivals of
/// m workers take ceil(k / m) of them at most. Workers that wait for each other wait for one job.
inline std::uint64_t delays_in_a_row(Runtime const& form, std::uint64_t workers) {
  if (auto const* const sum = std::get_if<SlowestSum>(&form)) return sum->steps;
  auto const* const clocks = std::get_if<Clocks>(&form);
  if (clocks == nullptr || clocks->rule == Clocks::Rule::workers) return 1;
  return (clocks->gradients - 1) / workers + 1;
}

/// Between which powers of two the point's runtimes are counted; typical and rare delays, without and with
/// their origin, where a runtime is made of several.
inline RuntimeRange runtime_range(Point const& point) {
  Runtime const form = runtime(point);
  auto const* const statistic = std::get_if<OrderStatistic>(&form);
  if (statistic != nullptr && !point.fleet.empty()) return fleet_range(point.fleet, statistic->rank);
  auto const* const sum = std::get_if<SlowestSum>(&form);
  auto const of_delays = [&](Law const& law) {
    double const start = origin(law) - (sum == nullptr ? 0 : origin(point));
    return std::visit(
        [&](auto const& s) { return delay_range(s, start, delays_in_a_row(form, point.workers)); },
        sampler(law));
  };
  if (!point.fleet.empty()) {
    // The slowest worker's sum may be of the group with the coarsest quantum, in which all can be counted;
    // times between arrivals are as short as the quickest workers make them.
    bool const slowest_only = sum != nullptr;
    RuntimeRange range = of_delays(point.fleet.front().law);
    for (FleetGroup const& group : point.fleet) {
      RuntimeRange const other = of_delays(group.law);
      if (!slowest_only)
        range = {std::min(range.typical, other.typical), std::max(range.rare, other.rare)};
      else if (quantum_exponent(other) > quantum_exponent(range))
        range = other;
    }
    return range;
  }
  if (statistic == nullptr) return of_delays(point.law);
  return std::visit(
      [&](auto const& law) {
        return point.sampling == Sampling::order_statistics
                   ? sampled_range(law, point.workers, statistic->rank)
                   : order_statistic_range(law, static_cast<std::uint32_t>(point.workers),
                                           static_cast<std::uint32_t>(statistic->rank));
      },
      sampler(point.law));
}

/// Can the point's runtime be sampled as an order statistic?
inline bool is_order_statistic(Point const& point) {
  return point.fleet.empty() && std::holds_alternative<OrderStatistic>(runtime(point));
}

/// Jobs that a worker ends on average while one of the longest that matter lasts; or until workers that wait
/// for each other have forgotten which of them began together, where that takes longer.
inline double settling_jobs(Point const& point, Clocks const& clocks) {
  // Where all but a few are waited for, all begin together again and again.
  bool const keep_step = clocks.rule == Clocks::Rule::workers && point.workers / clocks.gradients > 1;
  double longest = 0, rate = 0, in_step = 0;  // rate: jobs ended per time, by all
  auto const add = [&](Law const& law, std::uint64_t workers) {
    JobLengths const jobs =
        std::visit([&](auto const& s) { return job_lengths(s, origin(law)); }, sampler(law));
    longest = std::max(longest, jobs.longest);
    // Sums of n delays spread over a delay's length where n is its square over the variance. Equal delays
    // never do, and need not: their mean is exact in whole rounds.
    if (keep_step && workers > 1 && jobs.variance > 0)
      in_step = std::max(in_step, jobs.mean * jobs.mean / jobs.variance);
    rate += jobs.mean > 0 ? static_cast<double>(workers) / jobs.mean : 0;
  };
  if (point.fleet.empty()) add(point.law, point.workers);
  for (FleetGroup const& group : point.fleet) add(group.law, group.workers);
  return std::max(longest * rate / static_cast<double>(point.workers), in_step);
}

/// A runtime that hardly any falls below, or 0: what its bins are made for. Where workers go on from update
/// to update, two updates may come at the same time.
/// @param seen  of the point, but for this
inline double least_runtime(Point const& point, Observable const& seen) {
  auto const shortest = [&](LawSampler const& law) {
    return std::visit([&](auto const& s) { return shortest_excess(s); }, law);
  };
  if (!seen.groups.empty()) {
    if (std::holds_alternative<Clocks>(seen.runtime)) return 0;
    double least = std::numeric_limits<double>::infinity();
    for (ObservedGroup const& group : seen.groups)
      least = std::min(least, group.offset + shortest(group.law));
    auto const* const sum = std::get_if<SlowestSum>(&seen.runtime);
    return sum == nullptr ? least : least * sum->steps;
  }
  if (auto const* const sum = std::get_if<SlowestSum>(&seen.runtime))
    return std::visit([&](auto const& s) { return least_sum(s, sum->steps); }, seen.law);
  if (std::holds_alternative<SampledOrderStatistic>(
          seen.runtime))  // whose hazards are smaller than any drawn
    return std::visit([&](auto const& s) { return s.at(0x1p-70 / static_cast<double>(point.workers)); },
                      seen.law);
  auto const* const clocks = std::get_if<Clocks>(&seen.runtime);
  if (clocks == nullptr) return shortest(seen.law);
  if (clocks->rule != Clocks::Rule::restart) return 0;
  std::uint64_t const rounds = (clocks->gradients - 1) / point.workers;  // of all workers before the last one
  return shortest(seen.law) + static_cast<double>(rounds) * (origin(point.law) + shortest(seen.law));
}

/// @pre the strategy fits the workers; where order statistics are sampled, is_order_statistic(point)
inline Observable observable(Point const& point) {
  Observable result{sampler(point.law), point.workers, runtime(point),
                    quantum_exponent(runtime_range(point))};
  result.histogram = point.quantiles;
  auto const* const clocks = std::get_if<Clocks>(&result.runtime);
  bool const clocked = clocks != nullptr;
  if (clocked) {
    double const settling = clocks->rule == Clocks::Rule::restart ? 0 : settling_jobs(point, *clocks);
    result.plan = clock_plan(*clocks, point.workers, point.iterations, settling);
  }
  if (result.plan.under_way) result.residuals = std::make_shared<Residuals>();
  double const start = clocked ? 0 : origin(point);
  bool const adds_delays = clocked || std::holds_alternative<SlowestSum>(result.runtime);
  auto const counted = [&](double offset) {  // order statistics may have a quantum too fine for it
    return adds_delays ? origin_ticks(offset, result.quantum_exponent) : 0;
  };
  std::uint64_t end = 0;
  for (FleetGroup const& group : point.fleet) {
    double const offset = origin(group.law) - start;
    result.groups.push_back({end += group.workers, sampler(group.law), offset, counted(offset)});
  }
  if (point.fleet.empty()) result.origin_ticks = counted(origin(point) - start);
  if (point.sampling == Sampling::order_statistics)
    result.runtime = SampledOrderStatistic{std::get<OrderStatistic>(result.runtime).rank};
  if (result.histogram) result.histogram_origin = histogram_origin(least_runtime(point, result));
  return result;
}

/// Independent pieces that a point's work divides into, numbered from 0: iterations, or replications where
/// clocks are followed.
inline std::uint64_t work_units(Point const& point, Observable const& observable) {
  return std::holds_alternative<Clocks>(observable.runtime) ? observable.plan.replications : point.iterations;
}

/// Iterations that all of them are: what was asked for, or more where clocks are followed, in whole rounds.
inline std::uint64_t iterations_done(Point const& point, Observable const& observable) {
  bool const clocked = std::holds_alternative<Clocks>(observable.runtime);
  return clocked ? observable.plan.replications * observable.plan.updates : point.iterations;
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
  if (std::holds_alternative<SampledOrderStatistic>(observable.runtime)) return 2;
  return workers;
}

/// From what is summed to runtimes: offset + scale * time.
struct TimeScale {
  double offset, scale;

  double operator()(double time) const { return offset + scale * time; }
};

inline TimeScale time_scale(Point const& point, Observable const& observable) {
  double const scale_of_delay = scale(point.strategy, point.workers);
  double offset = meets(point.strategy) ? point.communication : 0;
  if (auto const* const sum = std::get_if<SlowestSum>(&observable.runtime)) {
    offset += communication(point.strategy);
    return {origin(point) + offset / sum->steps, 1.0 / sum->steps};
  }
  auto const* const clocks = std::get_if<Clocks>(&observable.runtime);
  if (clocks == nullptr || clocks->rule == Clocks::Rule::restart) offset += scale_of_delay * origin(point);
  return {offset, scale_of_delay};
}

/// The same for what a histogram counts.
inline TimeScale histogram_scale(Point const& point, Observable const& observable) {
  TimeScale const time = time_scale(point, observable);
  return {time(static_cast<double>(observable.histogram_origin)), time.scale};
}

}  // namespace dsgd
