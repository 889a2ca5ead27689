#include "exact/point.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/time_scale.hpp"
#include "exact/bounded_staleness.hpp"
#include "exact/breaks.hpp"
#include "exact/clocks.hpp"
#include "exact/copies.hpp"
#include "exact/deadline.hpp"
#include "exact/exact_fleet.hpp"
#include "exact/order_statistic.hpp"
#include "exact/server.hpp"
#include "exact/slowed.hpp"
#include "exact/slowest_sum.hpp"

namespace dsgd {
namespace {

// Moments of the time between updates, by the rule of clocks. They take the number of gradients, and one law
// and the number of workers, or a fleet.

template <class... Workers>
std::optional<Moments> moments_by(clock_rule::Arrivals, std::uint64_t k, Workers const&... workers) {
  return exact::k_batch_async_moments(workers..., k);
}

template <class... Workers>
std::optional<Moments> moments_by(clock_rule::Workers, std::uint64_t k, Workers const&... workers) {
  return exact::k_async_moments(workers..., k);
}

template <class... Workers>
std::optional<Moments> moments_by(clock_rule::Restart, std::uint64_t k, Workers const&... workers) {
  return exact::k_batch_sync_moments(workers..., k);
}

std::optional<Moments> moments_by(clock_rule::BoundedStaleness const& rule, std::uint64_t,
                                  std::span<exact::Group const> fleet) {
  return exact::bounded_staleness_moments(fleet, rule.staleness);
}

std::optional<Moments> moments_by(clock_rule::BoundedStaleness const& rule, std::uint64_t,
                                  exact::Law const& law, std::uint64_t workers) {
  return exact::bounded_staleness_moments(std::array{exact::Group{workers, law}}, rule.staleness);
}

template <class... Workers>
std::optional<Moments> moments_by(clock_rule::Rounds, std::uint64_t, Workers const&...) {
  return std::nullopt;  // known by slowed_moments() alone
}

template <class... Workers>
std::optional<Moments> clock_moments(Clocks const& clocks, Workers const&... workers) {
  return std::visit([&](auto const& rule) { return moments_by(rule, clocks.gradients, workers...); },
                    clocks.rule);
}

/// Mean time between updates that pass a server: known for equal workers who wait for nothing else, and a server
/// without memory.
std::optional<Moments> served_moments(Point const& point, Clocks const& clocks, exact::Group const& workers) {
  auto const* const server = std::get_if<Exponential>(&*point.server);
  bool const nobody_else = std::holds_alternative<clock_rule::Arrivals>(clocks.rule) && clocks.gradients == 1;
  if (!nobody_else || point.stragglers || !point.fleet.equal() || server == nullptr || server->shift != 0)
    return std::nullopt;
  double const delay = mean(workers.law);
  if (delay == infinite) return Moments{infinite, infinite};
  if (delay == 0) return Moments{1 / server->rate, std::nullopt};
  return Moments{exact::served_mean(workers.count, delay, server->rate), std::nullopt};
}

/// Times of updates of workers that are slow for a while.
std::optional<Moments> straggling_moments(Point const& point, Clocks const& clocks,
                                          std::span<exact::Group const> fleet) {
  if (std::holds_alternative<clock_rule::Rounds>(clocks.rule))
    return exact::slowed_moments(fleet, clocks.gradients, *point.stragglers);
  if (!std::holds_alternative<clock_rule::Arrivals>(clocks.rule)) return std::nullopt;
  double const without = exact::k_batch_async_moments(fleet, clocks.gradients).mean;
  return Moments{point.stragglers->mean_factor() * without, std::nullopt};
}

/// Mean time between updates where measured steps are followed in their order. Steps that are slow together change the
/// variance.
std::optional<Moments> replayed_moments(Replay const& replay, Clocks const& clocks,
                                        std::span<exact::Group const> fleet) {
  // What the workers do in the long run, each alone.
  if (std::holds_alternative<clock_rule::Arrivals>(clocks.rule))
    return Moments{exact::k_batch_async_moments(fleet, clocks.gradients).mean, std::nullopt};
  auto const* const bounded = std::get_if<clock_rule::BoundedStaleness>(&clocks.rule);
  if (bounded == nullptr || bounded->staleness > 0) return std::nullopt;
  // All begin each step together.
  std::vector<double> const slowest = replay.runtimes(OrderStatistic{replay.workers()});
  double const round =
      std::accumulate(slowest.begin(), slowest.end(), 0.0) / static_cast<double>(slowest.size());
  return Moments{round * static_cast<double>(clocks.gradients) / static_cast<double>(replay.workers()),
                 std::nullopt};
}

/// Moments of what the strategy makes of the delays, before it is scaled and communication is added.
std::optional<Moments> moments_of_delays(Point const& point, Runtime const& form) {
  ExactFleet const fleet(point.drawn());
  auto const* const statistic = std::get_if<OrderStatistic>(&form);
  auto const* const sum = std::get_if<SlowestSum>(&form);
  if (auto const* const clocks = std::get_if<Clocks>(&form); clocks != nullptr && clocks->served)
    return served_moments(point, *clocks, fleet.groups().front());
  if (auto const* const clocks = std::get_if<Clocks>(&form); clocks != nullptr && clocks->straggles)
    return straggling_moments(point, *clocks, fleet.groups());
  if (auto const* const clocks = std::get_if<Clocks>(&form); clocks != nullptr && point.fleet.replay())
    return replayed_moments(*point.fleet.replay(), *clocks, fleet.groups());
  if (auto const* const until = std::get_if<Deadlined>(&form))
    return exact::deadline_moments(fleet.groups(), {until->rank, until->deadline});
  if (auto const* const copied = std::get_if<Copied>(&form)) {
    if (!has_known_copies(point, *copied)) return std::nullopt;
    return exact::copied_moments(fleet.groups(), {copied->rank, copied->after});
  }
  if (!point.drawn().equal()) {
    if (statistic != nullptr) return exact::fleet_moments(fleet.groups(), statistic->rank);
    if (sum != nullptr) return exact::slowest_sum_moments(fleet.groups(), sum->steps);
    return clock_moments(std::get<Clocks>(form), fleet.groups());
  }
  exact::Law const& law = fleet.groups().front().law;
  std::uint64_t const m = point.drawn().workers();
  if (statistic != nullptr) return exact::order_statistic_moments(law, m, statistic->rank);
  if (sum != nullptr) return exact::slowest_sum_moments(law, m, sum->steps);
  return clock_moments(std::get<Clocks>(form), law, m);
}

// Tail index of the time between updates, by the rule of clocks. They take the number of workers, too. After
// an update one delay at least has just begun; the others are under way, but for a restart.

double tail_index_by(clock_rule::Arrivals, std::uint64_t, std::span<exact::Group const> fleet,
                     std::uint64_t m) {
  return least_tail_index(fleet, m, true) + 1;
}

double tail_index_by(clock_rule::Workers, std::uint64_t k, std::span<exact::Group const> fleet,
                     std::uint64_t m) {
  return least_tail_index(fleet, m - k + 1, true) + 1;
}

double tail_index_by(clock_rule::Restart, std::uint64_t, std::span<exact::Group const> fleet,
                     std::uint64_t m) {
  return least_tail_index(fleet, m, false);
}

double tail_index_by(clock_rule::BoundedStaleness const&, std::uint64_t, std::span<exact::Group const> fleet,
                     std::uint64_t) {
  return least_tail_index(fleet, 1, false);  // the others wait while one job lasts
}

/// The runtime is long where workers and their copies are, or where copies begin late.
double tail_index_of(Copied const& copied, std::span<exact::Group const> fleet) {
  double const with_copies = exact::copied_tail_index(fleet, copied.rank);
  if (copied.arrived == 0) return with_copies;
  std::uint64_t const arrived = std::min(copied.arrived, copied.rank);
  return std::min(with_copies, least_tail_index(fleet, exact::workers(fleet) - arrived + 1, false));
}

double tail_index_by(clock_rule::Rounds, std::uint64_t k, std::span<exact::Group const> fleet,
                     std::uint64_t m) {
  return least_tail_index(fleet, m - k + 1, false);
}

// Mean staleness in the long run, by the rule of clocks; nothing where it is not known. They take the fleet.

std::optional<double> staleness_by(clock_rule::Arrivals, std::uint64_t k,
                                   std::span<exact::Group const> fleet) {
  return exact::k_batch_async_staleness(exact::workers(fleet), k);
}

std::optional<double> staleness_by(clock_rule::Workers, std::uint64_t k,
                                   std::span<exact::Group const> fleet) {
  return exact::k_async_staleness(exact::workers(fleet), k);
}

std::optional<double> staleness_by(clock_rule::Restart, std::uint64_t, std::span<exact::Group const>) {
  return std::nullopt;
}

std::optional<double> staleness_by(clock_rule::Rounds, std::uint64_t, std::span<exact::Group const>) {
  return std::nullopt;
}

std::optional<double> staleness_by(clock_rule::BoundedStaleness const& rule, std::uint64_t,
                                   std::span<exact::Group const> fleet) {
  return exact::bounded_staleness_staleness(fleet, rule.staleness);
}

}  // namespace

bool has_known_copies(Point const& point, Copied const& copied) {
  return copied.arrived == 0 && !point.fleet.replay();
}

TimeScale scale_of_runtime(Point const& point, Runtime const& form) {
  double const meeting = meets(point.strategy) ? point.communication : 0;
  if (auto const* const sum = std::get_if<SlowestSum>(&form))
    return {(meeting + communication(point.strategy)) / sum->steps, 1.0 / sum->steps};
  if (std::uint32_t const steps = steps_in_mean(point); steps != 0)
    return {(meeting + communication(point.strategy)) / steps, 1};
  return {meeting, scale(point.strategy, point.workers())};
}

std::optional<Moments> exact_runtime(Point const& point) {
  Runtime const form = runtime(point);
  std::optional<Moments> const moments = moments_of_delays(point, form);
  if (!moments) return std::nullopt;
  auto const [offset, factor] = scale_of_runtime(point, form);
  return transformed(*moments, offset, factor);
}

double runtime_tail_index(Point const& point) {
  ExactFleet const fleet(point.drawn());
  Runtime const form = runtime(point);
  std::uint64_t const m = point.drawn().workers();
  if (auto const* const statistic = std::get_if<OrderStatistic>(&form))
    return least_tail_index(fleet.groups(), m - statistic->rank + 1, false);
  if (auto const* const until = std::get_if<Deadlined>(&form))
    return least_tail_index(fleet.groups(), m - until->rank + 1, false);
  if (auto const* const copied = std::get_if<Copied>(&form)) return tail_index_of(*copied, fleet.groups());
  if (std::holds_alternative<SlowestSum>(form)) return least_tail_index(fleet.groups(), 1, false);
  auto const& clocks = std::get<Clocks>(form);
  double const of_workers =
      std::visit([&](auto const& rule) { return tail_index_by(rule, clocks.gradients, fleet.groups(), m); },
                 clocks.rule);
  return point.server ? std::min(of_workers, tail_index(ExactLaw(*point.server).get())) : of_workers;
}

std::optional<double> exact_staleness(Point const& point) {
  if (std::holds_alternative<Async>(point.strategy)) return exact::k_async_staleness(point.workers(), 1);
  if (std::holds_alternative<KAsync>(point.strategy))
    return exact::k_async_staleness(point.workers(), gradients(point.strategy, point.workers()));
  Runtime const form = runtime(point);
  auto const* const clocks = std::get_if<Clocks>(&form);
  // Which updates wait at a server while workers go on is not known, nor who is ahead of stragglers.
  if (clocks == nullptr || clocks->served || clocks->straggles) return std::nullopt;
  ExactFleet const fleet(point.fleet);
  return std::visit([&](auto const& rule) { return staleness_by(rule, clocks->gradients, fleet.groups()); },
                    clocks->rule);
}

}  // namespace dsgd
