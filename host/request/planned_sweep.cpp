#include "request/planned_sweep.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "dsgd/error.hpp"
#include "dsgd/expects.hpp"
#include "request/advice.hpp"
#include "request/left_out.hpp"
#include "spec/spec.hpp"
#include "statistics/resolution.hpp"

namespace dsgd {
namespace {

/// @throws Error usage where order statistics are to be sampled, and the point's runtime is none
void check_sampling(Point const& point) {
  if (point.sampling == Sampling::workers || is_order_statistic(point)) return;
  throw Error(
      ExitCode::usage,
      "--sampling order-statistics cannot be used with --strategy " + canonical_spec(point.strategy) +
          " under " + fleet_spec(point) +
          " (its runtime is not an order statistic of equal workers): use "
          "--sampling workers" +
          (point.workers > max_workers ? " with at most " + std::to_string(max_workers) + " of them" : ""));
}

/// True where the longest order statistic that may be sampled is a 32-bit number. @pre check_sampling() (std::get looks)
bool is_sampled_in_range(Point const& point) {
  std::uint64_t const rank = std::get<OrderStatistic>(runtime(point)).rank;
  float const longest =
      std::visit([&](auto const& law) { return law.excess_at(largest_hazard(point.workers, rank)); },
                 sampler(point.law));
  return std::isfinite(longest);
}

std::string workers_of(Point const& point) {
  return std::to_string(point.workers) + (point.workers == 1 ? " worker" : " workers");
}

/// @throws Error usage where order statistics are to be sampled that are no 32-bit numbers
/// @pre check_sampling() (std::get looks)
void check_sampled_range(Point const& point) {
  if (point.sampling == Sampling::workers || is_sampled_in_range(point)) return;
  throw Error(ExitCode::usage,
              "--law " + canonical_spec(point.law) +
                  " has delays that are too long for 32-bit numbers with " + workers_of(point) +
                  " (the longest exceed 1e38): use a larger unit of time, a lighter tail" +
                  (helps_fewer_workers(point, is_sampled_in_range) ? ", or fewer workers" : ""));
}

/// @throws Error usage where workers wait for each other, and a job can outlast every warm-up or delays are
/// so alike that workers stay in step: nobody knows then in the middle of what workers are that have worked
/// for ever, and no mean would be theirs
void check_warm_up(PlannedPoint const& planned) {
  Observable const& seen = planned.observable();
  auto const* const clocks = std::get_if<Clocks>(&seen.runtime);
  if (clocks == nullptr || !they_wait(clocks->rule) || seen.plan.settles) return;
  Point const& point = planned.point();
  throw Error(
      ExitCode::usage,
      "--law " + fleet_spec(point) + " has no long-run mean that can be found for --strategy " +
          canonical_spec(point.strategy) + " with " + std::to_string(point.workers) +
          " workers (its longest jobs take longer than every warm-up, or its delays hardly differ and "
          "workers stay in step): use a lighter tail, delays that differ more, k=1, k=100%, or "
          "k-batch-async");
}

/// @throws Error usage where a replication may be so long that draws of a worker have no address
void check_jobs(PlannedPoint const& planned) {
  Point const& point = planned.point();
  Observable const& seen = planned.observable();
  auto const* const clocks = std::get_if<Clocks>(&seen.runtime);
  if (clocks == nullptr) return;
  double const updates = static_cast<double>(seen.plan.warm_up) + static_cast<double>(seen.plan.updates);
  double const arrivals = updates * static_cast<double>(clocks->gradients);
  // Equal workers have about as many jobs; the quickest group of a fleet may have nearly all.
  double const jobs =
      seen.groups.empty() ? 16 * (arrivals / static_cast<double>(seen.workers) + 1) : arrivals;
  if (jobs < static_cast<double>(max_jobs)) return;
  throw Error(ExitCode::usage,
              "--strategy " + canonical_spec(point.strategy) + " with " + workers_of(point) +
                  " may give a worker more jobs in a row than have draws of their own (2^34): give " +
                  (clocks->gradients > 1 ? "a smaller k" : "a lighter tail"));
}

bool has_float_range(Point const& point) { return float_range(point) == FloatRange::inside; }

/// @throws Error usage where runtimes are no 32-bit numbers
void check_float_range(Point const& point) {
  FloatRange const range = float_range(point);
  if (range == FloatRange::inside) return;
  bool const is_long = range == FloatRange::too_long;
  throw Error(
      ExitCode::usage,
      "--law " + fleet_spec(point) + " is too " + (is_long ? "long" : "short") + " for --strategy " +
          canonical_spec(point.strategy) + " with " + workers_of(point) +
          (is_long
               ? " (sums of its delays exceed 1e38, the largest 32-bit number): use a larger unit "
                 "of time, or a strategy that adds fewer delays"
               : " (such runtimes are below 1e-33, near the smallest 32-bit number): use a smaller "
                 "unit of time" +
                     std::string(helps_fewer_workers(point, has_float_range) ? ", or fewer workers" : "")));
}

/// @throws Error usage where a spread is too small for float32
void check_spread(Point const& point) {
  if (!hardly_varies(point)) return;
  auto const varies = [](Point const& other) { return !hardly_varies(other); };
  std::string advice = "use a law that varies more";
  if (helps_fewer_workers(point, varies)) advice += ", or fewer workers";
  if (helps_strategy(point, Sync{}, varies) || helps_strategy(point, Fastest{}, varies))
    advice += ", or a strategy that waits for nearly all or very few";
  throw Error(ExitCode::usage,
              "--law " + fleet_spec(point) + " hardly varies under --strategy " +
                  canonical_spec(point.strategy) + " with " + workers_of(point) +
                  " (its relative spread is below 2^-20, which 32-bit numbers cannot show): " + advice);
}

/// @throws Error usage where a tail is too heavy for exact sums
void check_tail(Point const& point) {
  std::optional<Unresolved> const unresolved = find_unresolved(point);
  if (!unresolved) return;
  bool const between = unresolved->between_updates;
  auto const is_resolved = [](Point const& other) { return !find_unresolved(other); };
  std::string advice = "use a lighter tail";
  if (between && helps_fewer_workers(point, is_resolved)) advice += ", or fewer workers";
  if (!between && helps_strategy(point, Fastest{}, is_resolved))
    advice += ", or a strategy that waits for fewer workers";
  throw Error(ExitCode::usage, "--law " + fleet_spec(point) + " has too heavy a tail for --strategy " +
                                   canonical_spec(point.strategy) + " with " + workers_of(point) + " (one " +
                                   (between ? "delay" : "runtime") + " in 2^50 is about 2^" +
                                   std::to_string(unresolved->span) + " times a typical " +
                                   (between ? "time between updates" : "one") + ", and exact sums hold 2^" +
                                   std::to_string(max_span) + "): " + advice);
}

/// What a point has to pass before it can be planned, in the order in which one check needs the other.
constexpr std::array checks_of_points{check_sampling, check_sampled_range, check_float_range, check_spread,
                                      check_tail};

/// What it has to pass then.
constexpr std::array checks_of_plans{check_warm_up, check_jobs};

constexpr std::size_t number_of_checks = checks_of_points.size() + checks_of_plans.size();

/// The points that no check refuses.
class PassedPoints {
 public:
  /// @param all  points of the sweep
  explicit PassedPoints(std::size_t all) : all_(all) {}

  void add(Point&& point) {
    std::size_t check = 0;
    try {
      for (auto* const passes : checks_of_points) {
        passes(point);
        ++check;
      }
      PlannedPoint planned(std::move(point));
      for (auto* const passes : checks_of_plans) {
        passes(planned);
        ++check;
      }
      passed_.push_back(std::move(planned));
    } catch (Error const& error) {
      if (refused_[check]++ == 0) first_[check] = error.what();
      if (!first_error_) first_error_ = error;
    }
  }

  /// @throws Error what the first check said, where no point has passed
  std::vector<PlannedPoint> take() {
    if (passed_.empty()) throw *first_error_;
    return std::move(passed_);
  }

  /// Why points have not passed: a line for each check that refused some.
  std::vector<std::string> left_out() const {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < number_of_checks; ++i)
      if (refused_[i] != 0)
        lines.push_back(std::to_string(refused_[i]) + " of " + std::to_string(all_) + " points left out" +
                        (refused_[i] == 1 ? ": " : ", the first: ") + first_[i]);
    return lines;
  }

 private:
  std::size_t all_;
  std::vector<PlannedPoint> passed_;
  std::array<std::size_t, number_of_checks> refused_{};  ///< by each check
  std::array<std::string, number_of_checks> first_;      ///< why
  std::optional<Error> first_error_;
};

/// Drawing every worker with 32 bits and shared tails costs the largest fleets some exactness: says so where
/// one is drawn; else empty.
std::string bias_of_ties(std::vector<PlannedPoint> const& points) {
  bool any = false, can_be_sampled = false;
  for (PlannedPoint const& planned : points) {
    Point const& point = planned.point();
    if (point.sampling != Sampling::workers || point.workers <= 1u << 20) continue;
    any = true;
    can_be_sampled = can_be_sampled || is_order_statistic(point);
  }
  if (!any) return {};
  return std::string(
             "with more than 1048576 workers, a mean is biased by up to a third of its standard error at "
             "10^12 iterations (workers share tail words)") +
         (can_be_sampled ? ": order statistics have no such bias with --sampling order-statistics" : "");
}

/// Where workers go on after an update, an exchange with the server delays one of them and no other: names
/// the strategies under which no communication is added; empty for none.
std::string communication_not_added(Sweep const& sweep) {
  std::vector<std::string> names;
  for (Strategy const& strategy : sweep.strategies) {
    std::string name(std::visit([](auto const& s) { return s.name; }, strategy));
    if (!meets(strategy) && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  if (!sweep.communication || names.empty()) return {};
  std::string text = names.front();
  for (std::size_t i = 1; i < names.size(); ++i)
    text.append(i + 1 < names.size() ? ", " : " and ").append(names[i]);
  return "--communication is not added under " + text +
         " (workers go on after an update there, and an exchange delays only its own worker): add its time "
         "to --law";
}

}  // namespace

PlannedSweep plan_sweep(SweepRequest request) {
  Sweep const& sweep = request.sweep;
  DSGD_EXPECTS(!sweep.fleets.empty() && !sweep.strategies.empty() && !sweep.workers.empty());
  DSGD_EXPECTS(request.quantiles.empty() || sweep.quantiles);
  if (sweep.sampling == Sampling::order_statistics && sweep.draws == Draws::common)
    throw Error(
        ExitCode::usage,
        "--draws common cannot be combined with --sampling order-statistics (which draws for each number of "
        "workers): leave one out");
  std::vector<Point> points = expand(sweep);
  if (points.empty()) throw no_point_remains(sweep);
  PassedPoints passed(sweep.fleets.size() * sweep.strategies.size() * sweep.workers.size());
  for (Point& point : points) passed.add(std::move(point));
  std::vector<PlannedPoint> planned = passed.take();
  std::vector<std::string> warnings{points_left_out(sweep)};
  for (std::string& left_out : passed.left_out()) warnings.push_back(std::move(left_out));
  warnings.push_back(communication_not_added(sweep));
  warnings.push_back(bias_of_ties(planned));
  std::erase(warnings, std::string());
  return {std::move(request), std::move(planned), std::move(warnings)};
}

}  // namespace dsgd
