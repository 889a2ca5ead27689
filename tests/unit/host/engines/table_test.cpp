#include "engines/table.hpp"

#include <gtest/gtest.h>

#include "support/expect_error.hpp"

namespace dsgd {
namespace {

TEST(FindEngine, FindsEveryUsableEngineByName) {
  for (EngineRow const& row : engine_table())
    if (row.problem().empty()) {
      EXPECT_EQ(find_engine(row.name).name, row.name);
    }
}

TEST(FastestEngine, IsUsableAtAnySize) {
  for (double const draws : {1.0, 1e6, 1e12, 1e22}) EXPECT_EQ(fastest_engine(draws, {2}).problem(), "");
}

/// A CUDA context costs more than the whole notebook.
TEST(FastestEngine, OfTheNotebookIsTheCpu) { EXPECT_EQ(fastest_engine(5000.0 * 210, {1}).name, "cpu"); }

TEST(FastestEngine, OfAMassiveSweepIsTheGpuWhereThereIsOne) {
  EXPECT_EQ(fastest_engine(1e14, {64}).name == "cuda-materialized", engine_table()[3].problem().empty());
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
