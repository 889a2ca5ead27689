#include "table/skipped_steps.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dsgd::table {
namespace {

using Values = std::vector<double>;
using Indices = std::vector<std::uint32_t>;

/// Worker c is in step 0 alone.
Table three_steps() {
  Table table;
  table.values = {1, 2, 3, 4, 5, 6, 7};
  table.columns = {"ms"};
  table.workers = {{"a", "c", "b"}, {0, 1, 2, 0, 2, 0, 2}};
  table.steps = {{"0", "1", "2"}, {0, 0, 0, 1, 1, 2, 2}};
  return table;
}

TEST(SkippedSteps, LeaveTheirRowsAndWorkersWithoutOthers) {
  Table table = three_steps();
  leave_first_steps(table, 1, {0, 1, 2, 3, 4, 5, 6});
  EXPECT_EQ(table.values, (Values{4, 5, 6, 7}));
  EXPECT_EQ(table.workers.names, (Names{"a", "b"}));
  EXPECT_EQ(table.workers.of_row, (Indices{0, 1, 0, 1}));
  EXPECT_EQ(table.steps.names, (Names{"1", "2"}));
  EXPECT_EQ(table.steps.of_row, (Indices{0, 0, 1, 1}));
  EXPECT_EQ(table.skipped_rows, 3U);
}

TEST(SkippedSteps, AreRowsOnlyWhereTheyAreTheFirst) {
  Table table = three_steps();
  table.steps.of_row = {1, 0, 1, 0, 2, 2, 2};
  leave_first_steps(table, 1, {0, 1, 2, 3, 4, 5, 6});
  EXPECT_EQ(table.values, (Values{1, 3, 5, 6, 7}));
  EXPECT_FALSE(table.skipped_rows);
}

TEST(SkippedSteps, LeaveTheKindsOfTheirRows) {
  Table table = three_steps();
  table.kinds = {{"job", {"x", "y", "z"}, {0, 0, 0, 1, 2, 1, 2}},
                 {"phase", {"p", "q"}, {0, 0, 0, 1, 1, 1, 1}}};
  leave_first_steps(table, 1, {0, 1, 2, 3, 4, 5, 6});
  ASSERT_EQ(table.kinds.size(), 1U);  // of one phase, none is told apart
  EXPECT_EQ(table.kinds[0].column, "job");
  EXPECT_EQ(table.kinds[0].names, (Names{"y", "z"}));
  EXPECT_EQ(table.kinds[0].of_row, (std::vector<std::uint8_t>{0, 1, 0, 1}));
}

TEST(SkippedSteps, MayBeAll) {
  Table table = three_steps();
  leave_first_steps(table, 9, {0, 1, 2, 3, 4, 5, 6});
  EXPECT_TRUE(table.values.empty() && table.workers.names.empty() && table.steps.names.empty());
}

}  // namespace
}  // namespace dsgd::table
