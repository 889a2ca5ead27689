#include "cli/sweep_options.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "cli/left_out.hpp"
#include "cli/worker_list.hpp"
#include "dsgd/error.hpp"
#include "spec/spec.hpp"
#include "statistics/resolution.hpp"
#include "text/number.hpp"
#include "text/split.hpp"
#include "text/warn.hpp"

namespace dsgd {
namespace {

std::vector<Strategy> parse_all_strategies(std::vector<std::string> const& lists) {
  std::vector<Strategy> strategies;
  std::set<std::string> seen;
  for (std::string const& list : lists)
    for (Strategy const& strategy : parse_strategies(list)) {
      strategies.push_back(strategy);
      std::string const spec = canonical_spec(strategy);
      if (!seen.insert(spec).second)
        throw Error(ExitCode::usage,
                    "--strategy " + spec + " is given twice (its points would be the same): give it once");
    }
  return strategies;
}

Sampling parse_sampling(std::string const& name) {
  if (name == "workers") return Sampling::workers;
  if (name == "order-statistics") return Sampling::order_statistics;
  throw Error(ExitCode::usage,
              "--sampling '" + name + "' is unknown (no such choice): use workers or order-statistics");
}

/// @throws Error usage where order statistics are to be sampled, and the point's runtime is none
void check_sampling(Point const& point) {
  if (point.sampling == Sampling::workers || is_order_statistic(point)) return;
  throw Error(ExitCode::usage, "--sampling order-statistics cannot be used with --strategy " +
                                   canonical_spec(point.strategy) + " under " + fleet_spec(point) +
                                   " (its runtime is not an order statistic of equal workers): use "
                                   "--sampling workers");
}

/// @throws Error usage where order statistics are to be sampled that are no 32-bit numbers
/// @pre check_sampling() (std::get looks)
void check_sampled_range(Point const& point) {
  if (point.sampling == Sampling::workers) return;
  std::uint64_t const rank = std::get<OrderStatistic>(runtime(point)).rank;
  float const longest =
      std::visit([&](auto const& law) { return law.excess_at(largest_hazard(point.workers, rank)); },
                 sampler(point.law));
  if (!std::isfinite(longest))
    throw Error(ExitCode::usage,
                "--law " + canonical_spec(point.law) +
                    " has delays that are too long for 32-bit numbers with " + std::to_string(point.workers) +
                    " workers (the longest exceed 1e38): give fewer workers, or a larger unit of time");
}

/// @throws Error usage where workers wait for each other, and a job can outlast every warm-up or delays are
/// so alike that workers stay in step: nobody knows then in the middle of what workers are that have worked
/// for ever, and no mean would be theirs
void check_warm_up(Point const& point) {
  Runtime const form = runtime(point);
  auto const* const clocks = std::get_if<Clocks>(&form);
  if (clocks == nullptr || clocks->rule != Clocks::Rule::workers || observable(point).plan.settles) return;
  throw Error(
      ExitCode::usage,
      "--law " + fleet_spec(point) + " has no long-run mean that can be found for --strategy " +
          canonical_spec(point.strategy) + " with " + std::to_string(point.workers) +
          " workers (its longest jobs take longer than every warm-up, or its delays hardly differ and "
          "workers stay in step): use a lighter tail, delays that differ more, k=1, k=100%, or "
          "k-batch-async");
}

/// @throws Error usage where a replication may be so long that draws of a worker have no address
void check_jobs(Point const& point) {
  Runtime const form = runtime(point);
  auto const* const clocks = std::get_if<Clocks>(&form);
  if (clocks == nullptr) return;
  Observable const seen = observable(point);
  double const updates = static_cast<double>(seen.plan.warm_up) + static_cast<double>(seen.plan.updates);
  double const arrivals = updates * static_cast<double>(clocks->gradients);
  // Equal workers have about as many jobs; the quickest group of a fleet may have nearly all.
  double const jobs =
      seen.groups.empty() ? 16 * (arrivals / static_cast<double>(seen.workers) + 1) : arrivals;
  if (jobs < static_cast<double>(max_jobs)) return;
  throw Error(ExitCode::usage,
              "--strategy " + canonical_spec(point.strategy) + " with " + std::to_string(point.workers) +
                  (point.workers == 1 ? " worker" : " workers") +
                  " may give a worker more jobs in a row than have draws of their own (2^34): give a smaller "
                  "k, or fewer --iterations");
}

/// @throws Error usage where runtimes are no 32-bit numbers
void check_float_range(Point const& point) {
  FloatRange const range = float_range(point);
  if (range == FloatRange::inside) return;
  bool const is_long = range == FloatRange::too_long;
  throw Error(
      ExitCode::usage,
      "--law " + fleet_spec(point) + " is too " + (is_long ? "long" : "short") + " for --strategy " +
          canonical_spec(point.strategy) + " with " + std::to_string(point.workers) +
          (point.workers == 1 ? " worker" : " workers") +
          (is_long ? " (sums of its delays exceed 1e38, the largest 32-bit number): use a larger unit "
                     "of time, or a strategy that adds fewer delays"
                   : " (such runtimes are below 1e-33, near the smallest 32-bit number): use a smaller "
                     "unit of time, or fewer workers"));
}

/// @throws Error usage where a spread is too small for float32
void check_spread(Point const& point) {
  if (hardly_varies(point))
    throw Error(ExitCode::usage,
                "--law " + fleet_spec(point) + " hardly varies under --strategy " +
                    canonical_spec(point.strategy) + " with " + std::to_string(point.workers) +
                    " workers (its relative spread is below 2^-20, which 32-bit numbers cannot show): use a "
                    "law that varies more, fewer workers, or a rank nearer to either end");
}

/// @throws Error usage where a tail is too heavy for exact sums
void check_tail(Point const& point) {
  std::optional<Unresolved> const unresolved = find_unresolved(point);
  if (!unresolved) return;
  bool const between = unresolved->between_updates;
  throw Error(ExitCode::usage, "--law " + fleet_spec(point) + " has too heavy a tail for --strategy " +
                                   canonical_spec(point.strategy) + " with " + std::to_string(point.workers) +
                                   (point.workers == 1 ? " worker" : " workers") + " (one " +
                                   (between ? "delay" : "runtime") + " in 2^50 is about 2^" +
                                   std::to_string(unresolved->span) + " times a typical " +
                                   (between ? "time between updates" : "one") + ", and exact sums hold 2^" +
                                   std::to_string(max_span) + "): use a lighter tail, or " +
                                   (between ? "fewer workers" : "a strategy that waits for fewer workers"));
}

/// What a point has to pass, in the order in which one check needs the other.
constexpr std::array checks{check_sampling, check_sampled_range, check_float_range, check_spread,
                            check_tail,     check_warm_up,       check_jobs};

/// The points that no check refuses.
class PassedPoints {
 public:
  void add(Point&& point) {
    std::size_t check = 0;
    try {
      for (; check < checks.size(); ++check) checks[check](point);
    } catch (Error const& error) {
      if (refused_[check]++ == 0) first_[check] = error.what();
      if (!first_error_) first_error_ = error;
      return;
    }
    passed_.points.push_back(std::move(point));
  }

  /// @param all  points of the sweep
  SweptPoints take(std::size_t all) {
    if (passed_.points.empty()) throw *first_error_;
    for (std::size_t i = 0; i < checks.size(); ++i)
      if (refused_[i] != 0)
        passed_.left_out.push_back(std::to_string(refused_[i]) + " of " + std::to_string(all) +
                                   " points left out" + (refused_[i] == 1 ? ": " : ", the first: ") +
                                   first_[i]);
    return std::move(passed_);
  }

 private:
  SweptPoints passed_;
  std::array<std::size_t, checks.size()> refused_{};  ///< by each check
  std::array<std::string, checks.size()> first_;      ///< why
  std::optional<Error> first_error_;
};

/// Drawing every worker with 32 bits and shared tails costs the largest fleets some exactness.
void warn_of_ties(std::vector<Point> const& points) {
  for (Point const& point : points)
    if (point.sampling == Sampling::workers && point.workers > 1u << 20) {
      warn(
          "with more than 1048576 workers, a mean is biased by up to a third of its standard error at 10^12 "
          "iterations (workers share tail words): --sampling order-statistics has no such bias");
      return;
    }
}

/// Where workers go on after an update, an exchange with the server delays one of them and no other.
void warn_of_communication(Sweep const& sweep) {
  std::vector<std::string> names;
  for (Strategy const& strategy : sweep.strategies) {
    std::string name(std::visit([](auto const& s) { return s.name; }, strategy));
    if (!meets(strategy) && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  if (!sweep.communication || names.empty()) return;
  std::string text = names.front();
  for (std::size_t i = 1; i < names.size(); ++i)
    text.append(i + 1 < names.size() ? ", " : " and ").append(names[i]);
  warn("--communication is not added under " + text +
       " (workers go on after an update there, and an exchange delays only its own worker): add its time "
       "to --law");
}

/// Those of the notebook; where all fleets have a size of their own, these.
std::vector<std::uint64_t> default_workers(std::vector<Fleet> const& fleets) {
  std::set<std::uint64_t> sizes;
  for (Fleet const& fleet : fleets) {
    if (fleet.uniform()) return parse_workers("1:20");
    sizes.insert(fleet.workers());
  }
  return {sizes.begin(), sizes.end()};
}

}  // namespace

std::vector<double> parse_quantiles(SweepOptions const& options) {
  std::vector<double> quantiles;
  if (!options.quantiles) return quantiles;
  std::string const& list = *options.quantiles;
  for (std::string_view const text : split(list, ','))
    quantiles.push_back(parse_share(text, "--quantiles", 1e-12, 1 - 1e-12));
  std::sort(quantiles.begin(), quantiles.end());
  if (std::adjacent_find(quantiles.begin(), quantiles.end()) != quantiles.end())
    throw Error(ExitCode::usage,
                "--quantiles '" + list +
                    "' has the same quantile twice (its columns would be the same): give each once");
  return quantiles;
}

std::optional<std::uint64_t> parse_updates(SweepOptions const& options) {
  if (!options.updates) return std::nullopt;
  return parse_count(*options.updates, "--updates", 1, max_iterations);
}

Sweep parse_sweep(SweepOptions const& options) {
  Sweep sweep;
  sweep.fleets = options.law.parse();
  sweep.sampling = parse_sampling(options.sampling);
  bool const sampled = sweep.sampling == Sampling::order_statistics;
  sweep.workers = options.workers
                      ? parse_workers(*options.workers, sampled ? max_sampled_workers : max_workers)
                      : default_workers(sweep.fleets);
  if (!options.strategies.empty()) sweep.strategies = parse_all_strategies(options.strategies);
  sweep.iterations = parse_count(options.iterations, "--iterations", 1, max_iterations);
  sweep.seed = parse_count(options.seed, "--seed", 0, ~std::uint64_t{0});
  sweep.draws = parse_draws(options.draws);
  if (options.communication) sweep.communication = parse_communication(*options.communication);
  sweep.quantiles = options.quantiles || options.results.plot_kind == "distribution";
  if (sweep.workers.size() * sweep.fleets.size() * sweep.strategies.size() > max_points)
    throw Error(ExitCode::usage,
                "the sweep has more than " + std::to_string(max_points) +
                    " points (their results are kept in memory): give --workers a larger step");
  return sweep;
}

SweptPoints points_of(Sweep const& sweep) {
  if (sweep.sampling == Sampling::order_statistics && sweep.draws == Draws::common)
    throw Error(
        ExitCode::usage,
        "--draws common cannot be combined with --sampling order-statistics (which draws for each number of "
        "workers): leave one out");
  std::vector<Point> points = expand(sweep);
  if (points.empty()) throw no_point_remains(sweep);
  PassedPoints passed;
  for (Point& point : points) passed.add(std::move(point));
  return passed.take(sweep.fleets.size() * sweep.strategies.size() * sweep.workers.size());
}

void warn_of_points(Sweep const& sweep, SweptPoints const& swept) {
  if (std::string const left_out = points_left_out(sweep); !left_out.empty()) warn(left_out);
  for (std::string const& left_out : swept.left_out) warn(left_out);
  warn_of_communication(sweep);
  warn_of_ties(swept.points);
}

void report_traces(Sweep const& sweep) {
  std::set<std::string> reported;
  auto const report = [&](Law const& law) {
    auto const* const measured = std::get_if<Empirical>(&law);
    if (measured != nullptr && reported.insert(measured->note).second) inform(measured->note);
  };
  for (Fleet const& fleet : sweep.fleets) {
    if (fleet.uniform()) report(fleet.law());
    for (FleetGroup const& group : fleet.groups()) report(group.law);
  }
}

}  // namespace dsgd
