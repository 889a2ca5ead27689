#include "runner.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "dsgd/block_queue.hpp"
#include "spec.hpp"

namespace dsgd {
namespace {

/// Points that share their draws, with where each came from.
struct Group {
  Batch batch;
  std::vector<std::size_t> points;  ///< number of the point of each observable
  std::vector<Summary> summaries;   ///< one per observable
  std::uint64_t units = 0;          ///< of work, each

  double draws() const { return draws_per_unit(batch) * static_cast<double>(units); }
};

/// One group per (stream, form of runtime, units), in the order of the points' streams.
std::vector<Group> group_by_draws(std::span<Point const> points) {
  std::map<std::tuple<std::uint64_t, std::uint32_t, std::size_t, std::uint64_t, std::uint64_t>, Group> groups;
  for (std::size_t i = 0; i < points.size(); ++i) {
    Point const& point = points[i];
    Observable const seen = observable(point);
    std::uint64_t const units = work_units(point, seen);
    // Each number of workers has order statistics of its own.
    std::uint64_t const apart =
        std::holds_alternative<SampledOrderStatistic>(seen.runtime) ? point.workers : 0;
    Group& group = groups[{point.stream.seed, point.stream.id, seen.runtime.index(), apart, units}];
    group.batch.stream = point.stream;
    group.units = units;
    group.points.push_back(i);
  }
  std::vector<Group> ordered;
  for (auto& [key, group] : groups) {
    std::stable_sort(group.points.begin(), group.points.end(),
                     [&](std::size_t a, std::size_t b) { return points[a].workers < points[b].workers; });
    for (std::size_t const i : group.points) group.batch.observables.push_back(observable(points[i]));
    group.batch.points = group.points;
    group.summaries.resize(group.points.size());
    ordered.push_back(std::move(group));
  }
  return ordered;
}

/// Cuts the work of all groups into slices of about equal work.
class Slicer {
 public:
  explicit Slicer(std::span<Group> groups) : groups_(groups) {}

  bool finished() const { return group_ == groups_.size(); }
  std::size_t groups_done() const { return group_; }

  /// Work of about `draws` draws: at least one unit, of as many groups as it takes.
  std::vector<Work> next(double draws) {
    std::vector<Work> slice;
    for (double taken = 0; !finished() && (slice.empty() || taken < draws);) {
      Group& group = groups_[group_];
      double const per_unit = draws_per_unit(group.batch);
      double const affordable = std::clamp((draws - taken) / per_unit, 1.0, 0x1p50);
      std::uint64_t const count = std::min(group.units - unit_, static_cast<std::uint64_t>(affordable));
      slice.push_back({&group.batch, {unit_, count}, group.summaries});
      taken += static_cast<double>(count) * per_unit;
      unit_ += count;
      if (unit_ == group.units) {
        ++group_;
        unit_ = 0;
      }
    }
    return slice;
  }

 private:
  std::span<Group> groups_;
  std::size_t group_ = 0;
  std::uint64_t unit_ = 0;
};

double total_draws(std::span<Group const> groups) {
  double draws = 0;
  for (Group const& group : groups) draws += group.draws();
  return draws;
}

double draws_of(std::span<Work const> slice) {
  double draws = 0;
  for (Work const& work : slice)
    draws += static_cast<double>(work.iterations.count) * draws_per_unit(*work.batch);
  return draws;
}

}  // namespace

DrawCounts count_draws(std::span<Point const> points) {
  std::set<std::tuple<std::uint32_t, std::uint64_t, std::size_t, std::string, double>> drawn;
  double separate = 0, runtimes = 0;
  for (Point const& point : points) {
    Observable const seen = observable(point);
    runtimes += static_cast<double>(point.iterations);
    double const draws = draws_per_unit(seen) * static_cast<double>(work_units(point, seen));
    if (drawn.insert({point.stream.id, point.workers, seen.runtime.index(), fleet_spec(point), draws}).second)
      separate += draws;
  }
  return {total_draws(group_by_draws(points)), separate, runtimes};
}

RunResult run(std::span<Point const> points, Engine& engine, RunOptions const& options) {
  using Clock = std::chrono::steady_clock;
  auto const start = Clock::now();
  auto const elapsed = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };

  std::vector<Group> groups = group_by_draws(points);
  Progress progress{0, points.size(), 0, total_draws(groups), 0};

  Slicer slicer(groups);
  double slice_draws = 0x1p22;  // a few milliseconds; then as the engine's speed allows
  std::size_t counted = 0;
  while (!slicer.finished()) {
    std::vector<Work> const slice = slicer.next(slice_draws);
    double const before = elapsed();
    engine.run(slice);
    progress.seconds = elapsed();
    progress.draws_done += draws_of(slice);
    for (; counted < slicer.groups_done(); ++counted) progress.points_done += groups[counted].points.size();
    options.report(progress);
    double const speed = draws_of(slice) / std::max(progress.seconds - before, 1e-9);
    slice_draws = std::clamp(speed * options.slice_seconds, 1.0, 4 * slice_draws);
  }

  RunResult result{std::vector<Summary>(points.size()), progress.draws, elapsed()};
  for (Group const& group : groups)
    for (std::size_t i = 0; i < group.points.size(); ++i)
      result.summaries[group.points[i]] = group.summaries[i];
  return result;
}

}  // namespace dsgd
