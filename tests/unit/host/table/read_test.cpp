#include "table/read.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "support/expect_error.hpp"
#include "unit/host/table/table_file.hpp"

namespace dsgd::table {
namespace {

using Values = std::vector<double>;
TEST_F(TableFile, OneNumberPerLine) {
  Table const table = read("3\n1e-3\n\n+2.5\n");
  EXPECT_EQ(table.values, (Values{3, 0.001, 2.5}));
  EXPECT_EQ(table.columns.front(), "1");
  EXPECT_EQ(table.sha256, "0d6b4298636ccd1de4463f9ac1ff3fe0d527cdfc325192e6386ddff26fb18d85");
}

TEST_F(TableFile, ReadsAnyLineEndsQuotesSpacesAndAByteOrderMark) {
  EXPECT_EQ(read("\xEF\xBB\xBFms\r\n1\r\n 2 \r\n3").values, (Values{1, 2, 3}));
  EXPECT_EQ(read("1\r2\r3\r").values, (Values{1, 2, 3}));
  Table const table = read("\"a, \"\"b\"\"\",\"t\"\n\"x,y\",1\nz,\"2\"\n", "t");
  EXPECT_EQ(table.values, (Values{1, 2}));
  EXPECT_EQ(read("\"a, \"\"b\"\"\",t\n1,2\n3,4\n", "a, \"b\"").values, (Values{1, 3}));
  EXPECT_EQ(read("ms,note\n3,\"slow\n4\"\n5,ok\n", "ms").values, (Values{3, 5}));
}

TEST_F(TableFile, ReadsSemicolonsTabsAndSeparatorsAtTheEnd) {
  EXPECT_EQ(read("rank;ms\n0;2.5\n1;3.5\n", "ms").values, (Values{2.5, 3.5}));
  EXPECT_EQ(read("rank\tms\n0\t2.5\n1\t3.5\n", "ms").values, (Values{2.5, 3.5}));
  EXPECT_EQ(read("ms,\n1,\n2,\n").values, (Values{1, 2}));
  EXPECT_EQ(read("ms\n1\n2,\n").values, (Values{1, 2}));
  EXPECT_EQ(read("a,b,\n1,2\n3,4,\n", "b").values, (Values{2, 4}));
}

TEST_F(TableFile, ChoosesAColumnByHeaderOrNumber) {
  std::string const table = "rank,ms\n0,10\n1,20\n";
  EXPECT_EQ(read(table, "ms").values, (Values{10, 20}));
  EXPECT_EQ(read(table, "2").values, (Values{10, 20}));
  EXPECT_EQ(read(table, "2").columns.front(), "ms");
  EXPECT_EQ(read("0,10\n1,20\n", "2").values, (Values{10, 20}));
  EXPECT_EQ(read("0,1,2\n0.5,1.5,2.5\n0.6,1.6,2.6\n", "2").values, (Values{2.5, 2.6}));
  EXPECT_EQ(read(",0,1,2\n0,0.5,1.5,2.5\n1,0.6,1.6,2.6\n", "2").values, (Values{2.5, 2.6}));
  expect_refused("1,5\n2,5\n", "2 columns");  // decimal commas
}

TEST_F(TableFile, LeavesOutCommentsAndSaysHowMany) {
  Table const table = read("# node 3\n# ms\n1\n2\n#3\n\n4\n");
  EXPECT_EQ(table.values, (Values{1, 2, 4}));
  EXPECT_EQ(table.columns.front(), "ms");
  EXPECT_EQ(table.comments, 1U);
  EXPECT_EQ(read("# node 3\nms\n1\n2\n").columns.front(), "ms");
  expect_refused("# 1\n# 2\n", "holds 0 values");
}

TEST_F(TableFile, RefusesWhatIsNoDelayAndNamesLineAndColumn) {
  expect_refused("1\n2\nx\n", "line 3, column 1: 'x' is not a number");
  expect_refused("1\n\nnan\n", "line 3, column 1: 'nan' is a missing value");
  expect_refused("inf\n1\n", "line 1, column 1: 'inf' is infinite");
  expect_refused("1\n1e37\n", "line 2, column 1: '1e37' is above 1e+36");
  expect_refused("1\n1e-400\n", "line 2, column 1: '1e-400' is too small");
  expect_refused("1\n-2\n", "line 2, column 1: '-2' is negative");
  expect_refused("ms\n2 s\n", "line 2, column ms: '2 s' has a unit");
  expect_refused("a,b\n1,\n", "line 2, column b is empty", "b");
  expect_refused("a,b\n\"x\ny\",1\n2,z\n", "line 4, column b: 'z' is not a number", "b");
}

TEST_F(TableFile, RefusesRowsOfAnotherLengthThanTheFirst) {
  expect_refused("a,b\n1,2\n3\n", "line 3 has 1 field where line 1 has 2", "b");
  expect_refused("a,b\n1,2\n3\n", "line 3 has 1 field", "a");
  expect_refused("time\n1,5\n2,5\n",
                 "line 2 has 2 fields where line 1 has 1 (is '1,5' one number?): write it as 1.5");
  expect_refused("step,ms\n1,0\n2,91,4\n", "line 3 has 3 fields where line 1 has 2 (is '91,4' one", "ms");
  expect_refused("ms,host\n1,234.5,a\n", "(is '1,234.5' one number?): write it as 1234.5", "ms");
  expect_refused("host,ms\n1,234.5,a\n", "(is '1,234.5' one number?)", "ms");
  expect_refused("a,b\n1,2,x\n", "line 2 has 3 fields where line 1 has 2 (is '1,2' one number?)", "b");
  expect_refused("a;b\n1;2;3\n", "(there is a separator too many)", "b");
  expect_refused("1.5\n2.5\n3,5\n", "line 3 has 2 fields where line 1 has 1");
}

TEST_F(TableFile, RefusesHeadersAndQuotesThatMayBeMeantOtherwise) {
  expect_refused("0.5s\n0.6\n0.7\n", "line 1, column 1: '0.5s' has a unit");
  expect_refused("\n0.5s\n0.6\n0.7\n", "line 2, column 1: '0.5s' has a unit");
  expect_refused("0\n0.5\n0.6\n", "give column=0 if it is such a header");
  expect_refused("ms\n1\n\"2\n3\n", "line 3 begins a quote that does not end");
  expect_refused("ms\n1\n2\n\"3\"4\n", "line 4 has text after a closing quote");
}

TEST_F(TableFile, RefusesFilesThatAreNoTables) {
  expect_refused("", "holds 0 values");
  expect_refused("ms\n5\n", "holds 1 value (");
  expect_refused("ms\n", "holds 0 values");
  expect_refused(std::string("1\n2\n\0\n", 6), "binary (line 3");
  expect_refused(
      "\xFF\xFE"
      "1",
      "UTF-16");
  expect_refused(std::string(1 << 21, '1'), "line of more than");
  std::string second_line = "1\n";
  expect_refused(second_line.append(1 << 21, '1'), "line of more than 1048576 bytes after line 1");
}

TEST_F(TableFile, NoByteOfAFileSteersATerminal) {
  expect_refused("a\x1b[31mred,b\n1,2\n", "is binary (line 1 has the byte 0x1b)");
  expect_refused(
      "a\xC2\x9B"
      "31m,b\n1,2\n",
      "is binary (line 1 has the byte 0xc2)");
  expect_refused("a,b\n1,2\n3,\x7f\n", "is binary (line 3 has the byte 0x7f)", "b");
  expect_refused("Zeit (\xB5s)\n1\n2\n", "in UTF-8");
  EXPECT_EQ(read("Zeit (µs)\n1\n2\n").columns.front(), "Zeit (µs)");
  EXPECT_EQ(read("\"a\rb\",\"c\td\"\n1,2\n3,4\n", "1").columns.front(),
            "1");  // tables and specs could not show it
  EXPECT_EQ(read("\"a\nb\",\"c\td\"\n1,2\n3,4\n", "1").columns.front(), "1");
  EXPECT_EQ(read("\"a\rb\",\"c\td\"\n1,2\n3,4\n", "2").columns.front(), "2");
  expect_refused("\"a\rb\",\"c\td\"\n1,2\n", "(its columns: a b, c d)");
  expect_refused("\"seconds\n3\",b\n1,2\n", "(did you mean seconds 3?", "seconds");
  std::string const name = std::string(39, 'x') + "µ";  // cut within a character it would be no UTF-8
  expect_refused(name + ",b\n1,2\n", "(its columns: " + std::string(39, 'x') + ", b)");
  expect_refused("1\n" + name + "\n", "'" + std::string(39, 'x') + "' is not a number");
}

TEST_F(TableFile, AHeaderThatNamesTwoColumnsIsRefused) {
  expect_refused("a,b,a\n1,2,3\n4,5,6\n", "has 2 columns 'a' (one is needed): give", "a");
  EXPECT_EQ(read("a,b,a\n1,2,3\n4,5,6\n", "3").values, (Values{3, 6}));
}

TEST_F(TableFile, SaysWhyAFileCannotBeRead) {
  expect_error(ExitCode::file, "No such file", [] { read_table("absent.csv", {}); });
  expect_error(ExitCode::file, "folder", [] { read_table(".", {}); });
}

TEST_F(TableFile, TheOnlyColumnOfNumbersNeedsNoName) {
  EXPECT_EQ(read("seconds,note\n3.0,\"slow\n4.0\"\n5.0,ok\n").values, (Values{3, 5}));
  EXPECT_EQ(read(",ms\n0,1.5\n1,2.5\n").values, (Values{1.5, 2.5}));  // pandas numbers rows without a name
  expect_refused("id,ms\n0,\n1,2\n", "has 2 columns (its columns: id, ms): choose one with column=");
}

TEST_F(TableFile, ReadsFieldsBetweenBlanks) {
  EXPECT_EQ(read("step  ms\n0 2.5\n1   3.5 \n", "ms").values, (Values{2.5, 3.5}));
  EXPECT_EQ(read("# step ms\n0 2.5\n 1 3.5\n", "ms").values, (Values{2.5, 3.5}));
  EXPECT_EQ(read("9.1e-01 3.9e-02\n4.5e-01 6.2e-02\n", "2").values, (Values{0.039, 0.062}));
  EXPECT_EQ(read("\"\" 0 1\n0 0.5 1.5\n1 0.6 1.6\n", "1").values, (Values{1.5, 1.6}));
  EXPECT_EQ(take("host ms\n\"node 3\" 1\nb 2\n", {.column = "ms", .notation = {' ', {}}}).values,
            (Values{1, 2}));
  expect_refused("ms\n1 234.5\n", "has separators of thousands");
  expect_refused("1 234\n5 678\n", "has separators of thousands", "1");
}

TEST_F(TableFile, ReadsDecimalCommasWhereACommaSeparatesNothing) {
  Notation const commas{{}, Decimal::comma}, points{{}, Decimal::point};
  EXPECT_EQ(read("rank;ms\n0;2,5\n1;3\n", "ms").values, (Values{2.5, 3}));
  EXPECT_EQ(take("2,5\t1\n3,5\t2\n", {.column = "1", .notation = {'\t', {}}}).values, (Values{2.5, 3.5}));
  EXPECT_EQ(take("ms\n\"1,5\"\n\"2,25\"\n", {.notation = commas}).values, (Values{1.5, 2.25}));
  EXPECT_EQ(take("rank;ms\n0;1,234\n1;0,125\n", {.column = "ms", .notation = commas}).values,
            (Values{1.234, 0.125}));
  expect_refused("ms\n\"1,5\"\n2\n", "write 1.5, or give decimal=comma");
  expect_refused("rank;ms\n0;1,234\n1;2\n", "or give decimal=comma", "ms");
  expect_refused("rank;ms\n0;1,5\n1;2.5\n", "has another decimal", "ms");
  expect_refused("rank;ms\n0;1.5\n1;2,5\n", "has another decimal", "ms");
  expect_part_refused("rank;ms\n0;1,5\n1;2\n", "has a comma", {.column = "ms", .notation = points});
}

TEST_F(TableFile, ASeparatorThatIsGivenIsTheOnlyOne) {
  EXPECT_EQ(take("a,b;ms\n1,2;3\n4,5;6\n", {.column = "ms", .notation = {';', {}}}).values, (Values{3, 6}));
  expect_refused("a,b;ms\n1,2;3\n4,5;6\n", "has commas and semicolons", "ms");
}

}  // namespace
}  // namespace dsgd::table
