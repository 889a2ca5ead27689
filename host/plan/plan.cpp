#include "plan/plan.hpp"

#include <algorithm>
#include <functional>
#include <memory>

#include "bench/clock.hpp"
#include "dsgd/error.hpp"
#include "dsgd/expects.hpp"
#include "engines/choose.hpp"
#include "plan/calibrate.hpp"
#include "run/runner.hpp"
#include "statistics/estimate.hpp"

namespace dsgd {
namespace {

/// Everything that the plans of all engines share.
struct Sweeping {
  std::span<PlannedPoint const> points;
  std::vector<PlannedGroup> groups;
  DrawCounts draws;
};

/// Form of the runtimes that `dsgd bench` measures.
std::size_t const benched_form = Runtime(OrderStatistic{1}).index();

std::string refusal(EngineRow const& row, Sweeping const& sweep) {
  for (PlannedPoint const& point : sweep.points)
    if (std::string reason = row.refusal(point.observable()); !reason.empty()) return reason;
  return {};
}

std::optional<double> seconds_of(Speed const& speed, std::span<PlannedGroup const> groups) {
  double sum = 0;
  for (PlannedGroup const& group : groups) {
    std::optional<double> const seconds = speed.seconds(group);
    if (!seconds) return std::nullopt;
    sum += *seconds;
  }
  return sum;
}

/// Fills in time and device by what a bench file says of the engine, at each number of workers by the last of
/// its measurements: that of the most iterations. @return false where it says nothing
bool plan_by_bench(EnginePlan& plan, Sweeping const& sweep, std::span<BenchFigure const> bench) {
  Speed speed;
  for (BenchFigure const& figure : bench) {
    if (figure.engine != plan.engine->name) continue;
    plan.device = figure.device;
    plan.from_bench = true;
    speed.add(benched_form, static_cast<double>(figure.workers), 1 / figure.draws_per_second);
  }
  if (plan.from_bench) plan.seconds = seconds_of(speed, sweep.groups);
  return plan.from_bench;
}

/// Fills them in by running the engine, start-up counted. On the host the time is that of the processor,
/// shared among the threads: what others do on the same cores then counts little.
/// @return the share of the processor that a probe got
double plan_by_calibration(EnginePlan& plan, Sweeping const& sweep, EngineOptions const& options,
                           double seconds) {
  bool const on_host = !plan.engine->has_devices;
  unsigned const threads = plan.engine->cores(options);
  std::function<double()> now = steady_seconds;
  if (on_host) now = [threads] { return processor_seconds() / threads; };
  double share = probe_clock(threads).share;
  double const start = steady_seconds();
  try {
    std::unique_ptr<Engine> const engine = plan.engine->make(options);
    double const start_up = steady_seconds() - start;
    plan.device = engine->device();
    Speed const speed = calibrate(*engine, sweep.points, sweep.groups, seconds, now);
    share = std::min(share, probe_clock(threads).share);
    plan.seconds = start_up + *seconds_of(speed, sweep.groups);
  } catch (Error const& error) {  // a device that refuses leaves the other engines
    plan.problem = error.what();
  }
  return share;
}

/// The share of some work in all draws of a sweep. @param all  draws of the sweep, > 0
double share_of_draws(std::span<PlannedPoint const> points, std::span<PointWork const> work, double all) {
  return count_draws(points, work).shared / all;
}

/// Bytes of all points, what engines see of them, their sums and their estimates, about.
std::uint64_t host_memory(std::span<PlannedPoint const> points) {
  constexpr std::uint64_t histogram_octaves = 16;  // about; as many as occur
  std::uint64_t const sums =
      sizeof(Summary) +
      (points.front().point().quantiles ? histogram_octaves * sizeof(Histogram::Octave) : 0);
  return points.size() * (sizeof(Point) + 2 * sizeof(Observable) + 3 * sums + sizeof(Estimate));
}

}  // namespace

Plan make_plan(std::span<PlannedPoint const> points, PlanRequest const& request) {
  DSGD_EXPECTS(!points.empty());
  double const all = count_draws(points).shared;
  std::vector<PointWork> work = request.work.empty() ? whole_work(points) : request.work;
  std::vector<PointWork> wanted = work;
  for (PointWork& one : wanted) one.done = 0;
  double const wanted_share = share_of_draws(points, wanted, all);
  double const done_share = wanted_share - share_of_draws(points, work, all);
  for (std::size_t i = 0; i < points.size(); ++i)
    if (is_finished(points[i], work[i], request.relative_error)) work[i].units.count = work[i].done;
  std::optional<Stopping> stopping;
  if (request.relative_error)
    stopping = expect_stops(points, work, *request.relative_error, request.stopping_seconds);
  Sweeping const sweep{points, planned_groups(points, work), count_draws(points, work)};

  std::uint64_t most_iterations = 0;
  for (PlannedPoint const& point : points)
    most_iterations = std::max(most_iterations, iterations_done(point));
  Plan plan{points.size(),
            points.front().point().iterations,
            most_iterations,
            sweep.draws,
            host_memory(points),
            expected_precision(points, request.precision_seconds),
            wanted_share,
            done_share,
            stopping,
            {},
            1,
            {}};
  std::vector<std::size_t> to_calibrate;
  for (EngineRow const& row : engine_table()) {
    if (request.engine != "auto" && request.engine != row.name) continue;
    EnginePlan& engine =
        plan.engines.emplace_back(EnginePlan{&row, refusal(row, sweep), {}, row.memory(request.options), {}});
    if (!engine.problem.empty() || plan_by_bench(engine, sweep, request.bench)) continue;
    engine.problem = row.problem();
    if (engine.problem.empty()) to_calibrate.push_back(plan.engines.size() - 1);
  }
  std::vector<EngineRow const*> usable;
  for (EnginePlan const& engine : plan.engines)
    if (engine.problem.empty()) usable.push_back(engine.engine);
  if (!usable.empty()) check_devices(usable, request.options);
  for (std::size_t const i : to_calibrate)
    plan.machine_share =
        std::min(plan.machine_share,
                 plan_by_calibration(plan.engines[i], sweep, request.options,
                                     request.calibration_seconds / static_cast<double>(to_calibrate.size())));
  if (request.engine != "auto" && (plan.engines.empty() || !plan.engines.front().problem.empty()))
    make_engine(request.engine, {sweep.draws, points}, request.options);  // which says what is wrong
  return plan;
}

}  // namespace dsgd
