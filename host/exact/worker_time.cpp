#include "exact/worker_time.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "exact/copies.hpp"
#include "exact/deadline.hpp"
#include "exact/exact_fleet.hpp"
#include "exact/sum_of_fastest.hpp"

namespace dsgd {
namespace {

constexpr WorkerTime unknown{};

/// Mean times of one update, before they are scaled and communication is added.
struct FastestTimes {
  double sum;   ///< of the K smallest delays
  double last;  ///< the K-th smallest
};

/// Averages over the measured steps, each equally likely.
FastestTimes mean_of_steps(Replay const& replay, std::uint64_t rank) {
  FastestTimes total{0, 0};
  std::vector<double> times(replay.workers());
  for (std::size_t step = 0; step < replay.steps(); ++step) {
    for (std::size_t worker = 0; worker < times.size(); ++worker)
      times[worker] = replay.law(worker).origin() + static_cast<double>(replay.excess(worker, step));
    auto const last = times.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(times.begin(), last, times.end());
    total.last += *last;
    for (auto time = times.begin(); time <= last; ++time) total.sum += *time;
  }
  double const steps = replay.steps();
  return {total.sum / steps, total.last / steps};
}

std::optional<FastestTimes> fastest_times(Point const& point, std::uint64_t rank, double last) {
  if (point.fleet.replay()) return mean_of_steps(*point.fleet.replay(), rank);
  ExactFleet const fleet(point.fleet);
  std::optional<double> const sum = exact::sum_of_fastest(fleet.groups(), rank, last);
  if (!sum) return std::nullopt;
  return FastestTimes{*sum, last};
}

double mean_delay(Point const& point) {
  ExactFleet const fleet(point.fleet);
  double sum = 0;
  for (exact::Group const& group : fleet.groups())
    sum += static_cast<double>(group.count) * exact::mean(group.law);
  return sum / static_cast<double>(point.workers());
}

/// Time of a runtime in which all wait for each other's communication.
double meeting(Point const& point) {
  Runtime const form = runtime_of_workers(point);
  auto const* const sum = std::get_if<SlowestSum>(&form);
  double const time = (meets(point.strategy) ? point.communication : 0) + communication(point.strategy);
  return sum == nullptr ? time : time / sum->steps;
}

std::optional<double> product(std::optional<double> const& a, double b) {
  return a ? std::optional(*a * b) : std::nullopt;
}

/// Share of the time in which delays pass, and not a meeting.
std::optional<double> share_of_delays(Point const& point, std::optional<double> const& runtime) {
  double const waited = meeting(point);
  if (waited == 0) return 1;
  if (!runtime) return std::nullopt;
  return 1 - waited / *runtime;
}

/// Worker time of an update that waits for the K smallest delays.
WorkerTime of_order_statistic(Point const& point, std::uint64_t rank, std::optional<double> const& runtime) {
  auto const m = static_cast<double>(point.workers());
  double const others = m - static_cast<double>(rank);
  bool const cancels = meets(point.strategy);
  WorkerTime result{std::nullopt, cancels ? product(share_of_delays(point, runtime), others / m) : 0.0};
  if (!runtime) return result;
  double const factor = scale(point.strategy, point.workers());
  auto const times = fastest_times(point, rank, (*runtime - meeting(point)) / factor);
  if (!times) return result;
  // Under k-async the others go on: under laws without memory, as if they had begun at the update.
  double const entering = times->sum + (cancels ? 0 : others * times->last);
  result.busy = factor * entering / (m * (factor * times->last + meeting(point)));
  return result;
}

/// Share of the time in which exponential delays end before the k-th arrival. An arrival is of worker j with
/// a probability p that is his rate over all rates, and the i-th of k comes at i / k of the time on average:
/// j has worked for what enters until his last of the k, which is the i-th or a later one with 1 - (1 -
/// p)^(k - i + 1).
double busy_until_arrivals(Fleet const& fleet, std::uint64_t k) {
  auto const rate = [](FleetGroup const& group) { return 1 / exact::mean(ExactLaw(group.law).get()); };
  double rates = 0;
  for (FleetGroup const& group : fleet.groups()) rates += static_cast<double>(group.workers) * rate(group);
  auto const arrivals = static_cast<double>(k);
  double sum = 0;
  for (FleetGroup const& group : fleet.groups()) {
    double const p = rate(group) / rates;
    double const none = -std::expm1(arrivals * std::log1p(-p));  // 1 - P(none of k is his)
    sum += static_cast<double>(group.workers) * (1 - (1 - p) / p * none / arrivals);
  }
  return sum / static_cast<double>(fleet.workers());
}

/// The same for any laws. @return nothing where it is not known
std::optional<double> busy_until_restart(Point const& point, std::uint64_t k) {
  auto const m = static_cast<double>(point.workers());
  if (k == 1) return 1 / m;
  if (point.fleet.replay()) return std::nullopt;
  std::span<FleetGroup const> const groups = point.fleet.groups();
  if (std::all_of(groups.begin(), groups.end(), [](auto const& group) { return memoryless(group.law); }))
    return busy_until_arrivals(point.fleet, k);
  if (point.fleet.equal() && std::holds_alternative<Constant>(point.fleet.law()))
    return static_cast<double>(k) / (m * std::ceil(static_cast<double>(k) / m));
  return std::nullopt;
}

WorkerTime of_restart(Point const& point, std::uint64_t k, std::optional<double> const& runtime) {
  std::optional<double> const busy = busy_until_restart(point, k);
  std::optional<double> const delays = share_of_delays(point, runtime);
  if (!busy || !delays) return unknown;
  return {*delays * *busy, *delays * (1 - *busy)};
}

/// Averages over the measured steps, each equally likely.
exact::DeadlineWork work_of_steps(Replay const& replay, Deadlined const& until) {
  std::vector<double> const runtimes = replay.runtimes(until);
  exact::DeadlineWork total{0, 0};
  for (std::size_t step = 0; step < replay.steps(); ++step)
    for (std::size_t worker = 0; worker < replay.workers(); ++worker) {
      double const time = replay.time(worker, step);
      bool const enters = time <= runtimes[step];
      total.worked += std::min(time, runtimes[step]);
      if (!enters) total.cancelled += runtimes[step];
    }
  double const steps = replay.steps();
  return {total.worked / steps, total.cancelled / steps};
}

WorkerTime of_deadline(Point const& point, Deadlined const& until, std::optional<double> const& runtime) {
  if (!runtime) return unknown;
  ExactFleet const fleet(point.fleet);
  std::optional<exact::DeadlineWork> const work =
      point.fleet.replay() ? work_of_steps(*point.fleet.replay(), until)
                           : exact::deadline_work(fleet.groups(), {until.rank, until.deadline});
  if (!work) return unknown;
  double const all = static_cast<double>(point.workers()) * *runtime;
  return {(work->worked - work->cancelled) / all, work->cancelled / all};
}

WorkerTime of_copies(Point const& point, Copied const& copied, std::optional<double> const& runtime) {
  if (!runtime || copied.arrived > 0) return unknown;
  ExactFleet const fleet(point.fleet);
  std::optional<exact::CopiedWork> const work =
      exact::copied_work(fleet.groups(), {copied.rank, copied.after});
  if (!work) return unknown;
  double const all = static_cast<double>(point.workers()) * *runtime;
  return {work->entering / all, (work->worked - work->entering) / all};
}

/// Worker time where workers are slow for a while: their jobs take longer on average, and are awaited as others are.
WorkerTime of_stragglers(Point const& point, Clocks const& clocks, std::optional<double> const& runtime) {
  if (std::holds_alternative<clock_rule::Arrivals>(clocks.rule)) return {1, 0};
  if (!std::holds_alternative<clock_rule::Rounds>(clocks.rule)) return unknown;
  auto const m = static_cast<double>(point.workers());
  double const cancelled = m - static_cast<double>(clocks.gradients);
  std::optional<double> const discarded =
      cancelled == 0 ? std::optional(0.0) : product(share_of_delays(point, runtime), cancelled / m);
  if (cancelled > 0 || !runtime) return {std::nullopt, discarded};
  return {
      scale(point.strategy, point.workers()) * point.stragglers->mean_factor() * mean_delay(point) / *runtime,
      discarded};
}

WorkerTime of_clocks(Point const& point, Clocks const& clocks, std::optional<double> const& runtime) {
  if (clocks.served) {  // an update is one job of any worker where its mean is known
    if (!runtime) return unknown;
    return {mean_delay(point) / (static_cast<double>(point.workers()) * *runtime), 0};
  }
  if (clocks.straggles) return of_stragglers(point, clocks, runtime);
  if (all_restart(clocks.rule)) return of_restart(point, clocks.gradients, runtime);
  if (std::holds_alternative<clock_rule::BoundedStaleness>(
          clocks.rule))  // an update is one job of any worker
    return {runtime ? std::optional(mean_delay(point) / (static_cast<double>(point.workers()) * *runtime))
                    : std::nullopt,
            0};
  if (they_wait(clocks.rule)) return {std::nullopt, 0};
  return {1, 0};
}

}  // namespace

WorkerTime exact_worker_time(Point const& point, std::optional<Moments> const& moments) {
  if (moments && moments->mean == 0) return unknown;  // there is no time to have shares of
  bool const has_mean = moments && std::isfinite(moments->mean);
  std::optional<double> const runtime = has_mean ? std::optional(moments->mean) : std::nullopt;
  Runtime const form = runtime_of_workers(point);
  if (auto const* const copied = std::get_if<Copied>(&form)) return of_copies(point, *copied, runtime);
  if (point.workers() == 1 && !point.server) return {share_of_delays(point, runtime), 0};
  if (auto const* const until = std::get_if<Deadlined>(&form)) return of_deadline(point, *until, runtime);
  if (std::holds_alternative<SlowestSum>(form))
    return {runtime ? std::optional(mean_delay(point) / *runtime) : std::nullopt, 0};
  if (auto const* const statistic = std::get_if<OrderStatistic>(&form))
    return of_order_statistic(point, statistic->rank, runtime);
  return of_clocks(point, std::get<Clocks>(form), runtime);
}

}  // namespace dsgd
