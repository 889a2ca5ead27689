#include "sweep/baseline.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "dsgd/error.hpp"
#include "dsgd/expects.hpp"
#include "exact/point.hpp"
#include "exact/student_t.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t most_parts = 64;

/// The part of each point's work.
std::vector<PointWork> part_of(std::span<PlannedPoint const> points, std::uint64_t part,
                               std::uint64_t parts) {
  std::vector<PointWork> work;
  for (PlannedPoint const& point : points) {
    // Units are fewer than 2^50, and parts are few.
    std::uint64_t const units = work_units(point), first = units * part / parts;
    work.push_back({{first, units * (part + 1) / parts - first}});
  }
  return work;
}

/// Reports the progress of a part as that of the whole run.
Progress in_whole_run(Progress part_progress, std::uint64_t part, std::uint64_t parts, double start) {
  part_progress.draws_done += static_cast<double>(part) * part_progress.draws;
  part_progress.draws *= static_cast<double>(parts);
  if (part + 1 < parts) part_progress.points_done = 0;
  part_progress.seconds = steady_seconds() - start;
  return part_progress;
}

/// Adds an interval where anything varies.
void add_interval(Difference& difference, std::span<std::vector<double> const> means, std::size_t row,
                  std::size_t baseline) {
  auto const count = static_cast<double>(means.size());
  if (means.size() < 2) return;
  double mean = 0, squares = 0;
  for (std::vector<double> const& part : means) mean += (part[row] - part[baseline]) / count;
  for (std::vector<double> const& part : means) squares += std::pow(part[row] - part[baseline] - mean, 2);
  double const half = student_t_95(means.size() - 1) * std::sqrt(squares / (count - 1) / count);
  if (half == 0) return;
  difference.low = round_to_12_digits(difference.value - half);
  difference.high = round_to_12_digits(difference.value + half);
}

}  // namespace

void require_baseline(std::span<PlannedPoint const> points, Strategy const& baseline) {
  std::string const spec = canonical_spec(baseline);
  auto const own =
      static_cast<std::size_t>(std::count_if(points.begin(), points.end(), [&](PlannedPoint const& point) {
        return canonical_spec(point.point().strategy) == spec;
      }));
  if (own > 0 && own < points.size()) return;
  throw Error(
      ExitCode::usage, "--baseline " + spec + (own == 0 ? " has no point" : " has all points"),
      own == 0 ? "its points were left out, and nothing can be compared with it"
               : "it would be compared with itself",
      own == 0 ? "give a strategy that fits the workers and laws" : "name other strategies with --strategy");
}

RunInParts run_in_parts(std::span<PlannedPoint const> points, Engine& engine, RunOptions const& options) {
  DSGD_EXPECTS(!points.empty());
  std::uint64_t parts = most_parts;
  for (PlannedPoint const& point : points) parts = std::min(parts, work_units(point));
  RunInParts all{{std::vector<Summary>(points.size()), 0, 0}, {}};
  double const start = steady_seconds();
  for (std::uint64_t part = 0; part < parts; ++part) {
    RunOptions own = options;
    own.report = [&](Progress const& progress) {
      options.report(in_whole_run(progress, part, parts, start));
    };
    RunResult const result = run(points, part_of(points, part, parts), engine, own);
    std::vector<double> means;
    for (std::size_t i = 0; i < points.size(); ++i) {
      all.result.summaries[i].merge(result.summaries[i]);
      if (result.complete) means.push_back(sample_mean(points[i], result.summaries[i]));
    }
    all.result.draws += result.draws;
    all.result.seconds += result.seconds;
    if (!result.complete) {
      all.result.complete = false;
      all.result.gave_up = result.gave_up;
      all.result.finished.assign(points.size(), false);
      break;
    }
    all.means.push_back(std::move(means));
  }
  return all;
}

void add_differences(std::vector<ResultRow>& rows, std::span<std::vector<double> const> means,
                     Strategy const& baseline) {
  std::string const spec = canonical_spec(baseline);
  std::map<std::pair<std::string, std::uint64_t>, std::size_t> baselines;
  auto const key = [](ResultRow const& row) {
    return std::pair(fleet_spec(row.point()), row.point().workers());
  };
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (canonical_spec(rows[i].point().strategy) == spec) baselines.emplace(key(rows[i]), i);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto const found = baselines.find(key(rows[i]));
    if (found == baselines.end() || found->second == i) continue;
    std::optional<double> const mean = rows[i].estimate.mean, other = rows[found->second].estimate.mean;
    if (!mean || !other) continue;
    bool const has_variance =
        runtime_tail_index(rows[i].point()) > 2 && runtime_tail_index(rows[found->second].point()) > 2;
    rows[i].difference = Difference{round_to_12_digits(*mean - *other), {}, {}};
    if (has_variance) add_interval(*rows[i].difference, means, i, found->second);
  }
}

}  // namespace dsgd
