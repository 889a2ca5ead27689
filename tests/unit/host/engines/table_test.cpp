#include "engines/table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "support/points.hpp"

namespace dsgd {
namespace {

TEST(ExpectedSeconds, OfTheGpuFallWithDevicesAndRiseWithRuntimes) {
  auto const& cuda = *std::find_if(engine_table().begin(), engine_table().end(),
                                   [](EngineRow const& row) { return row.name == "cuda"; });
  double const one = cuda.expected_seconds({1e14, 1e14, 1e11}, {8, {0}});
  EXPECT_LT(cuda.expected_seconds({1e14, 1e14, 1e11}, {8, {0, 1}}), 0.6 * one);
  EXPECT_GT(cuda.expected_seconds({1e14, 1e14, 1e14}, {8, {0}}), 2 * one);
}

/// A GPU is driven by one thread, and the definition is scalar. Threads beyond the cores share them.
TEST(EngineRow, SaysHowManyCoresItKeepsBusy) {
  unsigned const cores = std::max(1u, std::thread::hardware_concurrency());
  for (EngineRow const& row : engine_table()) {
    bool const is_single = row.is_definition || row.has_devices;
    EXPECT_EQ(row.cores({1}), 1u) << row.name;
    EXPECT_EQ(row.cores({cores}), is_single ? 1u : cores) << row.name;
    EXPECT_EQ(row.cores({4096}), row.cores({cores})) << row.name;
    DrawCounts const draws{1e12, 1e12, 1e11};
    EXPECT_EQ(row.expected_seconds(draws, {4096}), row.expected_seconds(draws, {cores})) << row.name;
  }
}

TEST(EngineTable, HasOneDefinition) {
  std::vector<std::string_view> definitions;
  for (EngineRow const& row : engine_table())
    if (row.is_definition) definitions.push_back(row.name);
  EXPECT_EQ(definitions, (std::vector<std::string_view>{"reference"}));
}

std::string refusal(std::string_view engine, Strategy const& strategy, Law const& law = Exponential{},
                    Sampling sampling = Sampling::workers, bool quantiles = false) {
  Point point{{law, 9}, strategy, 1000, {1, 9}};
  point.sampling = sampling;
  point.quantiles = quantiles;
  for (EngineRow const& row : engine_table())
    if (row.name == engine) return row.refusal(observable(point));
  return "unknown";
}

/// By the forms of runtimes, of which a strategy has one or, by the law's memory, one of two.
TEST(EngineRow, SaysWhatItServes) {
  std::vector<Strategy> const order_statistics{
      Sync{},  Fastest{},       KSync{Share{4}}, Backup{Share{3}}, GradientCoding{Share{2}},
      Async{}, KAsync{Share{3}}};
  std::vector<Strategy> const clocks{KBatchSync{Share{3}}, KBatchAsync{Share{3}}};
  for (Strategy const& strategy : order_statistics) {
    EXPECT_EQ(refusal("cuda", strategy), "");
    EXPECT_EQ(refusal("cuda", strategy, Exponential{}, Sampling::order_statistics, true), "");
    EXPECT_NE(refusal("cuda-materialized", strategy, Exponential{}, Sampling::order_statistics), "");
  }
  EXPECT_EQ(refusal("cuda", LocalSgd{3, 0.5}, Pareto{}, Sampling::workers, true), "");
  EXPECT_NE(refusal("cuda-materialized", LocalSgd{3, 0.5}), "");
  EXPECT_EQ(refusal("cuda-materialized", Sync{}), "");
  EXPECT_NE(refusal("cuda-materialized", KSync{Share{4}}), "");
  for (Strategy const& strategy : clocks) {
    for (std::string_view const engine : {"cuda-materialized", "cpu-materialized"})
      EXPECT_NE(refusal(engine, strategy), "") << engine;
    for (std::string_view const engine : {"reference", "cpu", "cuda"})
      EXPECT_EQ(refusal(engine, strategy, Exponential{}, Sampling::workers, true), "") << engine;
  }
  for (Strategy const& strategy : {Strategy(Async{}), Strategy(KAsync{Share{3}})}) {  // with a memory
    EXPECT_EQ(refusal("cuda", strategy, Pareto{}), "");
    EXPECT_NE(refusal("cuda-materialized", strategy, Pareto{}), "");
  }
}

/// The reason is the one that applies.
TEST(EngineRow, SaysWhyItDoesNotServe) {
  Sampling const drawn = Sampling::workers;
  for (std::string_view const engine : {"cpu-materialized", "cuda-materialized"}) {
    EXPECT_EQ(refusal(engine, Sync{}, Exponential{}, Sampling::order_statistics),
              "it draws every worker, and cannot sample order statistics");
    EXPECT_EQ(refusal(engine, KBatchSync{Share{3}}), "it does not follow clocks");
    EXPECT_EQ(refusal(engine, LocalSgd{3, 0.5}), "it does not add up steps");
    EXPECT_EQ(refusal(engine, KSync{Share{4}}), "it keeps only the fastest and the slowest worker");
    EXPECT_EQ(refusal(engine, Sync{}, Exponential{}, drawn, true), "it keeps no histograms for quantiles");
  }
}

TEST(EngineRow, SaysWhatItServesInAFewWords) {
  for (EngineRow const& row : engine_table()) {
    Point point = served_clocks();
    point.quantiles = true;
    EXPECT_EQ(row.serves == "everything", row.refusal(observable(point)).empty()) << row.name;
    EXPECT_LT(row.serves.size(), 60u);
  }
}

TEST(EngineRow, OfTheGpuServesFleetsOfUnequalWorkers) {
  Point point{Fleet({{8, Exponential{}}, {1, Exponential{1.0}}}), Sync{}, 1000, {1, 9}};
  for (Strategy const& strategy : {Strategy(Sync{}), Strategy(KSync{Share{3}}), Strategy(LocalSgd{3, 0}),
                                   Strategy(Async{}), Strategy(KBatchAsync{Share{3}})}) {
    point.strategy = strategy;
    for (EngineRow const& row : engine_table())
      EXPECT_EQ(row.refusal(observable(point)).empty(),
                row.name == "reference" || row.name == "cpu" || row.name == "cuda")
          << row.name;
  }
}

TEST(EngineRow, OfTheGpuServesMeasuredStepsInTheirOrderButNoServer) {
  for (EngineRow const& row : engine_table()) {
    bool const serves_all = row.name == "reference" || row.name == "cpu";
    EXPECT_EQ(row.refusal(observable(replayed_steps_on_clocks())).empty(), serves_all || row.name == "cuda")
        << row.name;
    EXPECT_EQ(row.refusal(observable(served_clocks())).empty(), serves_all) << row.name;
  }
}

}  // namespace
}  // namespace dsgd
