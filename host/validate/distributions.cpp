#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "dsgd/time_scale.hpp"
#include "engines/choose.hpp"
#include "exact/runtime_distribution.hpp"
#include "run/runner.hpp"
#include "text/number.hpp"
#include "validate/check.hpp"
#include "validate/samples.hpp"

namespace dsgd {
namespace {

/// Largest distance between the counted and the exact distribution, at the ends of the bins.
double largest_distance(Histogram const& histogram, PlannedPoint const& point,
                        RuntimeDistribution const& exact) {
  TimeScale const time = time_scale(point);
  std::uint64_t total = 0, below = 0;
  histogram.for_each([&](std::uint32_t, std::uint64_t count) { total += count; });
  double distance = 0;
  histogram.for_each([&](std::uint32_t bin, std::uint64_t count) {
    below += count;
    double const end = time(Histogram::border(bin + 1, point.observable().histogram_origin));
    double const counted = static_cast<double>(below) / static_cast<double>(total);
    distance = std::max(distance, std::abs(counted - exact.tails(end).below));
  });
  return distance;
}

}  // namespace

std::vector<PlannedPoint> exact_distributions(Effort const& effort) {
  std::vector<PlannedPoint> points;
  for (Law const& law : sample_laws())
    for (Strategy const& strategy : sample_strategies())
      for (std::uint64_t const workers : effort.workers) {
        if (!fits(strategy, workers)) continue;
        Point point = sample_point(law, strategy, workers, effort.draws);
        point.quantiles = true;
        if (exact_distribution(point)) points.emplace_back(std::move(point));
      }
  return points;
}

Check compare_distribution(PlannedPoint const& drawn, Point const& claimed, Engine& engine,
                           double false_alarms) {
  Summary const summary = run(std::span(&drawn, 1), engine, {}).summaries[0];
  double const distance = largest_distance(summary.histogram, drawn, *exact_distribution(claimed));
  double const scaled = distance * std::sqrt(static_cast<double>(summary.iterations));
  // P(D > d) <= 2 exp(-2 n d^2). Source: Massart, "The Tight Constant in the DKW Inequality", 1990.
  double const bound = std::sqrt(std::log(2 / false_alarms) / 2);
  return {"distributions, " + sample_law(drawn.point()), sample_strategy(drawn.point()), scaled <= bound,
          "K = " + significant(scaled, 3), significant(bound, 3)};
}

std::vector<Check> check_distributions(Effort const& effort, EngineOptions const& options) {
  std::vector<PlannedPoint> const points = exact_distributions(effort);
  ChosenEngine const chosen = make_engine("auto", {{effort.draws, effort.draws}, points}, options);
  double const false_alarms = family_wise_false_alarms / static_cast<double>(points.size());
  std::vector<Check> checks;
  checks.reserve(points.size());
  for (PlannedPoint const& point : points)
    checks.push_back(compare_distribution(point, point.point(), *chosen.engine, false_alarms));
  return checks;
}

}  // namespace dsgd
