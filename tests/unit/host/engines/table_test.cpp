#include "engines/table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "support/expect_error.hpp"

namespace dsgd {
namespace {

TEST(FindEngine, FindsEveryUsableEngineByName) {
  for (EngineRow const& row : engine_table())
    if (row.problem().empty()) {
      EXPECT_EQ(find_engine(row.name).name, row.name);
    }
}

TEST(MakeEngine, AutoIsUsableAtAnySize) {
  for (double const draws : {1.0, 1e6, 1e12, 1e22})
    EXPECT_NE(make_engine("auto", {{draws, draws}, {}}, {2}).engine, nullptr);
}

/// A CUDA context costs more than the whole notebook.
TEST(MakeEngine, OfTheNotebookIsTheCpu) {
  EXPECT_EQ(make_engine("auto", {{5000.0 * 210, 5000.0 * 210}, {}}, {1}).row->name, "cpu");
}

TEST(EnginesBySpeed, PutTheGpuFirstForAMassiveSweep) {
  for (double const runtimes : {1e11, 1e14})  // a thousand workers, and one
    EXPECT_EQ(engines_by_speed({1e14, 1e14, runtimes}, {8}).front()->name, "cuda");
  EXPECT_EQ(engines_by_speed({1e14, 1e14, 1e14}, {8, {0, 1}}).front()->name, "cuda");
}

TEST(ExpectedSeconds, OfTheGpuFallWithDevicesAndRiseWithRuntimes) {
  auto const& cuda = *std::find_if(engine_table().begin(), engine_table().end(),
                                   [](EngineRow const& row) { return row.name == "cuda"; });
  double const one = cuda.expected_seconds({1e14, 1e14, 1e11}, {8, {0}});
  EXPECT_LT(cuda.expected_seconds({1e14, 1e14, 1e11}, {8, {0, 1}}), 0.6 * one);
  EXPECT_GT(cuda.expected_seconds({1e14, 1e14, 1e14}, {8, {0}}), 2 * one);
}

/// The materialized engines draw anew for every number of workers.
TEST(EnginesBySpeed, KnowWhoSharesCommonDraws) {
  EXPECT_EQ(engines_by_speed({1e9, 1e12}, {8}).front()->name, "cpu");
}

/// A GPU is driven by one thread, and the definition is scalar.
TEST(EngineRow, SaysHowManyCoresItKeepsBusy) {
  for (EngineRow const& row : engine_table())
    EXPECT_EQ(row.cores({5}), row.is_definition || row.has_devices ? 1u : 5u) << row.name;
}

TEST(EngineTable, HasOneDefinition) {
  std::vector<std::string_view> definitions;
  for (EngineRow const& row : engine_table())
    if (row.is_definition) definitions.push_back(row.name);
  EXPECT_EQ(definitions, (std::vector<std::string_view>{"reference"}));
}

bool has_devices(EngineRow const* row) { return row->has_devices; }

bool gpu_is_here() {
  std::vector<EngineRow const*> const engines = usable_engines();
  return std::any_of(engines.begin(), engines.end(), has_devices);
}

/// Whoever names devices wants an engine that has some.
TEST(MakeEngine, RefusesDevicesForEnginesOfTheHost) {
  for (std::string_view const name : {"reference", "cpu", "cpu-materialized"})
    expect_error(ExitCode::usage, "one of cuda, cuda-materialized", [&] {
      make_engine(name, {{1e6, 1e6}, {}}, {1, {0}});
    });
}

TEST(MakeEngine, AutoLooksForDevicesThatAreNamed) {
  expect_error(gpu_is_here() ? ExitCode::engine_unavailable : ExitCode::usage,
               gpu_is_here() ? "1023" : "--devices", [] {
                 make_engine("auto", {{1e6, 1e6}, {}}, {1, {1023}});
               });
}

TEST(CheckDevices, WantsOneEngineThatHasSome) {
  std::vector<EngineRow const*> engines{&find_engine("cpu"), &find_engine("reference")};
  check_devices(engines, {1});
  expect_error(ExitCode::usage, "cpu, reference", [&] { check_devices(engines, {1, {0}}); });
  for (EngineRow const& row : engine_table()) engines.push_back(&row);
  check_devices(engines, {1, {0}});
}

/// Advice is of options that the command has.
TEST(CheckDevices, GivesTheAdviceOfItsCaller) {
  std::vector<EngineRow const*> const engines{&find_engine("cpu")};
  expect_error(
      ExitCode::usage,
      "(no chosen engine uses a GPU: cpu): remove it, or use --engine with one of cuda, cuda-materialized",
      [&] {
        check_devices(engines, {1, {0}});
      });
  expect_error(ExitCode::usage, "a GPU: cpu): remove it", [&] {
    check_devices(engines, {1, {0}}, EngineChoice::none);
  });
  try {
    check_devices(engines, {1, {0}}, EngineChoice::none);
  } catch (Error const& error) {
    EXPECT_EQ(std::string(error.what()).find("--engine"), std::string::npos);
  }
}

std::string refusal(std::string_view engine, Strategy const& strategy, Law const& law = Exponential{},
                    Sampling sampling = Sampling::workers, bool quantiles = false) {
  Point point{law, strategy, 9, 1000, {1, 9}};
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
    Point point{Exponential{}, KBatchAsync{Share{3}}, 9, 1000, {1, 9}};
    point.fleet = {{8, Exponential{}}, {1, Exponential{1.0}}};
    point.quantiles = true;
    EXPECT_EQ(row.serves == "everything", row.refusal(observable(point)).empty()) << row.name;
    EXPECT_LT(row.serves.size(), 60u);
  }
}

TEST(EngineRow, OfTheGpuServesFleetsOfUnequalWorkersWithoutClocks) {
  Point point{Exponential{}, Sync{}, 9, 1000, {1, 9}};
  point.fleet = {{8, Exponential{}}, {1, Exponential{1.0}}};
  for (Strategy const& strategy :
       {Strategy(Sync{}), Strategy(KSync{Share{3}}), Strategy(LocalSgd{3, 0}), Strategy(Async{})}) {
    point.strategy = strategy;
    for (EngineRow const& row : engine_table())
      EXPECT_EQ(row.refusal(observable(point)).empty(),
                row.name == "reference" || row.name == "cpu" || row.name == "cuda")
          << row.name;
  }
  point.strategy = KBatchAsync{Share{3}};
  std::vector<PlannedPoint> const points{PlannedPoint(point)};
  for (EngineRow const& row : engine_table())
    EXPECT_EQ(row.refusal(points[0].observable()).empty(), row.name == "reference" || row.name == "cpu")
        << row.name;
  for (double const draws : {1.0, 1e22})
    EXPECT_EQ(make_engine("auto", {{draws, draws}, points}, {2}).row->name, "cpu");
}

/// Whoever asks for an engine that does not serve a fleet hears of those that do.
TEST(MakeEngine, NamesTheEnginesThatServeWhatIsRefused) {
  Point point{Exponential{}, KBatchAsync{Share{3}}, 9, 1000, {1, 9}};
  point.fleet = {{8, Exponential{}}, {1, Exponential{1.0}}};
  std::vector<PlannedPoint> const points{PlannedPoint(point)};
  std::string const said = "only where all workers have one law): use one of reference, cpu";
  if (engine_table()[3].problem().empty())
    expect_error(ExitCode::usage, said, [&] { make_engine("cuda", {{1, 1}, points}, {2}); });
  expect_error(ExitCode::usage, "use one of reference, cpu", [&] {
    make_engine("cpu-materialized", {{1, 1}, points}, {2});
  });
}

TEST(CheckEngineName, TakesAutoAndRefusesUnknownNames) {
  check_engine_name("auto");
  expect_error(ExitCode::usage, "unknown", [] { check_engine_name("gpu"); });
}

TEST(FindEngine, NamesTheEnginesThatExist) {
  expect_error(ExitCode::usage, "reference, cpu", [] { find_engine("gpu"); });
  expect_error(ExitCode::usage, "unknown", [] { find_engine(""); });
}

TEST(FindEngine, SaysWhyAnEngineCannotBeUsed) {
  for (EngineRow const& row : engine_table())
    if (!row.problem().empty()) {
      expect_error(ExitCode::engine_unavailable, row.problem(), [&] { find_engine(row.name); });
    }
}

}  // namespace
}  // namespace dsgd
