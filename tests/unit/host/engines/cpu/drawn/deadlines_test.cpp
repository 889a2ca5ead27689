#include "engines/cpu/drawn/deadlines.hpp"

#include <cstdint>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "engines/definition/scalar.hpp"
#include "support/points.hpp"
#include "unit/host/engines/cpu/instruction_sets.hpp"

namespace dsgd::test {
namespace {

class DrawnDeadlinesTest : public PerInstructionSet {
 protected:
  void expect_right(std::vector<Point> const& points, IterationRange iterations) {
    std::vector<PlannedPoint> const planned = plan_points(points);
    Batch batch{{9, 0}, {}};
    for (PlannedPoint const& one : planned) batch.observables.push_back(one.observable());
    std::vector<Summary> summaries(planned.size());
    add_(batch, iterations, summaries);
    for (std::size_t i = 0; i < planned.size(); ++i) {
      Summary definition;
      for (std::uint64_t n = 0; n < iterations.count; ++n)
        add_unit(batch.stream, iterations.first + n, batch.observables[i], definition);
      EXPECT_EQ(summaries[i], definition) << i << " of " << iterations.count;
    }
  }

  static Point point(double time, std::uint32_t k, std::uint32_t workers, Law const& law = Exponential{1},
                     bool quantiles = false) {
    Point result = make_point(Deadline{time, Share{k}}, workers, 1000, law);
    result.quantiles = quantiles;
    return result;
  }

  DrawnDeadlines add_{set()};
};

TEST_P(DrawnDeadlinesTest, OfAnyRankAndNumberOfWorkers) {
  std::vector<Point> points;
  for (std::uint32_t const m : {1u, 2u, 3u, 8u, 9u, 64u, 300u, 1500u})
    for (std::uint32_t const k : {1u, 2u, m / 2, m - 1, m})
      if (k >= 1 && k <= m) points.push_back(point(0.5 * k, k, m));
  expect_right(points, {3, 50});
}

TEST_P(DrawnDeadlinesTest, OfAnyLawWithQuantiles) {
  for (Law const& law : {Law(Lognormal{0, 1}), Law(Gamma{3, 3, 1}), Law(TwoPoint{1, 9, 0.1}),
                         Law(Constant{2}), Law(Pareto{1, 2.5})})
    expect_right({point(0, 3, 8, law, true), point(2, 3, 8, law, true), point(1e30, 1, 8, law, true)},
                 {7, 100});
}

TEST_P(DrawnDeadlinesTest, RunsEndWhereTheyEnd) {
  for (std::uint64_t const count : {1u, 16u, 1023u, 1024u, 1025u, 2500u})
    expect_right({point(1, 1, 4), point(1, 2, 4), point(1, 3, 20)}, {5, count});
  expect_right({point(1, 2, 4)}, {(std::uint64_t{1} << 32) - 20, 50});
}

INSTANTIATE_TEST_SUITE_P(Available, DrawnDeadlinesTest, instruction_sets(), instruction_set_name);

}  // namespace
}  // namespace dsgd::test
