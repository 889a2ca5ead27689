#include "spec/trace.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>

#include "spec/spec.hpp"
#include "support/expect_error.hpp"
#include "support/folder_test.hpp"

namespace dsgd {
namespace {

namespace fs = std::filesystem;

/// A folder of its own, which is the working directory while a test runs.
class TraceFile : public FolderTest {
 protected:
  void SetUp() override { fs::current_path(folder_); }
  void TearDown() override { fs::current_path(before_); }

  static void write(std::string const& content) { FolderTest::write("t.csv", content); }

  static Trace read(std::string const& content, std::string const& column = "") {
    write(content);
    return read_trace("t.csv", column);
  }

  static void expect_refused(std::string const& content, std::string const& part,
                             std::string const& column = "") {
    expect_error(ExitCode::usage, part, [&] { read(content, column); });
  }

  fs::path before_ = fs::current_path();
};

using Values = std::vector<double>;

TEST_F(TraceFile, OneNumberPerLine) {
  Trace const trace = read("3\n1e-3\n\n+2.5\n");
  EXPECT_EQ(trace.values, (Values{3, 0.001, 2.5}));
  EXPECT_EQ(trace.column, "1");
  EXPECT_EQ(trace.sha256, "0d6b4298636ccd1de4463f9ac1ff3fe0d527cdfc325192e6386ddff26fb18d85");
}

TEST_F(TraceFile, ReadsAnyLineEndsQuotesSpacesAndAByteOrderMark) {
  EXPECT_EQ(read("\xEF\xBB\xBFms\r\n1\r\n 2 \r\n3").values, (Values{1, 2, 3}));
  EXPECT_EQ(read("1\r2\r3\r").values, (Values{1, 2, 3}));
  Trace const trace = read("\"a, \"\"b\"\"\",\"t\"\n\"x,y\",1\nz,\"2\"\n", "t");
  EXPECT_EQ(trace.values, (Values{1, 2}));
  EXPECT_EQ(read("\"a, \"\"b\"\"\",t\n1,2\n3,4\n", "a, \"b\"").values, (Values{1, 3}));
  EXPECT_EQ(read("ms,note\n3,\"slow\n4\"\n5,ok\n", "ms").values, (Values{3, 5}));
}

TEST_F(TraceFile, ReadsSemicolonsTabsAndSeparatorsAtTheEnd) {
  EXPECT_EQ(read("rank;ms\n0;2.5\n1;3.5\n", "ms").values, (Values{2.5, 3.5}));
  EXPECT_EQ(read("rank\tms\n0\t2.5\n1\t3.5\n", "ms").values, (Values{2.5, 3.5}));
  EXPECT_EQ(read("ms,\n1,\n2,\n").values, (Values{1, 2}));
  EXPECT_EQ(read("ms\n1\n2,\n").values, (Values{1, 2}));
  EXPECT_EQ(read("a,b,\n1,2\n3,4,\n", "b").values, (Values{2, 4}));
}

TEST_F(TraceFile, ChoosesAColumnByHeaderOrNumber) {
  std::string const table = "rank,ms\n0,10\n1,20\n";
  EXPECT_EQ(read(table, "ms").values, (Values{10, 20}));
  EXPECT_EQ(read(table, "2").values, (Values{10, 20}));
  EXPECT_EQ(read(table, "2").column, "ms");
  EXPECT_EQ(read("0,10\n1,20\n", "2").values, (Values{10, 20}));
  EXPECT_EQ(read("0,1,2\n0.5,1.5,2.5\n0.6,1.6,2.6\n", "2").values, (Values{2.5, 2.6}));
  EXPECT_EQ(read(",0,1,2\n0,0.5,1.5,2.5\n1,0.6,1.6,2.6\n", "2").values, (Values{2.5, 2.6}));
  expect_refused("1,5\n2,5\n", "2 columns");  // decimal commas
}

TEST_F(TraceFile, LeavesOutCommentsAndSaysHowMany) {
  Trace const trace = read("# node 3\n# ms\n1\n2\n#3\n\n4\n");
  EXPECT_EQ(trace.values, (Values{1, 2, 4}));
  EXPECT_EQ(trace.column, "ms");
  EXPECT_EQ(trace.comments, 1U);
  EXPECT_EQ(read("# node 3\nms\n1\n2\n").column, "ms");
  expect_refused("# 1\n# 2\n", "holds 0 values");
}

TEST_F(TraceFile, RefusesWhatIsNoDelayAndNamesLineAndColumn) {
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

TEST_F(TraceFile, RefusesRowsOfAnotherLengthThanTheFirst) {
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

TEST_F(TraceFile, RefusesHeadersAndQuotesThatMayBeMeantOtherwise) {
  expect_refused("0.5s\n0.6\n0.7\n", "line 1, column 1: '0.5s' has a unit");
  expect_refused("\n0.5s\n0.6\n0.7\n", "line 2, column 1: '0.5s' has a unit");
  expect_refused("0\n0.5\n0.6\n", "give column=0 if it is such a header");
  expect_refused("ms\n1\n\"2\n3\n", "line 3 begins a quote that does not end");
  expect_refused("ms\n1\n2\n\"3\"4\n", "line 4 has text after a closing quote");
}

TEST_F(TraceFile, RefusesFilesThatAreNoTables) {
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

TEST_F(TraceFile, NoByteOfAFileSteersATerminal) {
  expect_refused("a\x1b[31mred,b\n1,2\n", "is binary (line 1 has the byte 0x1b)");
  expect_refused(
      "a\xC2\x9B"
      "31m,b\n1,2\n",
      "is binary (line 1 has the byte 0xc2)");
  expect_refused("a,b\n1,2\n3,\x7f\n", "is binary (line 3 has the byte 0x7f)", "b");
  expect_refused("Zeit (\xB5s)\n1\n2\n", "in UTF-8");
  EXPECT_EQ(read("Zeit (µs)\n1\n2\n").column, "Zeit (µs)");
  EXPECT_EQ(read("\"a\rb\",\"c\td\"\n1,2\n3,4\n", "1").column, "1");  // tables and specs could not show it
  EXPECT_EQ(read("\"a\nb\",\"c\td\"\n1,2\n3,4\n", "1").column, "1");
  EXPECT_EQ(read("\"a\rb\",\"c\td\"\n1,2\n3,4\n", "2").column, "2");
  expect_refused("\"a\rb\",\"c\td\"\n1,2\n", "(its columns: a b, c d)");
  std::string const name = std::string(39, 'x') + "µ";  // cut within a character it would be no UTF-8
  expect_refused(name + ",b\n1,2\n", "(its columns: " + std::string(39, 'x') + ", b)");
  expect_refused("1\n" + name + "\n", "'" + std::string(39, 'x') + "' is not a number");
}

TEST_F(TraceFile, AHeaderThatNamesTwoColumnsIsRefused) {
  expect_refused("a,b,a\n1,2,3\n4,5,6\n", "has 2 columns 'a' (one is needed): give", "a");
  EXPECT_EQ(read("a,b,a\n1,2,3\n4,5,6\n", "3").values, (Values{3, 6}));
}

TEST_F(TraceFile, SaysWhyAFileCannotBeRead) {
  expect_error(ExitCode::file, "No such file", [] { read_trace("absent.csv", ""); });
  expect_error(ExitCode::file, "folder", [] { read_trace(".", ""); });
}

TEST_F(TraceFile, ALawHasOneCanonicalSpecThatNamesTheData) {
  write("rank,ms\n0,10\n1,20\n0,15\n");
  Law const law = parse_law("empirical:file=./t.csv:column=2");
  std::string const spec = canonical_spec(law);
  EXPECT_EQ(spec,
            "empirical:file=t.csv:column=ms:sha256="
            "83a5f53e0eda7ce6e5c93ef8c8d6165039962ab77324f878daec1fe809422d3a");
  EXPECT_EQ(canonical_spec(parse_law(spec)), spec);
  EXPECT_EQ(std::get<Empirical>(law).note, "t.csv: 3 values in column ms, from 10 to 20");
  EXPECT_EQ(origin(law), 10.0);
  EXPECT_EQ(std::get<Empirical>(law).sampler().excess(0, 0), 10.0f);
}

TEST_F(TraceFile, WhatASpecNamesIsFoundAgain) {
  for (auto const& [content, wanted, column, note] : std::vector<std::array<std::string, 4>>{
           {"0,1,2\n0.5,1.5,2.5\n0.6,1.6,2.6\n", "3", "2",
            "2 values in column 2 (named so in the header), from 2.5 to 2.6"},
           {",0,1\n0,0.5,1.5\n1,0.6,1.6\n", "1", "1",
            "2 values in column 1 (named so in the header), from 1.5 to 1.6"},
           {"# a,b\n1,20\n3,40\n", "2", "b", "2 values in column b, from 20 to 40"},
           {"ms,ms\n1,2\n3,4\n", "2", "2", "2 values in column 2, from 2 to 4"},
           {"ms\n1\n#2\n3\n", "1", "ms", "2 values in column ms, from 1 to 3, without 1 comment"}}) {
    write(content);
    Law const law = parse_law("empirical:file=t.csv:column=" + wanted);
    EXPECT_EQ(std::get<Empirical>(law).column, column) << content;
    EXPECT_EQ(std::get<Empirical>(law).note, "t.csv: " + note);
    Law const again = parse_law(canonical_spec(law));
    EXPECT_EQ(canonical_spec(again), canonical_spec(law));
    EXPECT_EQ(std::get<Empirical>(again).note, std::get<Empirical>(law).note);
  }
}

TEST_F(TraceFile, OtherDataThanTheSpecNamesAreRefused) {
  write("1\n2\n");
  std::string const spec = canonical_spec(parse_law("empirical:file=t.csv"));
  write("1\n3\n");
  expect_error(ExitCode::usage, "the data differ", [&] { parse_law(spec); });
}

TEST_F(TraceFile, OnlyTheColumnMayBeLeftOut) {
  expect_error(ExitCode::usage, "needs 'file'", [] { parse_law("empirical"); });
  expect_error(ExitCode::usage, "empty", [] { parse_law("empirical:file="); });
}

}  // namespace
}  // namespace dsgd
