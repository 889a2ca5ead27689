/// Replications side by side, with every instruction set, are those of the definition.
#include "engines/cpu/clocks.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <set>

#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/definition/scalar.hpp"
#include "support/clock_rules.hpp"
#include "support/cpu_points.hpp"

namespace dsgd {
namespace {

class CpuClocksOf : public testing::TestWithParam<InstructionSet const*> {
 protected:
  void expect_equal(Stream stream, Observable const& seen, IterationRange replications) {
    ASSERT_TRUE(CpuClocks::serves(seen));
    Summary vectors, definition;
    follow_(stream, seen, replications, vectors);
    for (std::uint64_t i = 0; i < replications.count; ++i)
      add_unit(stream, replications.first + i, seen, definition);
    auto const& clocks = std::get<Clocks>(seen.runtime);
    EXPECT_EQ(vectors, definition) << "rule " << clocks.rule.index() << ", " << clocks.gradients
                                   << " gradients, " << seen.workers() << " workers, " << replications.count
                                   << " replications";
  }

  CpuClocks follow_{*GetParam()};
};

Observable clocks(Law const& law, Clocks rule, std::uint32_t workers, ClockPlan plan) {
  Observable seen = observable(make_point(KBatchAsync{Share{1}}, workers, 1000, law));
  seen.runtime = rule;
  seen.plan = plan;
  seen.residuals = std::make_shared<Residuals>();
  return seen;
}

Stream stream_for(std::uint32_t workers) { return clock_stream(7, workers, false); }

TEST_P(CpuClocksOf, AllLawsAndRules) {
  std::set<std::size_t> served;
  for (Law const& law : test_laws())
    for (std::uint32_t const workers : {1u, 2u, 3u, 8u, 20u})
      for (ClockRule const& rule : test::every_rule())
        for (std::uint64_t const gradients : {1u, 2u, workers, 2 * workers + 1})
          if (!they_wait(rule) || gradients <= workers) {
            // as clock_plan() has it: a restart neither finds workers under way nor needs a warm-up
            ClockPlan const plan = all_restart(rule) ? ClockPlan{1, 0, 40} : ClockPlan{1, 3, 40, true};
            Observable const seen = clocks(law, {rule, gradients}, workers, plan);
            if (!CpuClocks::serves(seen)) continue;  // delays that may be too long for keys
            served.insert(law.index());
            expect_equal(stream_for(workers), seen, {5, 9});
          }
  EXPECT_GE(served.size(), 8u);  // forms of laws
}

TEST_P(CpuClocksOf, WorkersThatAreSlowForAWhile) {
  for (Stragglers const& stragglers : {Stragglers{}, Stragglers{0.3, 0.2, 3}, Stragglers{1, 1, 1}})
    for (std::uint32_t const workers : {1u, 3u, 20u, 100u})
      for (ClockRule const& rule : test::every_rule()) {
        Observable seen = clocks(Gamma{2, 1}, {rule, workers > 1 ? 2u : 1u}, workers, {1, 3, 60});
        std::get<Clocks>(seen.runtime).straggles = true;
        seen.stragglers = stragglers;
        expect_equal(stream_for(workers), seen, {5, 19});
      }
}

TEST_P(CpuClocksOf, LargeFleets) {
  for (std::uint32_t const workers : {64u, 96u, 97u, 100u, 300u, 1023u})
    for (ClockRule const& rule : test::every_rule())
      expect_equal(stream_for(workers), clocks(Exponential{}, {rule, 2}, workers, {1, 50, 60, true}), {0, 3});
}

TEST_P(CpuClocksOf, AnyNumberOfReplications) {
  for (std::uint64_t count = 1; count <= 33; ++count)
    expect_equal(stream_for(5), clocks(Exponential{}, {clock_rule::Arrivals{}, 2}, 5, {1, 5, 30}),
                 {1000, count});
}

TEST_P(CpuClocksOf, WithoutWarmUp) {
  for (ClockRule const& rule : test::every_rule())
    expect_equal(stream_for(6), clocks(Exponential{}, {rule, 3}, 6, {1, 0, 7}), {0, 3});
}

TEST_P(CpuClocksOf, WithHistograms) {
  Observable seen = clocks(Exponential{}, {clock_rule::Arrivals{}, 2}, 5, {1, 5, 300});
  seen.histogram = true;
  expect_equal(stream_for(5), seen, {0, 40});
}

/// Long enough for every lane to have its origin moved, several times.
TEST_P(CpuClocksOf, LongReplications) {
  for (ClockRule const& rule : test::every_rule()) {
    Observable seen = clocks(Exponential{}, {rule, 2}, 3, {1, 100, 4000});
    seen.groups.front().offset_ticks = (std::uint64_t{1} << 55) + 12345;
    expect_equal(stream_for(3), seen, {0, 34});
  }
}

/// Many arrivals between one update and the next, which lies beyond several moves of the origin.
TEST_P(CpuClocksOf, LongWindows) {
  Observable seen = clocks(Exponential{}, {clock_rule::Arrivals{}, 999}, 3, {1, 2, 5});
  seen.groups.front().offset_ticks = (std::uint64_t{1} << 55) + 1;
  expect_equal(stream_for(3), seen, {0, 5});
}

/// A thousand on average and exponential: some are beyond those that are counted in an array.
TEST_P(CpuClocksOf, GreatStaleness) {
  expect_equal(stream_for(1000), clocks(Exponential{}, {clock_rule::Arrivals{}, 1}, 1000, {1, 2000, 9000}),
               {0, 2});
}

TEST_P(CpuClocksOf, LastReplications) {
  expect_equal(stream_for(4), clocks(Exponential{}, {clock_rule::Arrivals{}, 1}, 4, {1, 5, 30}),
               {0xffffffff - 3, 3});
}

INSTANTIATE_TEST_SUITE_P(InstructionSets, CpuClocksOf,
                         testing::ValuesIn(available_instruction_sets().begin(),
                                           available_instruction_sets().end()),
                         [](auto const& info) { return info.param->name; });

TEST(CpuClocks, LeaveLargeFleetsAndLongDelaysToTheDefinition) {
  EXPECT_FALSE(CpuClocks::serves(clocks(Exponential{}, {clock_rule::Arrivals{}, 1}, 100'000, {1, 1, 1})));
  Observable seen = clocks(Exponential{}, {clock_rule::Arrivals{}, 1}, 5, {1, 1, 1});
  seen.groups.front().offset_ticks = std::uint64_t{1} << 57;
  EXPECT_FALSE(CpuClocks::serves(seen));
}

}  // namespace
}  // namespace dsgd
