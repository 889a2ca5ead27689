#include "engines/cpu/drawn/copies.hpp"

#include <cstdint>
#include <vector>

#include "engines/definition/scalar.hpp"
#include "support/points.hpp"
#include "unit/host/engines/cpu/instruction_sets.hpp"

namespace dsgd::test {
namespace {

class DrawnCopiesTest : public PerInstructionSet {
 protected:
  void expect_right(Speculate const& strategy, std::uint32_t workers, IterationRange iterations,
                    Law const& law = Exponential{1}) {
    Point point = make_point(strategy, workers, 1000, law);
    point.quantiles = workers == 8;
    Observable const seen = observable(point);
    ASSERT_TRUE(DrawnCopies::serves(seen));
    Summary vectors, definition;
    add_({9, 0}, seen, iterations, vectors);
    for (std::uint64_t n = 0; n < iterations.count; ++n)
      add_unit({9, 0}, iterations.first + n, seen, definition);
    EXPECT_EQ(vectors, definition) << workers << " workers, " << iterations.count << " iterations, after "
                                   << strategy.after << ", share " << strategy.share << ", factor "
                                   << strategy.factor;
  }

  DrawnCopies add_{set()};
};

TEST_P(DrawnCopiesTest, OfAnyRankAndNumberOfWorkers) {
  for (std::uint32_t const m : {1u, 2u, 3u, 4u, 5u, 8u, 9u, 64u, 255u, 256u})
    for (std::uint32_t const k : {1u, 2u, m / 2, m - 1, m}) {
      if (k < 1 || k > m) continue;
      expect_right({.after = 1.5, .k = Share{k}}, m, {3, 50});
      expect_right({.after = 0.1, .share = 0.7, .factor = 1.5, .k = Share{k}}, m, {3, 50});
    }
  for (std::uint32_t const m : {257u, 1500u, 4096u}) {
    expect_right({.after = 2}, m, {3, 50});
    expect_right({.after = 2, .k = Share{1}}, m, {3, 50});
  }
}

TEST_P(DrawnCopiesTest, AfterAnyShare) {
  for (std::uint32_t const m : {1u, 2u, 7u, 8u, 100u})
    for (double const share : {0.001, 0.25, 0.5, 0.9, 1.0})
      for (double const factor : {0.0, 0.5, 3.0})
        expect_right({.share = share, .factor = factor}, m, {7, 40});
}

TEST_P(DrawnCopiesTest, OfAnyLawWithQuantiles) {
  for (Law const& law : {Law(Lognormal{0, 1}), Law(Gamma{3, 3, 1}), Law(TwoPoint{1, 9, 0.1}),
                         Law(Constant{2}), Law(Pareto{1, 2.5})}) {
    expect_right({.after = 2}, 8, {7, 100}, law);
    expect_right({.share = 0.75, .factor = 1.5, .k = Share{6}}, 8, {7, 100}, law);
  }
}

TEST_P(DrawnCopiesTest, RunsEndWhereTheyEnd) {
  for (std::uint64_t const count : {1u, 16u, 1023u, 1024u, 1025u, 2500u})
    expect_right({.after = 1}, 4, {5, count});
  expect_right({.share = 0.5, .factor = 2}, 20, {(std::uint64_t{1} << 32) - 20, 50});
}

INSTANTIATE_TEST_SUITE_P(Available, DrawnCopiesTest, instruction_sets(), instruction_set_name);

TEST(DrawnCopies, LeaveUnequalWorkersAndLargeSortsToTheDefinition) {
  auto const serves = [](Speculate const& strategy, Fleet const& fleet) {
    return DrawnCopies::serves(observable(Point{fleet, strategy, 1000, {9, 0}}));
  };
  EXPECT_TRUE(serves({.after = 1}, Fleet(Exponential{1}, 4096)));
  EXPECT_FALSE(serves({.after = 1}, Fleet(Exponential{1}, 4097)));
  EXPECT_FALSE(serves({.after = 1, .k = Share{2}}, Fleet(Exponential{1}, 257)));
  EXPECT_FALSE(serves({.share = 1, .factor = 1}, Fleet(Exponential{1}, 257)));
  EXPECT_FALSE(serves({.after = 1}, Fleet({{2, Exponential{1}}, {2, Exponential{2}}})));
}

}  // namespace
}  // namespace dsgd::test
