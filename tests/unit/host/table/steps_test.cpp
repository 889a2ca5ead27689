#include "table/steps.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "support/expect_error.hpp"

namespace dsgd::table {
namespace {

using Values = std::vector<double>;
/// Workers a and b in steps 7 and 8, out of order.
Table long_table() {
  Table table;
  table.values = {1, 2, 3, 4};
  table.columns = {"ms"};
  table.workers = {{"a", "b"}, {1, 0, 0, 1}};
  table.steps = {{"7", "8"}, {1, 1, 0, 0}};
  return table;
}

Table wide_table() {
  Table table;
  table.values = {1, 2, 3, std::numeric_limits<double>::quiet_NaN(), 5, 6};
  table.columns = {"a", "b"};
  return table;
}

TEST(Steps, TimesOfEachWorkerKeepTheirOrder) {
  EXPECT_EQ(times_by_worker(long_table()).names, (Names{"a", "b"}));
  EXPECT_EQ(times_by_worker(long_table()).times, (std::vector<Values>{{2, 3}, {1, 4}}));
  EXPECT_EQ(times_by_worker(wide_table()).times, (std::vector<Values>{{1, 3, 5}, {2, 6}}));
}

TEST(Steps, WholeStepsStandInTheirOrder) {
  StepTimes const steps = times_by_step(long_table(), "t.csv", Missing::refuse);
  EXPECT_EQ(steps.steps, 2U);
  EXPECT_EQ(steps.workers, (Names{"a", "b"}));
  EXPECT_EQ(steps.times, (Values{3, 4, 2, 1}));
  StepTimes const wide = times_by_step(wide_table(), "t.csv", Missing::skip);
  EXPECT_EQ(wide.times, (Values{1, 2, 5, 6}));
  EXPECT_EQ(wide.incomplete, 1U);
}

TEST(Steps, IncompleteAndAmbiguousStepsAreRefused) {
  Table lacking = long_table();
  lacking.workers.of_row[2] = 1;
  lacking.values.pop_back();
  lacking.workers.of_row.pop_back();
  lacking.steps.of_row.pop_back();
  expect_error(ExitCode::usage,
               "has no time of worker 'a' in step '7' (whole steps are needed): add it, or give missing=skip",
               [&] { times_by_step(lacking, "t.csv", Missing::refuse); });
  EXPECT_EQ(times_by_step(lacking, "t.csv", Missing::skip).incomplete, 1U);
  Table twice = long_table();
  twice.workers.of_row = {1, 1, 0, 1};
  expect_error(ExitCode::usage, "has two times of worker 'b' in step '8'",
               [&] { times_by_step(twice, "t.csv", Missing::skip); });
}

}  // namespace
}  // namespace dsgd::table
