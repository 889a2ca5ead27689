// Engine `cuda` on a device: the same bits as the definition, whatever the launch.
#include <cuda_runtime_api.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dsgd/engine/cuda.hpp"
#include "dsgd/error.hpp"
#include "kernels/fused/device.hpp"
#include "kernels/fused/device_team.hpp"
#include "tests/gpu/device_test.hpp"
#include "tests/gpu/fill_device.hpp"
#include "tests/support/every_law.hpp"
#include "tests/support/form_batches.hpp"
#include "tests/support/scalar_reference.hpp"

namespace dsgd::test {
namespace {

void fail(std::string const& line) { ADD_FAILURE() << line; }

std::unique_ptr<Engine> make_engine() { return make_cuda_engine({0}, fail); }

/// Three strategies at some numbers of workers and rates, of the same draws.
Batch common_draws(std::vector<std::uint64_t> const& workers, std::vector<Law> const& laws) {
  return strategy_batch({9, 0}, workers, {Sync{}, Async{}, Fastest{}}, laws);
}

class Cuda : public DeviceTest {};

TEST_F(Cuda, EqualsTheDefinitionForEveryNumberOfWorkers) {
  auto const engine = make_engine();
  for (EqualityCase const& c : equality_cases(1u << 18)) {
    Batch const batch = extremes_batch(7, c.workers);
    IterationRange const range{11, c.iterations};
    EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, range), scalar_reference(batch, range))
        << "workers " << c.workers;
  }
}

TEST_F(Cuda, EqualsTheDefinitionAround32BitIterations) {
  auto const engine = make_engine();
  for (std::uint32_t workers : {1u, 3u, 20u, 67u, 1000u})
    for (std::uint64_t first :
         {(std::uint64_t{1} << 32) - 1001, (std::uint64_t{1} << 31) - 5, max_iterations - 2003}) {
      Batch const batch = extremes_batch(0x123456789abcdef0u, workers);
      EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, {first, 2003}),
                          scalar_reference(batch, {first, 2003}))
          << workers;
    }
}

/// More iterations than threads: every thread takes several turns.
TEST_F(Cuda, EqualsTheDefinitionForManyIterations) {
  auto const engine = make_engine();
  for (std::uint32_t workers : {1u, 3u}) {
    Batch const batch = extremes_batch(12, workers);
    EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, {3, 20'000'003}),
                        scalar_reference(batch, {3, 20'000'003}))
        << workers;
  }
}

TEST_F(Cuda, SlicesManyWorkersOfFewIterations) {
  auto const engine = make_engine();
  for (std::uint32_t workers : {513u, 4098u, 1u << 20, max_workers})
    for (std::uint64_t iterations : {1u, 3u}) {
      Batch const batch = extremes_batch(4, workers);
      IterationRange const range{(std::uint64_t{1} << 32) - 2, iterations};
      EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, range), scalar_reference(batch, range))
          << workers;
    }
}

TEST_F(Cuda, OnePassServesCommonDraws) {
  auto const engine = make_engine();
  std::vector<std::uint64_t> notebook;
  for (std::uint64_t m = 1; m <= 20; ++m) notebook.push_back(m);
  for (std::vector<std::uint64_t> const& workers :
       std::vector<std::vector<std::uint64_t>>{notebook, {1, 4, 20, 99}, {3, 1000, 1001, 5000, 70'001}}) {
    Batch const batch = common_draws(workers, {Exponential{1e-6}, Exponential{2.0}});
    IterationRange const range{1000, workers.back() < 100 ? 50'003u : 503u};
    EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, range), scalar_reference(batch, range))
        << workers.back();
  }
}

/// Laws in single and in double precision, with tables and without, by themselves and together.
TEST_F(Cuda, ServesEveryLaw) {
  std::vector<Law> const laws = every_law();  // tables live as long as their laws
  auto const engine = make_engine();
  for (Law const& law : laws) {
    Batch batch{{4, 23}, {}};
    for (Strategy const& strategy : {Strategy(Sync{}), Strategy(Fastest{})}) {
      batch.observables.push_back(observable({{law, 23}, strategy, 1, batch.stream}));
      EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, {9, 50'001}),
                          scalar_reference(batch, {9, 50'001}))
          << "law " << batch.observables[0].law().index();
    }
  }
  Batch const all = strategy_batch({4, 0}, {23}, {Sync{}, Fastest{}}, laws);
  EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, all, {9, 50'001}),
                      scalar_reference(all, {9, 50'001}));
}

/// More iterations than a row of extremes holds.
TEST_F(Cuda, ChunksOfTheExtremesChangeNothing) {
  Batch const batch = common_draws({1, 2}, {Exponential{2.0}});
  IterationRange const range{0, 20'000'001};
  EXPECT_PRED_FORMAT2(same_summaries, run_batch(*make_engine(), batch, range),
                      scalar_reference(batch, range));
}

TEST_F(Cuda, SeveralPiecesOfWorkAndAllDevices) {
  Batch const first = extremes_batch(1, 20), second = extremes_batch(2, 1000);
  std::vector<Summary> of_first(2), of_second(2);
  std::vector<Work> const work{
      {&first, {0, 70'000}, of_first}, {&second, {5, 701}, of_second}, {&first, {70'000, 1}, of_first}};
  make_cuda_engine({}, fail)->run(work);
  EXPECT_EQ(of_first, scalar_reference(first, {0, 70'001}));
  EXPECT_EQ(of_second, scalar_reference(second, {5, 701}));
}

/// Two members of a team, with two streams each, share one device.
TEST_F(Cuda, AnyNumberOfStreamsGivesTheDefinition) {
  std::vector<kernels::DeviceTeam::Member> members;
  for (char const* const name : {"first", "second"}) {
    kernels::DeviceTeam::Member member{name, [] { ASSERT_EQ(cudaSetDevice(0), cudaSuccess); }, {}};
    for (int slot = 0; slot < 2; ++slot) member.slots.push_back(kernels::make_fused_computer());
    members.push_back(std::move(member));
  }
  kernels::DeviceTeam team(std::move(members), fail, 100'000);
  for (Batch const& batch : {extremes_batch(1, 20), common_draws({1, 2, 900}, {Exponential{2.0}})}) {
    std::vector<Summary> summaries(batch.observables.size());
    Work const work{&batch, {77, 30'001}, summaries};
    team.run({&work, 1});
    EXPECT_PRED_FORMAT2(same_summaries, summaries, scalar_reference(batch, {77, 30'001}));
  }
}

TEST_F(Cuda, HalvesTheRowsWhereMemoryIsRefused) {
  Batch const batch = common_draws({1, 2, 3, 4}, {Exponential{2.0}, Exponential{3.0}});
  IterationRange const range{0, 2'000'001};
  auto const engine = make_engine();
  run_batch(*engine, batch, {0, 1});  // what the kernels need is loaded
  std::vector<kernels::DeviceBuffer> const filling = fill_device(std::uint64_t{32} << 20);
  EXPECT_PRED_FORMAT2(same_summaries, run_batch(*engine, batch, range), scalar_reference(batch, range));
}

TEST_F(Cuda, NoMemoryAtAllIsADeviceError) {
  Batch const batch = common_draws({1, 2, 3, 4}, {Exponential{2.0}, Exponential{3.0}});
  run_batch(*make_engine(), batch, {0, 1});
  auto const engine = make_engine();
  std::vector<kernels::DeviceBuffer> const filling = fill_device(0);
  try {
    run_batch(*engine, batch, {0, 2'000'001});
    FAIL() << "there is memory left";
  } catch (Error const& error) {
    EXPECT_EQ(error.code(), ExitCode::device) << error.what();
  }
}

}  // namespace
}  // namespace dsgd::test
