#include "table/table_reader.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "unit/host/table/table_file.hpp"

namespace dsgd::table {
namespace {

using Values = std::vector<double>;

TEST_F(TableFile, TellsWorkersAndStepsApart) {
  Table const table = take("step,rank,stage,ms\n10,b,0,1\n10,a,0,2\n9,b,0,3\n9,a,0,4\n",
                           {.column = "ms", .worker = "rank+stage", .step = "1"});
  EXPECT_EQ(table.workers.names, (Names{"b/0", "a/0"}));  // as they appear
  EXPECT_EQ(table.steps.names, (Names{"9", "10"}));       // numbers ascend
  EXPECT_EQ(table.workers.of_row, (std::vector<std::uint32_t>{0, 1, 0, 1}));
  EXPECT_EQ(table.steps.of_row, (std::vector<std::uint32_t>{1, 1, 0, 0}));
  EXPECT_EQ(table.worker, "rank+stage");
  EXPECT_EQ(table.step, "step");
  EXPECT_EQ(take("a+b,ms\n1,5\n2,6\n", {.column = "ms", .worker = "a+b"}).worker,
            "1");  // a list could not hold it
  expect_part_refused("rank,ms\na,1\n,2\n", "line 3, column 1 is empty or missing",
                      {.column = "ms", .worker = "rank"});
  expect_part_refused("rank,ms\na,1\nb,2\n", "has no column 'host'", {.column = "ms", .worker = "host"});
}

/// Plain rows are read in a shorter way than those with quotes or blanks. Three pieces of the file each.
TEST_F(TableFile, ReadsPlainRowsAsAllOthers) {
  struct Way {
    char const *before, *after, *end;
  };
  Selection const wanted{.column = "ms", .worker = "rank", .step = "step"};
  auto const written = [&](Way way) {
    std::string text = "rank,step,host,ms\n";
    auto const add = [&](std::string const& field, char const* last) {
      text.append(way.before).append(field).append(way.after).append(last);
    };
    for (int i = 0; i < 9000; ++i) {
      add(i % 7 == 3 ? "gpu" + std::to_string(i % 3) : std::to_string(i % 16 * 99'999), ",");
      add((i % 5 == 1 ? "0" : "") + std::to_string(i / 16), ",");
      add(i % 2 == 0 ? "" : "3", ",");
      add(std::to_string(i) + (i % 3 == 0 ? ".25e1" : i % 3 == 1 ? "." : ".1234567890123456"), way.end);
    }
    return take(text, wanted);
  };
  Table const plain = written({"", "", "\n"});
  ASSERT_EQ(plain.values.size(), 9000U);
  EXPECT_EQ(plain.values[4], 4);
  EXPECT_EQ(plain.workers.of_row.size(), 9000U);
  for (Way const way :
       {Way{"", "", "\r\n"}, {"", "", "\r"}, {"\"", "\"", "\n"}, {" ", "\t", "\n"}, {"", " ", "\n"}}) {
    Table const other = written(way);
    EXPECT_EQ(other.values, plain.values);
    EXPECT_EQ(other.workers.names, plain.workers.names);
    EXPECT_EQ(other.workers.of_row, plain.workers.of_row);
    EXPECT_EQ(other.steps.names, plain.steps.names);
    EXPECT_EQ(other.steps.of_row, plain.steps.of_row);
  }
  expect_part_refused("rank,ms\n0,1\n1,2,3\n", "line 3 has 3 fields", {.column = "ms", .worker = "rank"});
  expect_part_refused("rank,ms\n0,1\nNA,2\n", "line 3, column 1 is empty",
                      {.column = "ms", .worker = "rank"});
  EXPECT_EQ(take("rank,ms\n0,1\n#1,7\n1,2,\n", {.column = "ms", .worker = "rank"}).values, (Values{1, 2}));
}

TEST_F(TableFile, ReadsAColumnPerWorker) {
  Table const named = take("step,r0,r1\n0,1,2\n1,3,4\n", {.columns = "r1,r0"});
  EXPECT_EQ(named.columns, (Names{"r1", "r0"}));
  EXPECT_EQ(named.values, (Values{2, 1, 4, 3}));
  Table const all = take("step,r0,r1\n0,1,2\n1,3,4\n", {.columns = "*"});
  EXPECT_EQ(all.columns, (Names{"r0", "r1"}));  // step numbers the rows
  EXPECT_EQ(take(",0,1\n0,0.5,1.5\n1,0.6,1.6\n", {.columns = "*"}).values, (Values{0.5, 1.5, 0.6, 1.6}));
  EXPECT_EQ(take("0.5,1.5\n0.6,1.6\n", {.columns = "*"}).columns, (Names{"1", "2"}));
  expect_part_refused("a,b\n1,2\n3,4\n", "(it is given twice)", {.columns = "a,1"});
  expect_part_refused("step,ms\n1,2\n3,4\n", "no two columns of times", {.columns = "*"});
}

TEST_F(TableFile, TakesRowsAsAsked) {
  std::string const content = "job,step,ms\na,1,10\nb,1,x\na,2,20\na,3,30\n";
  EXPECT_EQ(take(content, {.column = "ms", .where = {{"job", "a"}}}).values, (Values{10, 20, 30}));
  EXPECT_EQ(take(content, {.column = "ms", .where = {{"job", "a"}}, .skip = 1}).values, (Values{20, 30}));
  EXPECT_EQ(take(content, {.column = "ms", .step = "step", .where = {{"job", "a"}}, .skip = 1}).steps.names,
            (Names{"2", "3"}));
  EXPECT_EQ(take("ms\n(ms)\n1\n2\n", {.skip = 1}).values, (Values{1, 2}));
  expect_refused("ms\n(ms)\n1\n2\n", "or give skip=1");
  expect_part_refused(content,
                      "has no row with c in column job (it has a, b): give one of them in where=job=",
                      {.column = "ms", .where = {{"job", "c"}}});
  expect_part_refused(
      content, "has no row with 9 in column step that meets the conditions before (such rows have 1, 2, 3)",
      {.column = "ms", .where = {{"job", "a"}, {"step", "9"}}});
}

TEST_F(TableFile, ColumnsHaveOneUse) {
  std::string const content = "a,b\n1,2\n3,4\n";
  expect_part_refused(content, "has one column 'b' for times and for workers or steps",
                      {.column = "b", .worker = "b"});
  expect_part_refused(content, "name another in step=", {.column = "b", .step = "b"});
}

TEST_F(TableFile, LabelsOfSeveralColumnsAreNotMixedUp) {
  Table const table = take("a,b,ms\nx/y,z,1\nx,y/z,2\nx/y,z,3\n", {.column = "ms", .worker = "a+b"});
  EXPECT_EQ(table.workers.names, (Names{"x\\/y/z", "x/y\\/z"}));
}

/// A column of times is none that tells workers apart, whatever it is called.
TEST_F(TableFile, NoticesNoTimesAsWorkers) {
  Table const table =
      take("rank,gpu_ms,ms\n0,1.5,1\n1,2.5,2\n0,3.5,3\n", {.column = "ms", .notices_workers = true});
  EXPECT_EQ(table.noticed_columns, "rank");
}

TEST_F(TableFile, MissingCellsAreRefusedOrSkipped) {
  expect_refused("ms\n1\nNA\n3\n", "or give missing=skip");
  Table const table = take("ms\n1\nNA\n\"\"\n3\n", {.missing = Missing::skip});
  EXPECT_EQ(table.values, (Values{1, 3}));
  EXPECT_EQ(table.missing, 2U);
  Table const wide = take("a,b\n1,\n2,3\n", {.columns = "*", .missing = Missing::skip});
  EXPECT_TRUE(std::isnan(wide.values[1]));
  EXPECT_EQ(wide.values.size(), 4U);
}

TEST_F(TableFile, NoticesColumnsOfTextThatNobodyNamed) {
  std::string const text =
      "job,host,rank,step,phase,date,ms\nsmall,a,0,0,up,mon,1\nsmall,b,1,0,\"do "
      "wn\",tue,2\nlarge,a,0,1,up,mon,3\n";
  Table const table = take(text, {.column = "ms", .worker = "rank", .step = "step"});
  ASSERT_EQ(table.kinds.size(), 2U);  // no workers and no dates
  EXPECT_EQ(table.kinds[0].column, "job");
  EXPECT_EQ(table.kinds[0].names, (Names{"small", "large"}));
  EXPECT_EQ(table.kinds[0].of_row, (std::vector<std::uint8_t>{0, 0, 1}));
  EXPECT_EQ(table.kinds[1].names, (Names{"up", "do wn"}));
  EXPECT_EQ(take(text, {.column = "ms", .worker = "job+rank", .where = {{"phase", "up"}}}).kinds.size(), 0U);
  EXPECT_TRUE(take("a,1\nb,2\n", {.column = "2"}).kinds.empty());  // nothing names the column
}

TEST_F(TableFile, NoticesWorkersThatNobodyNamed) {
  Table const table =
      take("node,step,local_rank,ms\na,1,0,10\nb,1,0,20\n", {.column = "ms", .notices_workers = true});
  EXPECT_EQ(table.noticed_columns, "node+local_rank");
  EXPECT_EQ(table.noticed.names, (Names{"a/0", "b/0"}));
  EXPECT_TRUE(take("ms\n1\n2\n", {.notices_workers = true}).noticed.names.empty());
}

}  // namespace
}  // namespace dsgd::table
