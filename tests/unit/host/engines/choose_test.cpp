#include "engines/choose.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "support/expect_error.hpp"
#include "support/points.hpp"

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

/// The materialized engines draw anew for every number of workers.
TEST(EnginesBySpeed, KnowWhoSharesCommonDraws) {
  EXPECT_EQ(engines_by_speed({1e9, 1e12}, {8}).front()->name, "cpu");
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

TEST(MakeEngine, AutoServesAllPoints) {
  std::vector<PlannedPoint> const points{PlannedPoint(served_clocks())};
  for (double const draws : {1.0, 1e22})
    EXPECT_EQ(make_engine("auto", {{draws, draws}, points}, {2}).row->name, "cpu");
}

/// Whoever asks for an engine that does not serve a point hears of those that do.
TEST(MakeEngine, NamesTheEnginesThatServeWhatIsRefused) {
  std::vector<PlannedPoint> const points{PlannedPoint(served_clocks())};
  std::string const said = "as their line has no bound): use one of reference, cpu";
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
