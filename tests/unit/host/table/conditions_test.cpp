#include "table/conditions.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/expect_error.hpp"

namespace dsgd::table {
namespace {

bool hold(Conditions& conditions, std::string const& row) {
  Fields fields;
  EXPECT_EQ(fields.split({row, 1, false}, ','), "");
  return conditions.hold_in(fields);
}

TEST(Conditions, MustAllHold) {
  Conditions conditions;
  conditions.add(0, "a");
  conditions.add(2, "9");
  EXPECT_FALSE(hold(conditions, "a,1,8"));
  EXPECT_FALSE(hold(conditions, "b,1,9"));
  EXPECT_TRUE(hold(conditions, "a,2,9"));
  conditions.require_a_row("t.csv", {{"job", "a"}, {"step", "9"}});
}

TEST(Conditions, BlameTheOneThatLeavesNoRow) {
  Conditions conditions;
  conditions.add(0, "a");
  conditions.add(1, "9");
  for (int step = 1; step <= 3; ++step) hold(conditions, "a," + std::to_string(step));
  hold(conditions, "b,9");
  expect_error(ExitCode::usage,
               "has no row with 9 in column step that meets the conditions before (such rows have 1, 2, 3)",
               [&] {
                 conditions.require_a_row("t.csv", {{"job", "a"}, {"step", "9"}});
               });
}

TEST(Conditions, ShowSomeOfManyTexts) {
  Conditions conditions;
  conditions.add(0, "a");
  for (int i = 1; i <= 30; ++i) hold(conditions, std::to_string(i));
  expect_error(ExitCode::usage, "(it has 1, 2, 3, 4, 5, 6, 7, 8, ...)", [&] {
    conditions.require_a_row("t.csv", {{"job", "a"}});
  });
}

}  // namespace
}  // namespace dsgd::table
