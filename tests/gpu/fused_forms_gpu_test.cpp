// The forms of runtimes beside extremes on engine `cuda`, on a device: K-th order statistics, order
// statistics that are sampled, sums of delays; and histograms.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "dsgd/engine/cuda.hpp"
#include "tests/gpu/cuda_engine_test.hpp"
#include "tests/gpu/fill_device.hpp"
#include "tests/support/every_law.hpp"
#include "tests/support/form_batches.hpp"
#include "tests/support/scalar_reference.hpp"

namespace dsgd::test {
namespace {

class CudaForms : public CudaEngineTest {
 protected:
  void expect_definition(Batch const& batch, IterationRange range) {
    EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine_, batch, range), scalar_reference(batch, range))
        << batch.observables.front().workers() << " workers from iteration " << range.first;
  }
};

TEST_F(CudaForms, OrderStatisticsEqualTheDefinitionForEveryNumberOfWorkers) {
  for (auto const& [workers, iterations] : equality_cases(1u << 16))
    expect_definition(strategy_batch({7, workers}, {workers}, rank_strategies()), {11, iterations});
}

TEST_F(CudaForms, SampledOrderStatisticsEqualTheDefinitionForEveryNumberOfWorkers) {
  for (auto const& [workers, iterations] : equality_cases(1u << 14))
    expect_definition(sampled_batch({workers}), {11, std::max<std::uint64_t>(iterations, 1001)});
  for (std::uint64_t const workers : {std::uint64_t{1} << 40, max_sampled_workers})
    expect_definition(sampled_batch({workers}), {11, 10'001});
}

TEST_F(CudaForms, SumsEqualTheDefinitionForEveryNumberOfWorkers) {
  for (auto const& [workers, iterations] : equality_cases(1u << 14))
    expect_definition(strategy_batch({7, workers}, {workers}, sum_strategies()), {11, iterations});
}

TEST_F(CudaForms, EqualTheDefinitionAround32BitIterations) {
  std::uint64_t const carry = std::uint64_t{1} << 32;
  for (std::uint64_t const first : {carry - 1001, carry / 2 - 5, max_iterations - 2003})
    for (std::uint64_t const workers : {1u, 20u, 67u}) {
      expect_definition(strategy_batch({~0ull, 9}, {workers}, rank_strategies()), {first, 2003});
      expect_definition(strategy_batch({~0ull, 9}, {workers}, sum_strategies()), {first, 2003});
      expect_definition(sampled_batch({workers}), {first, 2003});
    }
}

/// Several turns of a thread, and chunks.
TEST_F(CudaForms, EqualTheDefinitionForManyIterations) {
  expect_definition(strategy_batch({2, 9}, {3}, {KSync{Share{2}}}), {3, 5'000'003});
  expect_definition(strategy_batch({2, 9}, {2}, {LocalSgd{2, 0}}), {3, 5'000'003});
  expect_definition(
      strategy_batch({2, 9}, {9}, {KSync{Share{4}}}, {Exponential{2.0}}, true, Sampling::order_statistics),
      {3, 2'000'003});
}

TEST_F(CudaForms, ServeEveryLawWithHistograms) {
  std::vector<Law> const laws = every_law();  // tables live as long as their laws
  expect_definition(strategy_batch({4, 0}, {23}, {KSync{Share{2}}, KSync{Share{12}}, Sync{}}, laws, true),
                    {9, 5001});
  expect_definition(sampled_batch({23}, laws, true), {9, 5001});
  expect_definition(strategy_batch({4, 0}, {5}, sum_strategies(), laws, true), {9, 1001});
}

TEST_F(CudaForms, CommonDrawsOfSeveralFleets) {
  expect_definition(strategy_batch({9, 0}, {1, 2, 7, 20, 21, 600, 5000}, rank_strategies()), {17, 503});
  expect_definition(strategy_batch({9, 0}, {1, 2, 7, 600, 5000}, sum_strategies()), {17, 33});
}

TEST_F(CudaForms, DeadlinesAndCopiesEqualTheDefinition) {
  std::vector<Law> const laws = every_law();  // tables live as long as their laws
  for (std::vector<Strategy> const& strategies : {deadline_strategies(), copy_strategies()}) {
    expect_definition(strategy_batch({7, 0}, {1, 2, 7, 20, 300}, strategies),
                      {(std::uint64_t{1} << 32) - 100, 501});
    expect_definition(strategy_batch({4, 0}, {9}, strategies, laws, true), {9, 1001});
  }
}

/// Groups that begin in the middle of a block of draws.
/// Rows take an eighth of the free memory, and 4 MiB at least: here for some 1150 iterations.
TEST_F(CudaForms, ChunksOfUnequalWorkersChangeNothing) {
  Batch const batch =
      fleet_batch({3, 9}, {KSync{Share{450}}, Sync{}}, {{600, Exponential{2.0}}, {300, Exponential{1.0}}});
  auto const other = make_cuda_engine({0}, [](std::string const& line) { ADD_FAILURE() << line; });
  run_batch(*other, batch, {0, 1});  // what the kernels need is loaded
  std::vector<kernels::DeviceBuffer> const filling = fill_device(std::uint64_t{32} << 20);
  expect_definition(batch, {11, 2501});
}

TEST_F(CudaForms, UnequalWorkersEqualTheDefinition) {
  std::vector<std::vector<FleetGroup>> const fleets{
      {{15, Exponential{2.0}}, {1, Exponential{0.5}}},
      {{3, Exponential{2.0}}, {2, ShiftedExponential{0.25, 1}}, {9, Gamma{2, 1}}, {1, Pareto{1, 1.5}}},
      {{4, Constant{3}}, {5, TwoPoint{1, 3, 0.5}}, {2, Constant{3}}},
      {{1001, Weibull{1, 0.5}}, {2999, Lognormal{0, 1}}}};
  for (std::vector<FleetGroup> const& fleet : fleets) {
    bool const is_large = Fleet(fleet).workers() > 100;
    for (std::vector<Strategy> const& strategies : {rank_strategies(), sum_strategies()})
      expect_definition(fleet_batch({3, 9}, strategies, fleet, true), {11, is_large ? 101u : 5001u});
    if (is_large) continue;
    for (std::vector<Strategy> const& strategies : {deadline_strategies(), copy_strategies()})
      expect_definition(fleet_batch({3, 9}, strategies, fleet, true), {11, 501});
  }
}

TEST_F(CudaForms, FindPlacesInTheMiddleOfManyWorkers) {
  expect_definition(strategy_batch({5, 6}, {max_workers}, {KSync{Share{1, 50'000'000}}, KSync{Share{100}}}),
                    {0, 2});
}

}  // namespace
}  // namespace dsgd::test
