// Strategies that follow clocks on engine `cuda`, on a device, against engine `reference`.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "dsgd/engine/cuda.hpp"
#include "kernels/fused/device.hpp"
#include "tests/gpu/cuda_engine_test.hpp"
#include "tests/gpu/fill_device.hpp"
#include "tests/support/clock_batches.hpp"
#include "tests/support/every_law.hpp"
#include "tests/support/form_batches.hpp"
#include "tests/support/scalar_reference.hpp"

namespace dsgd::test {
namespace {

class CudaClocks : public CudaEngineTest {
 protected:
  void expect_definition(Batch const& batch, IterationRange range) {
    EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine_, batch, range), scalar_reference(batch, range))
        << batch.observables.front().workers() << " workers from replication " << range.first;
  }
};

TEST_F(CudaClocks, EqualTheDefinitionForEveryRuleAndNumberOfWorkers) {
  for (std::uint64_t const workers : {1u, 2u, 3u, 4u, 5u, 6u, 9u, 20u, 21u, 33u, 100u, 1000u})
    expect_definition(clock_batch({workers}, {Exponential{2.0}, Gamma{2, 1}}, clock_rules(workers), {9, 31}),
                      {5, workers < 200 ? 301u : 33u});
}

TEST_F(CudaClocks, ServeEveryLawWithHistograms) {
  std::vector<Law> const laws = every_law();  // tables live as long as their laws
  expect_definition(
      clock_batch({7}, laws,
                  {{clock_rule::Arrivals{}, 2}, {clock_rule::Workers{}, 2}, {clock_rule::Restart{}, 2}},
                  {5, 60}, true),
      {0, 301});
}

TEST_F(CudaClocks, ServeUnequalWorkersUnderEveryRule) {
  std::vector<Law> const laws = every_law();  // tables live as long as their laws
  std::vector<Fleet> const fleets = unequal_fleets(laws);
  expect_definition(clock_batch_of(fleets, clock_rules(fleets.front().workers()), {5, 30}), {0, 33});
  expect_definition(clock_batch_of(fleets, {{clock_rule::Arrivals{}, 2}}, {5, 60}, true), {3, 131});
}

TEST_F(CudaClocks, ServeWorkersThatAreSlowForAWhileUnderEveryRule) {
  std::vector<Law> const laws = every_law();  // tables live as long as their laws
  std::vector<Fleet> const fleets = unequal_fleets(laws);
  expect_definition(
      with_stragglers(clock_batch({20}, {Pareto{1, 1.5}}, clock_rules(20), {9, 31}), {0.3, 0.2, 3}), {5, 33});
  expect_definition(
      with_stragglers(clock_batch_of(fleets, clock_rules(fleets.front().workers()), {3, 11}, true),
                      Stragglers{}),
      {0, 33});
}

TEST_F(CudaClocks, FollowMeasuredStepsInTheirOrderUnderEveryRule) {
  for (std::size_t const workers : {4u, 11u}) {
    std::vector<Fleet> const fleets = replayed_fleets(workers);
    expect_definition(clock_batch_of(fleets, clock_rules(workers), {9, 31}), {5, 9});
    expect_definition(clock_batch_of(fleets, {{clock_rule::Arrivals{}, 2}}, {0, 700}, true), {0, 3});
  }
}

TEST_F(CudaClocks, ServeDelaysThatDifferByOrdersOfMagnitudeOrTie) {
  std::vector<Law> const laws{Pareto{1, 0.3}, TwoPoint{1, 100, 0.01}, TwoPoint{0, 1, 0.4},
                              Constant{3},    Lognormal{0, 1.5},      Weibull{1, 0.25}};
  for (std::uint64_t const workers : {1u, 2u, 20u})
    expect_definition(clock_batch({workers}, laws, clock_rules(workers), {20, 90}), {3, 101});
}

TEST_F(CudaClocks, ServeStrategies) {
  std::vector<Strategy> const strategies{
      Async{}, KAsync{Share{2}}, KAsync{Share{20}}, KBatchAsync{Share{300}}, KBatchSync{Share{3}}, Ssp{0},
      Ssp{2}};
  for (std::uint64_t const workers : {1u, 20u, 100u})
    expect_definition(keep_clocks(strategy_batch(clock_stream(1, workers, false), {workers}, strategies,
                                                 {Pareto{1, 1.5}, TwoPoint{1, 2, 0.25}})),
                      {30, 40});
}

TEST_F(CudaClocks, CommonDrawsOfSeveralFleets) {
  expect_definition(clock_batch({1, 4, 20, 21}, {Exponential{2.0}, Uniform{1, 2}}, clock_rules(4), {4, 20}),
                    {17, 33});
}

/// More than one chunk holds.
TEST_F(CudaClocks, ManyReplications) {
  expect_definition(clock_batch({3}, {Exponential{2.0}}, {{clock_rule::Arrivals{}, 1}}, {3, 260}),
                    {9, 150'001});
}

TEST_F(CudaClocks, LastReplications) {
  expect_definition(clock_batch({4}, {Exponential{1.0}}, clock_rules(4), {5, 30}), {0xffffffff - 3, 3});
}

TEST_F(CudaClocks, TimesMayWrapAround) {
  Batch batch = clock_batch({3}, {Exponential{1.0}}, clock_rules(3), {30, 200});
  for (Observable& seen : batch.observables)
    seen.groups.front().offset_ticks = (std::uint64_t{1} << 61) + 12345;
  expect_definition(batch, {0, 45});
}

TEST_F(CudaClocks, LargeFleets) {
  for (ClockRule const& rule : test::every_rule())
    expect_definition(clock_batch({20'000}, {Pareto{1, 1.5}}, {{rule, 1000}}, {30, 20}), {0, 5});
}

TEST_F(CudaClocks, RefusedMemoryHalvesTheChunks) {
  Batch const batch = clock_batch({20}, {Exponential{2.0}}, {{clock_rule::Arrivals{}, 1}}, {2, 300});
  IterationRange const range{0, 60'001};
  run_batch(*engine_, batch, {0, 1});  // what the kernels need is loaded
  std::vector<kernels::DeviceBuffer> const filling = fill_device(std::uint64_t{32} << 20);
  expect_definition(batch, range);
}

}  // namespace
}  // namespace dsgd::test
