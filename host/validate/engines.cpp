#include <algorithm>
#include <string>
#include <vector>

#include "engines/definition/reference.hpp"
#include "validate/check.hpp"
#include "validate/samples.hpp"

namespace dsgd {
namespace {

/// Iterations that straddle 2^32, where a word of the counter carries; replications are fewer than that.
IterationRange range_of(PlannedPoint const& point) {
  Observable const& seen = point.observable();
  std::uint64_t const iterations = point.point().iterations;
  if (std::holds_alternative<Clocks>(seen.runtime))
    return {0, std::min<std::uint64_t>(5, seen.plan.replications)};
  return {(std::uint64_t{1} << 32) - iterations / 2, iterations};
}

Summary summary_of(Engine& engine, PlannedPoint const& point) {
  Batch const batch{point.point().stream, {point.observable()}};
  std::vector<Summary> summary(1);
  Work const work{&batch, range_of(point), summary};
  engine.run({&work, 1});
  return summary[0];
}

}  // namespace

std::vector<Check> check_engines(Effort const& effort, EngineOptions const& options) {
  std::vector<PlannedPoint> points;
  for (Law const& law : sample_laws())
    for (Strategy const& strategy : sample_strategies())
      for (std::uint64_t const workers : effort.workers)
        if (fits(strategy, workers))
          points.emplace_back(sample_point(law, strategy, workers, effort.draws / 200));
  std::vector<Summary> expected;
  expected.reserve(points.size());
  auto const reference = make_reference_engine();
  for (PlannedPoint const& point : points) expected.push_back(summary_of(*reference, point));

  std::vector<Check> checks;
  for (EngineRow const& row : engine_table()) {
    if (row.is_definition) continue;
    if (std::string const problem = row.problem(); !problem.empty()) {
      checks.push_back({"engines", std::string(row.name), false, problem, "", true});
      continue;
    }
    auto const engine = row.make(options);
    std::size_t served = 0, different = 0;
    std::string first;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (!row.refusal(points[i].observable()).empty()) continue;
      ++served;
      if (summary_of(*engine, points[i]) == expected[i]) continue;
      if (different++ == 0) first = ", first " + sample_name(points[i].point());
    }
    checks.push_back(
        {"engines",
         std::string(row.name) + " (" + engine->device() + ") on " + std::to_string(served) + " points",
         different == 0, std::to_string(different) + " differ" + first, "0 differ"});
  }
  return checks;
}

}  // namespace dsgd
