#include <algorithm>
#include <string>
#include <vector>

#include "engines/definition/reference.hpp"
#include "validate/check.hpp"
#include "validate/samples.hpp"

namespace dsgd {
namespace {

/// Iterations that straddle 2^32, where a word of the counter carries; replications are fewer than that.
IterationRange range_of(Point const& point, Observable const& seen) {
  if (std::holds_alternative<Clocks>(seen.runtime))
    return {0, std::min<std::uint64_t>(5, seen.plan.replications)};
  return {(std::uint64_t{1} << 32) - point.iterations / 2, point.iterations};
}

Summary summary_of(Engine& engine, Point const& point, Observable const& seen) {
  Batch const batch{point.stream, {seen}};
  std::vector<Summary> summary(1);
  Work const work{&batch, range_of(point, seen), summary};
  engine.run({&work, 1});
  return summary[0];
}

}  // namespace

std::vector<Check> check_engines(Effort const& effort, EngineOptions const& options) {
  std::vector<Point> points;
  for (Law const& law : sample_laws())
    for (Strategy const& strategy : sample_strategies())
      for (std::uint64_t const workers : effort.workers)
        if (fits(strategy, workers))
          points.push_back(sample_point(law, strategy, workers, effort.draws / 200));
  std::vector<Summary> expected;
  expected.reserve(points.size());
  auto const reference = make_reference_engine();
  for (Point const& point : points) expected.push_back(summary_of(*reference, point, observable(point)));

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
      Observable const seen = observable(points[i]);
      if (!row.refusal(seen).empty()) continue;
      ++served;
      if (summary_of(*engine, points[i], seen) == expected[i]) continue;
      if (different++ == 0) first = ", first " + sample_name(points[i]);
    }
    checks.push_back(
        {"engines",
         std::string(row.name) + " (" + engine->device() + ") on " + std::to_string(served) + " points",
         different == 0, std::to_string(different) + " differ" + first, "0 differ"});
  }
  return checks;
}

}  // namespace dsgd
