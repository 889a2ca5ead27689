/// Every engine that this machine can use gives the bits of `reference`.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "engines/choose.hpp"
#include "engines/cpu/cpu.hpp"
#include "engines/cpu/instruction_set/instruction_set.hpp"
#include "engines/definition/reference.hpp"
#include "support/cpu_points.hpp"
#include "support/form_batches.hpp"

namespace dsgd {
namespace {

/// One law, both extremes, at each of the given numbers of workers.
Batch batch_of(Stream stream, std::vector<std::uint64_t> const& workers, double rate = 2.0) {
  return test::strategy_batch(stream, workers, {Sync{}, Fastest{}}, {Exponential{rate}});
}

std::vector<Summary> summaries(Engine& engine, Batch const& batch,
                               std::vector<IterationRange> const& ranges) {
  std::vector<Summary> result(batch.observables.size());
  std::vector<Work> work;
  for (IterationRange const& range : ranges) work.push_back({&batch, range, result});
  engine.run(work);
  return result;
}

struct Case {
  std::string_view engine;
  unsigned threads;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (EngineRow const& row : engine_table())
    if (row.problem().empty())
      for (unsigned const threads : {1u, 2u, 3u, 7u, 16u}) all.push_back({row.name, threads});
  return all;
}

class Equality : public testing::TestWithParam<Case> {
 protected:
  void expect_equal(Batch const& batch, std::vector<IterationRange> const& ranges) {
    EXPECT_EQ(summaries(*engine_, batch, ranges), summaries(*make_reference_engine(), batch, ranges))
        << batch.observables.back().workers() << " workers";
  }

  std::unique_ptr<Engine> engine_ = find_engine(GetParam().engine).make({GetParam().threads});
};

TEST_P(Equality, SmallFleets) {
  for (std::uint32_t m = 1; m <= 67; ++m) expect_equal(batch_of({1, m}, {m}), {{0, 203}});
}

/// Also of workers that are alike but for the order of their times, and so have one law.
TEST_P(Equality, ReplayedStepsOnClocks) {
  struct Table {
    std::size_t workers;
    std::vector<double> times;
  };
  for (Table const& table :
       {Table{1, {1, 2, 4}}, Table{2, {1, 2, 2, 4, 4, 1}}, Table{2, {1, 2, 3, 4, 5, 1}}}) {
    Replay steps;
    steps.set_times(table.workers, table.times);
    Fleet const fleet(std::make_shared<Replay const>(steps));
    for (Strategy const& strategy : {Strategy(Async{}), Strategy(KAsync{Share{1}}),
                                     Strategy(KBatchAsync{Share{3}}), Strategy(KBatchSync{Share{2}})}) {
      Batch const batch{{3, 9}, {observable({fleet, strategy, 2000, {3, 9}})}};
      if (!find_engine(GetParam().engine).refusal(batch.observables.front()).empty()) continue;
      expect_equal(batch, {{0, 3}});
    }
  }
}

TEST_P(Equality, LargeFleets) {
  for (std::uint32_t const m : {100u, 1000u, 1024u, 65537u}) expect_equal(batch_of({5, m}, {m}), {{0, 7}});
}

TEST_P(Equality, IterationsAround2To32AndFarBeyond) {
  for (std::uint64_t const first : {(1ull << 32) - 3, (1ull << 50) - 11})
    expect_equal(batch_of({~0ull, 20}, {20}), {{first, 11}});
}

TEST_P(Equality, CommonDrawsOfManyFleets) {
  expect_equal(batch_of({9, 0}, {1, 2, 3, 4, 5, 20, 21, 64, 300}), {{17, 101}});
}

TEST_P(Equality, SeveralPiecesOfWork) {
  expect_equal(batch_of({3, 8}, {8}, 1e-6), {{0, 1}, {1, 5000}, {5001, 0}, {9000, 77}});
}

INSTANTIATE_TEST_SUITE_P(Engines, Equality, testing::ValuesIn(cases()), [](auto const& info) {
  std::string name = std::string(info.param.engine) + "_" + std::to_string(info.param.threads);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

class InstructionSets : public testing::TestWithParam<InstructionSet const*> {
 protected:
  void expect_equal(Batch const& batch, IterationRange range) {
    auto const engine = make_cpu_engine(2, *GetParam());
    EXPECT_EQ(summaries(*engine, batch, {range}), summaries(*make_reference_engine(), batch, {range}))
        << batch.observables.back().workers() << " workers, from iteration " << range.first;
  }
};

TEST_P(InstructionSets, SmallFleets) {
  for (std::uint32_t m = 1; m <= 67; ++m) expect_equal(batch_of({1, m}, {m}), {0, 203});
}

/// 1024 blocks of four workers are done at a time: around 4096 lies a seam.
TEST_P(InstructionSets, LargeFleets) {
  for (std::uint32_t const m : {100u, 1000u, 1024u, 4095u, 4096u, 4097u, 65537u})
    expect_equal(batch_of({5, m}, {m}), {0, 33});
}

TEST_P(InstructionSets, IterationsAround2To32) {
  for (std::uint32_t const m : {3u, 20u})
    expect_equal(batch_of({~0ull, m}, {m}), {(1ull << 32) - 1500, 3001});
}

TEST_P(InstructionSets, CommonDraws) {
  expect_equal(batch_of({9, 0}, {1, 2, 3, 4, 5, 20, 21, 64, 300, 5000}), {17, 101});
}

/// Rates at the ends of their range: quanta from 2^-109 to 2^95.
TEST_P(InstructionSets, ExtremeRates) {
  for (double const rate : {1e-36, 1.0 / 3, 1e18}) expect_equal(batch_of({9, 5}, {5}, rate), {0, 2000});
}

/// Every law and strategy, ranks between the extremes and sampled ones, each with its histogram.
TEST_P(InstructionSets, Histograms) {
  for (Law const& law : test_laws())
    for (Strategy const& strategy : sample_strategies())
      for (Sampling const sampling : {Sampling::workers, Sampling::order_statistics}) {
        Point point = sample_point(law, strategy, 20, 1);
        point.quantiles = true;
        if (sampling == Sampling::order_statistics && !is_order_statistic(point)) continue;
        point.sampling = sampling;
        Batch const batch{point.stream, {observable(point)}};
        bool const clocks = std::holds_alternative<Clocks>(batch.observables.front().runtime);
        expect_equal(batch, {3, clocks ? 5u : 301u});
      }
}

INSTANTIATE_TEST_SUITE_P(CpuEngine, InstructionSets,
                         testing::ValuesIn(available_instruction_sets().begin(),
                                           available_instruction_sets().end()),
                         [](auto const& info) { return info.param->name; });

TEST(CpuEngine, BlocksNeverChangeAResult) {
  Batch const batch = batch_of({1, 20}, {20});
  std::vector<IterationRange> const ranges{{5, 1234}};
  std::vector<Summary> const expected = summaries(*make_reference_engine(), batch, ranges);
  for (std::uint64_t const block_draws : {1ull, 20ull, 39ull, 4096ull, 1ull << 40})
    EXPECT_EQ(summaries(*make_cpu_engine(3, choose_instruction_set(), block_draws), batch, ranges), expected)
        << block_draws;
}

}  // namespace
}  // namespace dsgd
