// Quanta that no sweep chooses, on the GPU engines: runtimes of more than 2^32 ticks under every law, of as
// many as there can be, and of none. A sweep's draws come there once in 2^50 iterations, or never.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "dsgd/engine/cuda.hpp"
#include "tests/gpu/cuda_engine_test.hpp"
#include "tests/support/clock_batches.hpp"
#include "tests/support/every_law.hpp"
#include "tests/support/form_batches.hpp"
#include "tests/support/scalar_reference.hpp"

namespace dsgd::test {
namespace {

/// Laws of delays of some hundred quanta of 2^-128, a power of two that has no reciprocal among normal floats.
std::vector<Law> laws_of_tiny_delays() {
  constexpr double tiny = 1e-36;
  Empirical measured;
  measured.set_values({tiny, 2 * tiny, 5 * tiny});
  return {Exponential{1 / tiny},
          Pareto{tiny, 2.5},
          Weibull{tiny, 0.7},
          Lognormal{-83, 1},
          LogLogistic{tiny, 3},
          Gamma{2, 1 / tiny},
          Uniform{tiny, 300 * tiny},
          Constant{tiny},
          TwoPoint{tiny, 3 * tiny, 0.25},
          measured};
}

class CudaQuanta : public CudaEngineTest {
 protected:
  static void expect_definition(Engine& engine, Batch const& batch, IterationRange range) {
    EXPECT_PRED_FORMAT2(same_summaries, run_batch(engine, batch, range), scalar_reference(batch, range))
        << "law " << batch.observables.front().law().index() << " in quanta of 2^"
        << batch.observables.front().quantum_exponent;
  }

  /// Calls check(batch) for batches of some laws in quanta that are too fine or too coarse for them.
  /// @param batch_of  makes a batch of laws
  template <class BatchOf, class Check>
  void for_quanta(BatchOf const& batch_of, Check const& check) const {
    Batch const usual = batch_of(laws_);
    for (int const quantum : {-187, 127}) check(in_quanta(usual, [=](int) { return quantum; }));
    check(in_quanta(usual, [](int quantum) { return quantum - 30; }));
    check(in_quanta(batch_of(tiny_laws_), [](int) { return -128; }));
  }

  /// Compares with the definition in all those quanta.
  template <class BatchOf>
  void expect_definition_in_quanta(BatchOf const& batch_of, IterationRange range) {
    for_quanta(batch_of, [&](Batch const& batch) { expect_definition(*engine_, batch, range); });
  }

  // Tables live as long as their laws.
  std::vector<Law> const laws_ = every_law(), tiny_laws_ = laws_of_tiny_delays();

 private:
  template <class Quantum>
  static Batch in_quanta(Batch batch, Quantum const& quantum) {
    for (Observable& seen : batch.observables) seen.quantum_exponent = quantum(seen.quantum_exponent);
    return batch;
  }
};

/// So few workers that no thread shares them, and so many that some iterations need tail words.
TEST_F(CudaQuanta, Extremes) {
  auto const materialized = make_cuda_materialized_engine(0);
  std::uint64_t const workers = 509;
  IterationRange const range{11, 70};
  for (std::vector<Strategy> const& strategies : {std::vector<Strategy>{Sync{}}, {Sync{}, Fastest{}}}) {
    auto const batch_of = [&](std::vector<Law> const& laws) {
      return strategy_batch({3, workers}, {workers}, strategies, laws);
    };
    for_quanta(batch_of, [&](Batch const& batch) {
      for (std::size_t i = 0; i < batch.observables.size(); i += strategies.size()) {
        auto const first = batch.observables.begin() + static_cast<std::ptrdiff_t>(i);
        Batch const of_law{batch.stream, {first, first + static_cast<std::ptrdiff_t>(strategies.size())}};
        expect_definition(*engine_, of_law, range);
        expect_definition(*materialized, of_law, range);
      }
    });
  }
}

TEST_F(CudaQuanta, OrderStatisticsWithHistograms) {
  expect_definition_in_quanta(
      [](std::vector<Law> const& laws) {
        return strategy_batch({3, 509}, {509}, {Sync{}, KSync{Share{2}}}, laws, true);
      },
      {11, 70});
}

TEST_F(CudaQuanta, SampledOrderStatisticsWithHistograms) {
  expect_definition_in_quanta(
      [](std::vector<Law> const& laws) {
        return strategy_batch({3, 5}, {509}, {Sync{}, Fastest{}, KSync{Share{2}}}, laws, true,
                              Sampling::order_statistics);
      },
      {11, 70});
}

TEST_F(CudaQuanta, SumsWithHistograms) {
  expect_definition_in_quanta(
      [](std::vector<Law> const& laws) {
        return strategy_batch({3, 200}, {200}, {LocalSgd{1, 0}, LocalSgd{3, 0}}, laws, true);
      },
      {11, 33});
}

TEST_F(CudaQuanta, UnequalWorkersWithHistograms) {
  expect_definition_in_quanta(
      [](std::vector<Law> const& laws) {
        std::vector<FleetGroup> fleet;
        for (Law const& law : laws) fleet.push_back({3, law});
        return fleet_batch({3, 9}, {Sync{}, Fastest{}, KSync{Share{5}}}, fleet, true);
      },
      {11, 70});
}

TEST_F(CudaQuanta, Clocks) {
  for_quanta(
      [](std::vector<Law> const& laws) {
        return clock_batch({100}, laws, {{clock_rule::Arrivals{}, 3}, {clock_rule::Restart{}, 3}}, {3, 40});
      },
      [&](Batch const& batch) {
        expect_definition(*engine_, batch, {5, 9});
      });
}

}  // namespace
}  // namespace dsgd::test
