#include <cmath>
#include <string>
#include <vector>

#include "engines/choose.hpp"
#include "exact/point.hpp"
#include "exact/student_t.hpp"
#include "run/runner.hpp"
#include "statistics/estimate.hpp"
#include "statistics/resolution.hpp"
#include "text/number.hpp"
#include "validate/check.hpp"
#include "validate/samples.hpp"

namespace dsgd {
namespace {

/// Largest relative error for laws without spread, under which every iteration takes the same time: it is
/// exact but for the rounding of float32 and of ticks.
constexpr double rounding = 1e-6;

}  // namespace

Check compare(Comparison const& comparison, Engine& engine, double false_alarms) {
  auto const& [point, expected] = comparison;
  RunResult const result = run(std::span(&point, 1), engine, {});
  Estimate const found = estimate(point, result.summaries[0]);
  Check check{"exact values, " + sample_law(point.point()), sample_strategy(point.point()), false, {}, {}};
  if (!found.standard_error) {
    double const relative = std::abs(found.mean.value() / expected - 1);
    check.passed = relative <= rounding;
    check.found = "off by " + significant(relative, 2);
    check.tolerance = significant(rounding, 2);
    return check;
  }
  double const bound = student_t_bound(found.degrees_of_freedom, false_alarms);
  double const z = (found.mean.value() - expected) / *found.standard_error;
  check.passed = std::abs(z) <= bound;
  check.found = "z = " + significant(z, 3);
  check.tolerance = significant(bound, 3);
  return check;
}

std::vector<Comparison> exact_means(Effort const& effort) {
  std::vector<Comparison> comparisons;
  auto const add = [&](std::vector<Law> const& laws, double lightest_index) {
    for (Law const& law : laws)
      for (Strategy const& strategy : sample_strategies())
        for (std::uint64_t const workers : effort.workers) {
          if (!fits(strategy, workers)) continue;
          Point const point = sample_point(law, strategy, workers, effort.draws);
          if (runtime_tail_index(point) <= lightest_index || find_unresolved(point)) continue;
          std::optional<Moments> const exact = exact_runtime(point);
          bool const has_error =
              exact && std::isfinite(exact->mean) && (!exact->variance || std::isfinite(*exact->variance));
          if (!has_error) continue;
          comparisons.push_back({PlannedPoint(point), exact->mean});
        }
  };
  add(sample_laws(), 2);
  add(heavy_tailed_laws(), 4);  // a fourth moment exists: a mean is as good as normal
  return comparisons;
}

std::vector<Check> check_exact_values(Effort const& effort, EngineOptions const& options) {
  std::vector<Comparison> const comparisons = exact_means(effort);
  std::vector<PlannedPoint> points;
  points.reserve(comparisons.size());
  for (Comparison const& comparison : comparisons) points.push_back(comparison.point);
  ChosenEngine const chosen = make_engine("auto", {{effort.draws, effort.draws}, points}, options);
  std::vector<Check> checks;
  checks.reserve(comparisons.size());
  double const false_alarms = family_wise_false_alarms / static_cast<double>(comparisons.size());
  for (Comparison const& comparison : comparisons)
    checks.push_back(compare(comparison, *chosen.engine, false_alarms));
  return checks;
}

}  // namespace dsgd
