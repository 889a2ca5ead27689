/// What an engine has to know of a point.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/arithmetic/tick.hpp"
#include "dsgd/clock/longest_jobs.hpp"
#include "dsgd/clock/plan.hpp"
#include "dsgd/clock/residual.hpp"
#include "dsgd/clock/start.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/fleet_window.hpp"
#include "dsgd/point.hpp"
#include "dsgd/quantum/point.hpp"
#include "dsgd/summary/histogram_origin.hpp"

namespace dsgd {

/// Workers of a fleet that share a law, as an engine sees them.
struct ObservedGroup {
  std::uint64_t end;  ///< number of the first worker after them
  LawSampler law;
  double offset;  ///< from the fleet's smallest origin to theirs, time units
  /// What is added to every excess, ticks: the offset where delays are summed, the whole origin where clocks
  /// are followed, 0 for order statistics, whose origin is added in the end (time_scale.hpp).
  std::uint64_t offset_ticks;
};

/// What a start in the middle of jobs takes of a fleet's groups, made when the first replication is followed.
struct Residuals {
  std::once_flag made;
  std::vector<Residual> of_groups;
  std::vector<GroupRate> rates;
  double rate = 0;  ///< of all groups together
};

/// Where the order statistic of a fleet is looked for, found when engine `cpu` first asks.
struct FoundWindow {
  std::once_flag found;
  FleetWindow window;
};

/// What an engine has to know of a point: which function of which delays, in which quantum.
struct Observable {
  std::vector<ObservedGroup> groups;  ///< one where workers are alike
  Runtime runtime;
  int quantum_exponent;                       ///< ticks are counted in 2^quantum_exponent time units
  ClockPlan plan = {};                        ///< has a meaning where clocks are followed
  bool histogram = false;                     ///< true to keep one
  float histogram_origin = 0;                 ///< what the histogram's runtimes are counted above, time units
  std::shared_ptr<Residuals> residuals = {};  ///< set where clocks start in the middle of jobs
  std::shared_ptr<FoundWindow> window = {};   ///< set for drawn order statistics of unequal workers
  std::shared_ptr<Replay const> replay = {};  ///< set where clocks take measured times in their order
  std::optional<ObservedGroup> server =
      {};  ///< how long an update takes at the server, where clocks are served
  std::optional<Stragglers> stragglers = {};  ///< set where clocks straggle

  std::uint64_t workers() const {
    DSGD_EXPECTS(!groups.empty());
    return groups.back().end;
  }

  /// True where all workers share a law.
  bool has_equal_workers() const { return groups.size() == 1; }

  /// The law of all workers. @pre has_equal_workers()
  LawSampler const& law() const {
    DSGD_EXPECTS(has_equal_workers());
    return groups.front().law;
  }

  /// What is added to every worker's excess, ticks. @pre has_equal_workers()
  std::uint64_t origin_ticks() const {
    DSGD_EXPECTS(has_equal_workers());
    return groups.front().offset_ticks;
  }
};

/// Finds the group of a worker. @pre worker < observable.workers()
inline ObservedGroup const& group_of(Observable const& observable, std::uint64_t worker) {
  DSGD_EXPECTS(worker < observable.workers());
  bool const one_each = observable.groups.size() == observable.workers();
  if (one_each) return observable.groups[worker];
  return *std::upper_bound(
      observable.groups.begin(), observable.groups.end(), worker,
      [](std::uint64_t number, ObservedGroup const& group) { return number < group.end; });
}

/// The smallest origin of a worker, ticks, where every update restarts all workers; 0 elsewhere. First jobs
/// are shorter by it: every update takes at least as long, so that it is added in the end, as the origin of
/// order statistics is. Bins of quantiles are then as narrow as what varies.
inline std::uint64_t head_start_ticks(Observable const& observable) {
  auto const* const clocks = std::get_if<Clocks>(&observable.runtime);
  if (clocks == nullptr || !all_restart(clocks->rule)) return 0;
  std::uint64_t smallest = observable.groups.front().offset_ticks;
  for (ObservedGroup const& group : observable.groups) smallest = std::min(smallest, group.offset_ticks);
  return smallest;
}

/// Rank of an order statistic: 1 = fastest, workers = slowest; 0 where the runtime is none of drawn words.
inline std::uint32_t rank(Observable const& observable) {
  auto const* const statistic = std::get_if<OrderStatistic>(&observable.runtime);
  return statistic == nullptr ? 0 : static_cast<std::uint32_t>(statistic->rank);
}

/// Jobs that a worker ends on average until a start no longer matters: while one of the longest jobs that
/// matter lasts, or until workers that wait for each other have forgotten which of them began together, or how
/// many jobs they were apart, where that takes longer.
inline double settling_jobs(Point const& point, Clocks const& clocks) {
  // Where all but a few are waited for, all begin together again and again.
  bool const keep_step =
      they_wait(clocks.rule) && updates_per_round(clocks.rule, point.workers(), clocks.gradients) > 1;
  auto const apart = static_cast<double>(jobs_apart(clocks.rule));
  double longest = 0, rate = 0, in_step = 0;  // rate: jobs that all workers end per time
  double slowest = 0, next = 0;  // mean jobs of the slowest workers, and of those that are hardly faster
  auto const add = [&](Law const& law, std::uint64_t workers) {
    JobLengths const jobs =
        std::visit([&](auto const& s) { return job_lengths(s, origin(law)); }, sampler(law));
    longest = std::max(longest, jobs.longest);
    // Sums of n delays spread over a delay's length where n is that length squared over the variance, and over
    // several lengths as a random walk does. Sums of equal delays never do, and need not: their mean is exact in
    // whole rounds.
    if (keep_step && workers > 1 && jobs.variance > 0)
      in_step = std::max(in_step, apart * apart * jobs.mean * jobs.mean / jobs.variance);
    rate += jobs.mean > 0 ? static_cast<double>(workers) / jobs.mean : 0;
    if (jobs.mean > slowest) {
      next = std::exchange(slowest, jobs.mean);
    } else if (jobs.mean < slowest) {
      next = std::max(next, jobs.mean);
    }
  };
  for (FleetGroup const& group : point.fleet.groups()) add(group.law, group.workers);
  // Delays that never vary come to the bound after so many jobs of the slowest.
  if (apart > 1 && next > 0 && in_step == 0) in_step = apart * slowest / (slowest - next);
  double const of_states = point.stragglers ? point.stragglers->settling_jobs() : 0;
  double const slower = point.stragglers ? point.stragglers->factor : 1;
  return std::max(slower * longest * rate / static_cast<double>(point.workers()), in_step) + of_states;
}

/// The same where every update begins all workers anew: their states alone matter, and where all have done as many jobs
/// not even these.
inline double settling_updates(Point const& point, Clocks const& clocks) {
  bool const as_many = std::holds_alternative<clock_rule::Rounds>(clocks.rule);
  return point.stragglers && !as_many ? point.stragglers->settling_jobs() : 0;
}

/// A time that hardly any runtime is below, for the origin of histograms. It is 0 where workers go on from
/// update to update: two updates may come at the same time there.
/// @param seen  the point's observable, whose histogram_origin is not set yet
inline double least_runtime(Point const& point, Observable const& seen) {
  auto const shortest = [&](LawSampler const& law) {
    return std::visit([&](auto const& s) { return shortest_excess(s); }, law);
  };
  if (!seen.has_equal_workers()) {
    if (std::holds_alternative<Clocks>(seen.runtime)) return 0;
    double least = std::numeric_limits<double>::infinity();
    for (ObservedGroup const& group : seen.groups)
      least = std::min(least, group.offset + shortest(group.law));
    auto const* const sum = std::get_if<SlowestSum>(&seen.runtime);
    return sum == nullptr ? least : least * sum->steps;
  }
  if (auto const* const sum = std::get_if<SlowestSum>(&seen.runtime))
    return std::visit([&](auto const& s) { return least_sum(s, sum->steps); }, seen.law());
  // Hazards of drawn runtimes are larger than this one. Tables of delays begin at min_hazard.
  if (std::holds_alternative<SampledOrderStatistic>(seen.runtime)) {
    double const hazard = 0x1p-70 / static_cast<double>(seen.workers());
    return std::visit(
        [&](auto const& s) {
          if constexpr (requires { s.table(); }) return s.at(std::max(hazard, min_hazard));
          return s.at(hazard);
        },
        seen.law());
  }
  auto const* const clocks = std::get_if<Clocks>(&seen.runtime);
  if (clocks == nullptr) return shortest(seen.law());
  if (!all_restart(clocks->rule)) return 0;
  // The rounds in which all workers end a job before the last one begins.
  std::uint64_t const rounds = (clocks->gradients - 1) / point.workers();
  return shortest(seen.law()) + static_cast<double>(rounds) * (origin(point) + shortest(seen.law()));
}

/// Makes the observable of a point.
/// @pre the strategy fits the workers; where order statistics are sampled, is_order_statistic(point)
inline Observable observable(Point const& point) {
  DSGD_EXPECTS(fits(point.strategy, point.workers()));
  DSGD_EXPECTS(point.sampling == Sampling::workers || is_order_statistic(point));
  Observable result{{}, runtime(point), quantum_exponent(runtime_range(point))};
  result.histogram = point.quantiles;
  auto const* const clocks = std::get_if<Clocks>(&result.runtime);
  bool const clocked = clocks != nullptr;
  if (clocked) {
    double const settling =
        all_restart(clocks->rule) ? settling_updates(point, *clocks) : settling_jobs(point, *clocks);
    result.plan = clock_plan(*clocks, point.workers(), point.iterations, settling);
    result.replay = point.fleet.replay();
    if (result.replay) result.plan.under_way = false;  // all begin the start's step together
    result.stragglers = point.stragglers;
    if (point.server)
      result.server = ObservedGroup{1, sampler(*point.server), origin(*point.server),
                                    origin_ticks(origin(*point.server), result.quantum_exponent)};
  }
  if (result.plan.under_way) result.residuals = std::make_shared<Residuals>();
  double const start = clocked ? 0 : origin(point);
  bool const adds_delays = clocked || std::holds_alternative<SlowestSum>(result.runtime);
  auto const counted = [&](double offset) {  // the quantum of order statistics may be too fine for an origin
    return adds_delays ? origin_ticks(offset, result.quantum_exponent) : 0;
  };
  if (auto* const until = std::get_if<Deadlined>(&result.runtime))
    until->deadline = std::max(0.0, until->deadline - start);
  if (auto* const copied = std::get_if<Copied>(&result.runtime)) copied->origin = start;
  std::uint64_t end = 0;
  for (FleetGroup const& group : point.drawn().groups()) {
    double const offset = origin(group.law) - start;
    result.groups.push_back({end += group.workers, sampler(group.law), offset, counted(offset)});
  }
  if (std::holds_alternative<OrderStatistic>(result.runtime) && !result.has_equal_workers())
    result.window = std::make_shared<FoundWindow>();
  if (point.sampling == Sampling::order_statistics)
    result.runtime = SampledOrderStatistic{std::get<OrderStatistic>(result.runtime).rank};
  if (result.histogram) result.histogram_origin = histogram_origin(least_runtime(point, result));
  return result;
}

/// About how many draws one unit of work takes.
inline double draws_per_unit(Observable const& observable) {
  auto const workers = static_cast<double>(observable.workers());
  if (auto const* const sum = std::get_if<SlowestSum>(&observable.runtime)) return workers * sum->steps;
  if (auto const* const clocks = std::get_if<Clocks>(&observable.runtime)) {
    auto const updates = static_cast<double>(observable.plan.warm_up + observable.plan.updates);
    std::uint64_t const restarted = all_restart(clocks->rule) ? observable.workers() : 0;
    return workers + updates * static_cast<double>(clocks->gradients + restarted);
  }
  if (std::holds_alternative<SampledOrderStatistic>(observable.runtime)) return 2;
  return std::holds_alternative<Copied>(observable.runtime) ? 2 * workers : workers;
}

/// How long a slow job takes, its whole origin included, in ticks.
inline std::uint64_t slow_ticks(ObservedGroup const& own, float excess, double factor, int quantum_exponent) {
  return to_ticks(static_cast<float>(factor * (own.offset + static_cast<double>(excess))), quantum_exponent);
}

/// A worker's delay, its whole origin included, in ticks.
inline std::uint64_t delay_ticks(ObservedGroup const& own, DelayWords words, int quantum_exponent) {
  float const excess = std::visit([&](auto const& law) { return law.excess(words.k, words.t); }, own.law);
  return own.offset_ticks + to_ticks(excess, quantum_exponent);
}

/// The residuals of a fleet's groups, made when they are first asked for. Safe to call from several threads.
/// @pre observable.residuals is set
inline Residuals const& residuals(Observable const& observable) {
  DSGD_EXPECTS(observable.residuals != nullptr);
  std::call_once(observable.residuals->made, [&] {
    Residuals& made = *observable.residuals;
    made.of_groups.reserve(observable.groups.size());
    std::uint64_t begin = 0;
    for (ObservedGroup const& group : observable.groups) {
      made.of_groups.emplace_back(
          [&](DelayWords words) { return delay_ticks(group, words, observable.quantum_exponent); });
      double const one =
          std::max(made.of_groups.front().mean(), 1.0) / std::max(made.of_groups.back().mean(), 1.0);
      made.rates.push_back({group.end, one, static_cast<double>(group.end - begin) * one});
      made.rate += made.rates.back().of_all;
      begin = group.end;
    }
  });
  return *observable.residuals;
}

}  // namespace dsgd
