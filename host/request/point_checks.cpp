#include "request/point_checks.hpp"

#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <variant>

#include "request/advice.hpp"
#include "request/texts.hpp"
#include "spec/spec.hpp"
#include "statistics/resolution.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

std::string workers_of(Point const& point) { return counted(point.workers(), "worker"); }

// The checks of points, each with what it says of a point that does not pass.

/// False where copies of workers are to take times of steps in which they were not measured.
bool has_times_of_copies(Point const& point) {
  return !point.fleet.replay() || !std::holds_alternative<Copied>(runtime(point));
}

Error no_times_of_copies(Point const& point) {
  return {ExitCode::usage, "--strategy " + canonical_spec(point.strategy) + " cannot be used with replay",
          "a measured step has no times of copies",
          "use empirical with the same file, column and worker, which draws each worker's times alone"};
}

Error no_clocks_for_server(Point const& point) {
  if (auto const* const of = std::get_if<KAsync>(&point.strategy);
      of != nullptr && of->k.of(point.workers()) == point.workers())
    return {ExitCode::usage,
            "--server cannot be used with --strategy " + canonical_spec(point.strategy) + " and " +
                workers_of(point),
            "an update that waits for all of them is one of sync, and a server serves the updates of workers "
            "that go on one by one",
            "give a smaller k, or --communication for a time once per update"};
  return {ExitCode::usage, "--server cannot be used with --strategy " + canonical_spec(point.strategy),
          "it serves the updates of workers that go on one by one",
          "use async, k-async, k-batch-async, k-batch-sync or ssp, or --communication for a time once per "
          "update"};
}

Error no_jobs_for_stragglers(Point const& point) {
  if (point.fleet.replay())
    return {ExitCode::usage, "--stragglers cannot be used with replay",
            "measured steps have slow workers of their own", "leave one out"};
  return {ExitCode::usage, "--stragglers cannot be used with --strategy " + canonical_spec(point.strategy),
          "it has no form in which workers keep their state from update to update", "use another strategy"};
}

/// The law that makes a point what a check refuses, as its option: the server's where the point would pass without it.
std::string culprit(Point const& point, bool (*passes)(Point const&)) {
  Point without = point;
  without.server.reset();
  if (point.server && passes(without)) return "--server " + canonical_spec(*point.server);
  return "--law " + fleet_spec(point);
}

bool can_be_sampled(Point const& point) {
  return point.sampling == Sampling::workers || is_order_statistic(point);
}

Error not_sampled(Point const& point) {
  std::string const workers = "use --sampling workers";
  for (auto const& [is_given, option, why] :
       {std::tuple{point.stragglers.has_value(), "--stragglers", "workers stay slow from update to update"},
        std::tuple{point.server.has_value(), "--server", "updates wait for each other at the server"}})
    if (is_given)
      return {ExitCode::usage, std::string("--sampling order-statistics cannot be used with ") + option,
              std::string(why) + ", so that a runtime is not an order statistic",
              workers + ", or leave " + option + " out"};
  return {
      ExitCode::usage,
      "--sampling order-statistics cannot be used with --strategy " + canonical_spec(point.strategy) +
          " under " + fleet_spec(point),
      "its runtime is not an order statistic of equal workers",
      workers +
          (point.workers() > max_workers ? " with at most " + std::to_string(max_workers) + " of them" : "")};
}

/// True where the longest order statistic that may be sampled is a 32-bit number. @pre can_be_sampled() (std::get looks)
bool is_sampled_in_range(Point const& point) {
  if (point.sampling == Sampling::workers) return true;
  std::uint64_t const rank = std::get<OrderStatistic>(runtime(point)).rank;
  Fleet const& drawn = point.drawn();
  float const longest =
      std::visit([&](auto const& law) { return law.excess_at(largest_hazard(drawn.workers(), rank)); },
                 sampler(drawn.law()));
  return std::isfinite(longest);
}

Error sampled_too_long(Point const& point) {
  return {ExitCode::usage,
          "--law " + fleet_spec(point) + " has delays that are too long for 32-bit numbers with " +
              workers_of(point),
          "the longest exceed 1e38",
          std::string("use a larger unit of time, a lighter tail") +
              (helps_fewer_workers(point, is_sampled_in_range) ? ", or fewer workers" : "")};
}

/// True where runtimes are 32-bit numbers.
bool has_float_range(Point const& point) { return float_range(point) == FloatRange::inside; }

Error outside_float_range(Point const& point) {
  bool const is_long = float_range(point) == FloatRange::too_long;
  std::string const what = culprit(point, has_float_range) + " is too " + (is_long ? "long" : "short") +
                           " for --strategy " + canonical_spec(point.strategy) + " with " + workers_of(point);
  if (is_long)
    return {ExitCode::usage, what, "sums of its delays exceed 1e38, the largest 32-bit number",
            "use a larger unit of time, or a strategy that adds fewer delays"};
  std::string const fewer = helps_fewer_workers(point, has_float_range) ? ", or fewer workers" : "";
  return {ExitCode::usage, what, "such runtimes are below 1e-33, near the smallest 32-bit number",
          "use a smaller unit of time" + fewer};
}

/// True where the spread is large enough for float32.
bool varies(Point const& point) { return !hardly_varies(point); }

Error too_small_a_spread(Point const& point) {
  std::string advice = "use a law that varies more";
  if (helps_fewer_workers(point, varies)) advice += ", or fewer workers";
  if (helps_strategy(point, Sync{}, varies) || helps_strategy(point, Fastest{}, varies))
    advice += ", or a strategy that waits for nearly all or very few";
  return {ExitCode::usage,
          "--law " + fleet_spec(point) + " hardly varies under --strategy " + canonical_spec(point.strategy) +
              " with " + workers_of(point),
          "its relative spread is below 2^-20, which 32-bit numbers cannot show", advice};
}

/// True where the tail is light enough for exact sums.
bool is_resolved(Point const& point) { return !find_unresolved(point); }

/// @pre !is_resolved(point) (value() looks)
Error too_heavy_a_tail(Point const& point) {
  Unresolved const unresolved = find_unresolved(point).value();
  bool const between = unresolved.between_updates;
  std::string advice = "use a lighter tail";
  if (between && helps_fewer_workers(point, is_resolved)) advice += ", or fewer workers";
  if (!between && helps_strategy(point, Fastest{}, is_resolved))
    advice += ", or a strategy that waits for fewer workers";
  return {ExitCode::usage,
          culprit(point, is_resolved) + " has too heavy a tail for --strategy " +
              canonical_spec(point.strategy) + " with " + workers_of(point),
          std::string(between ? "one delay" : "one runtime") + " in 2^50 is about 2^" +
              std::to_string(unresolved.span) + " times a typical " +
              (between ? "time between updates" : "one") + ", and exact sums hold 2^" +
              std::to_string(max_span),
          advice};
}

// The checks of planned points.

/// False where a job can outlast every warm-up, or delays are so alike that workers stay in step, although the means
/// depend on the start: workers wait for each other or for a server, or are slow for a while. Nobody knows then in the
/// middle of what workers are that have worked for ever, and no mean would be theirs.
bool warms_up(PlannedPoint const& planned) {
  Observable const& seen = planned.observable();
  auto const* const clocks = std::get_if<Clocks>(&seen.runtime);
  if (clocks == nullptr || seen.plan.settles) return true;
  return !they_wait(clocks->rule) && !clocks->served && !clocks->straggles;
}

Error no_long_run_mean(PlannedPoint const& planned) {
  Point const& point = planned.point();
  std::string const what = " has no long-run mean that can be found for --strategy " +
                           canonical_spec(point.strategy) + " with " + std::to_string(point.workers()) +
                           " workers";
  if (point.stragglers)
    return {ExitCode::usage, "--stragglers " + canonical_spec(*point.stragglers) + what,
            "slow jobs take longer than every warm-up",
            "use a smaller factor, a lighter tail, or sync and k-sync"};
  return {
      ExitCode::usage, "--law " + fleet_spec(point) + what,
      "its longest jobs take longer than every warm-up, or its delays hardly differ and workers stay in step",
      "use a lighter tail, delays that differ more, a smaller staleness, k=1, k=100%, or k-batch-async"};
}

/// False where a replication may be so long that draws of a worker have no address.
bool jobs_have_draws(PlannedPoint const& planned) {
  Observable const& seen = planned.observable();
  auto const* const clocks = std::get_if<Clocks>(&seen.runtime);
  if (clocks == nullptr) return true;
  double const updates = static_cast<double>(seen.plan.warm_up) + static_cast<double>(seen.plan.updates);
  double const arrivals = updates * static_cast<double>(clocks->gradients);
  // Equal workers have about as many jobs; the quickest group of a fleet may have nearly all.
  double const jobs =
      seen.has_equal_workers() ? 16 * (arrivals / static_cast<double>(seen.workers()) + 1) : arrivals;
  return jobs < static_cast<double>(max_jobs);
}

Error too_many_jobs(PlannedPoint const& planned) {
  Point const& point = planned.point();
  bool const is_k_large = std::get<Clocks>(planned.observable().runtime).gradients > 1;
  return {ExitCode::usage,
          "--strategy " + canonical_spec(point.strategy) + " with " + workers_of(point) +
              " may give a worker more jobs in a row than have draws of their own",
          "a worker has 2^34 of them", is_k_large ? "give a smaller k" : "give a lighter tail"};
}

constexpr std::array of_points{
    PointCheck<Point>{has_times_of_copies, no_times_of_copies},
    PointCheck<Point>{takes_stragglers, no_jobs_for_stragglers},
    PointCheck<Point>{takes_server, no_clocks_for_server},
    PointCheck<Point>{can_be_sampled, not_sampled},
    PointCheck<Point>{is_sampled_in_range, sampled_too_long},
    PointCheck<Point>{has_float_range, outside_float_range},
    PointCheck<Point>{varies, too_small_a_spread},
    PointCheck<Point>{is_resolved, too_heavy_a_tail},
};

constexpr std::array of_plans{
    PointCheck<PlannedPoint>{warms_up, no_long_run_mean},
    PointCheck<PlannedPoint>{jobs_have_draws, too_many_jobs},
};

}  // namespace

std::span<PointCheck<Point> const> checks_of_points() { return of_points; }

std::span<PointCheck<PlannedPoint> const> checks_of_plans() { return of_plans; }

}  // namespace dsgd
