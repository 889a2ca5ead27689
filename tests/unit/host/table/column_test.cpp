#include "table/column.hpp"

#include <gtest/gtest.h>

#include "support/expect_error.hpp"

namespace dsgd::table {
namespace {

Row row_of(std::string const& text, std::uint64_t line) {
  return {text, line, text.find('"') != std::string::npos};
}

Top top_of(std::string const& first, std::string const& second, std::string const& comment = "") {
  Top top;
  if (!comment.empty()) top.comment.emplace(row_of(comment, 1));
  top.first.emplace(row_of(first, 2));
  if (!second.empty()) top.second.emplace(row_of(second, 3));
  return top;
}

Column find_column(Top const& top, std::string const& wanted, Source const& source) {
  return Heading(top, source).find(wanted);
}

/// "index name", with " header" where the first row is one.
std::string found(Top const& top, std::string const& wanted) {
  Column const column = find_column(top, wanted, "t.csv");
  return std::to_string(column.index) + " " + column.name + (column.first_is_header ? " header" : "");
}

void expect_refused(Top const& top, std::string const& wanted, std::string const& part) {
  expect_error(ExitCode::usage, part, [&] { find_column(top, wanted, "t.csv"); });
}

TEST(Column, IsFoundByNameOrNumber) {
  Top const top = top_of("rank,ms", "0,10");
  EXPECT_EQ(found(top, "ms"), "1 ms header");
  EXPECT_EQ(found(top, "2"), "1 ms header");  // one name, however it was asked for
  EXPECT_EQ(found(top_of("0,10", "1,20"), "2"), "1 2");
  EXPECT_EQ(found(top_of("ms,ms", "0,10"), "2"), "1 2 header");     // the header names two
  EXPECT_EQ(found(top_of("a:b=c,ms", "0,10"), "1"), "0 1 header");  // a spec could not hold it
  EXPECT_EQ(found(top_of("seconds", "1"), ""), "0 seconds header");
  EXPECT_EQ(found(top_of("1.5", "1"), ""), "0 1");
  expect_refused(top, "time", "has no column 'time' (its columns: rank, ms)");
  expect_refused(top, "mss", "(did you mean ms? its columns: rank, ms)");
  expect_refused(top, "3", "has no column '3'");
  expect_refused(top, "0", "has no column '0'");
  expect_refused(top, "", "has 2 columns (its columns: rank, ms): choose one with column=");
  expect_refused(top_of("a,b,a", "1,2,3"), "a", "has 2 columns 'a' (one is needed): give its number");
}

TEST(Column, IsNoHalfOfANumber) {
  expect_refused(
      top_of("2.901.847,24", "2.314.762,46"), "",
      "may hold one number '2.901.847,24' (its comma would separate two fields): write it as 2901847.24");
  EXPECT_EQ(found(top_of("2.901.847,24", "2.314.762,46"), "2"), "1 2");  // as it is asked for
  Top const numbered = top_of("3,10", "4,11");
  EXPECT_EQ(Heading(numbered, "t.csv").find("", {0}).name, "2");  // the first column is something else
}

TEST(Column, NameBeatsNumberWhereTheHeaderIsNumbers) {
  Top const plain = top_of("0,1,2,3", "0.5,1.5,2.5,3.5");
  EXPECT_EQ(found(plain, "3"), "3 3 header");
  EXPECT_EQ(found(plain, "0"), "0 0 header");
  EXPECT_EQ(found(plain, "4"), "3 3 header");  // numbers that count up, above fractions
  Top const indexed = top_of(",0,1,2,3", "0,0.5,1.5,2.5,3.5");
  EXPECT_EQ(found(indexed, "3"), "4 3 header");
  EXPECT_EQ(found(indexed, "5"), "4 3 header");  // a number is below nothing in the first column
  EXPECT_EQ(found(top_of("step,8,16", "0,5,6"), "3"), "2 16 header");
  EXPECT_EQ(found(top_of(",0,1", "a,0.5,0.6"), "3"), "2 1 header");
  EXPECT_EQ(found(top_of("1,2,3", "0.5,0.6,0.7"), "2"), "1 2 header");
  EXPECT_EQ(found(top_of("8,16,32", "1,2,3"), "16"), "1 16 header");
  EXPECT_EQ(found(top_of("0.1,0.5,0.9", "1,2,3"), "0.5"), "1 0.5 header");  // a number that counts nothing
  EXPECT_TRUE(find_column(plain, "4", "t.csv").named_by_number);
  EXPECT_FALSE(find_column(top_of("0,10", "1,20"), "2", "t.csv").named_by_number);
}

TEST(Column, RowsOfValuesAreNoHeaders) {
  EXPECT_EQ(found(top_of("2,0.5", "3,0.6"), "2"), "1 2");      // fractions are no names
  EXPECT_EQ(found(top_of("2,2,5", "3,4,5"), "2"), "1 2");      // nor are numbers that come twice
  EXPECT_EQ(found(top_of("210,215", "220,225"), "2"), "1 2");  // nothing says that it is one
  EXPECT_EQ(found(top_of("node1,7", "node2,9"), "2"), "1 2");
  EXPECT_EQ(found(top_of("node1,0.5", "node2,0.6"), "2"), "1 2");
  EXPECT_EQ(found(top_of("1", "0.5"), ""), "0 1");
}

TEST(Column, WholeNumbersThatMayBeValuesAreRefused) {
  expect_refused(top_of("5,1", "1,5"), "1", "line 2 may be a header or values (column=1 is a name");
  EXPECT_EQ(found(top_of("5,1", "1,5"), "2"), "1 2");             // no name
  EXPECT_EQ(found(top_of("16,8", "1,5"), "8"), "1 8 header");     // no place
  EXPECT_EQ(found(top_of("x,2,1", "0,5,6"), "2"), "1 2 header");  // a number below text
  EXPECT_EQ(found(top_of("1", "3"), "1"), "0 1");
  EXPECT_EQ(found(top_of("16", "3"), "16"), "0 16 header");
}

TEST(Column, HeadersThatMayBeValuesAreRefused) {
  expect_refused(top_of("0.5s", "0.6"), "", "line 2, column 1: '0.5s' has a unit");
  expect_refused(top_of("0.5s", "0.6"), "", "if it is a header, give column=0.5s");
  expect_refused(top_of("0,0.5s", "1,0.6"), "2", "line 2, column 2: '0.5s' has a unit");
  expect_refused(top_of("\"1,5\"", "2"), "", "write 1.5");
  expect_refused(top_of("1.5 2.5", "1 2"), "", "has 2 columns");
  expect_refused(top_of("1.5 2.5", "1"), "", "is several numbers");
  EXPECT_EQ(found(top_of("0.5s", "0.6"), "0.5s"), "0 0.5s header");
  expect_refused(top_of("0", "0.5"), "", "give column=0 if it is such a header, column=1 if it is a value");
  EXPECT_EQ(found(top_of("0", "0.5"), "0"), "0 0 header");
  EXPECT_EQ(found(top_of("0", "0.5"), "1"), "0 1");
  EXPECT_EQ(found(top_of("0", "3"), ""), "0 1");
  EXPECT_EQ(found(top_of("NA", "0.5"), ""), "0 1");  // a value that is missing, refused as such
}

TEST(Column, CommentAboveTheFirstRowMayBeItsHeader) {
  EXPECT_EQ(found(top_of("0.5", "0.6", " seconds"), ""), "0 seconds");
  EXPECT_EQ(found(top_of("0.5", "0.6", " seconds"), "seconds"), "0 seconds");
  EXPECT_EQ(found(top_of("0,0.5", "1,0.6", " step,\"t, s\""), "t, s"), "1 t, s");
  EXPECT_EQ(found(top_of("0.5,1,2", "0,1,2", " 0,1,2"), "1"), "1 1");
  EXPECT_EQ(found(top_of("seconds", "0.6", " node 3"), ""), "0 seconds header");
  EXPECT_EQ(found(top_of("0,0.5", "1,0.6", " node 3"), "2"), "1 2");  // it has another number of fields
  EXPECT_EQ(found(top_of("0.5", "0.6", " \"slow\" node"), ""), "0 1");
  expect_refused(top_of("0,0.5", "1,0.6", " step,ms"), "mss", "(did you mean ms? its columns: step, ms)");
  expect_refused(top_of("seconds", "0.6", " node 3"), "second",
                 "(did you mean seconds? its columns: seconds)");
  EXPECT_EQ(found(top_of("0", "0.5", " seconds"), ""), "0 seconds");
}

/// "host" stands in the comment and in the first row of values, and would be looked for in the latter.
TEST(Column, NameThatWouldFindAnotherPlaceIsNotUsed) {
  Top const top = top_of("host,0.5", "b,0.6", "host,ms");
  Source const source("t.csv");
  Heading const heading(top, source);
  EXPECT_EQ(heading.label_of(0, false), "1");
  EXPECT_EQ(heading.label_of(1, false), "ms");
  EXPECT_EQ(heading.label_of(0, true), "host");
}

/// One number alone counts no columns: 2 may be the first value of the second column.
TEST(Column, NumberBesideTextMayBeAValue) {
  for (char const* const wanted : {"", "2"})
    expect_refused(top_of("b,2", "c,3"), wanted, "may be a header or values");
  EXPECT_EQ(found(top_of("b,5", "c,3"), ""), "1 2");
  EXPECT_EQ(found(top_of("b,5", "c,3"), "2"), "1 2");
}

TEST(Column, WithoutNameWhoseNumberIsAnothersNameIsRefused) {
  expect_refused(top_of("0.5,0.6", "0.7,0.8", "2,a:b"), "a:b", "has no name for column 2");
  Top const top = top_of("a+b,1", "5,6");
  Source const source("t.csv");
  Heading const heading(top, source);
  expect_error(ExitCode::usage, "has no name for column 1", [&] { heading.require_label(0, true); });
  heading.require_label(1, true);
}

TEST(Column, SeparatorsAreThoseOfTheFirstRow) {
  EXPECT_EQ(found(top_of("rank;ms", "0;1,5"), "ms"), "1 ms header");
  EXPECT_EQ(found(top_of("rank\tms", "0\t1"), "ms"), "1 ms header");
  EXPECT_EQ(found(top_of("rank,\"a;b\"", "0,1"), "a;b"), "1 a;b header");
  EXPECT_EQ(found(top_of("rank,a;b", "0,1"), "a;b"), "1 a;b header");  // the second row has no ';'
  EXPECT_EQ(found(top_of("duration, ms\trank", "0\t1"), "duration, ms"), "0 duration, ms header");
  expect_refused(top_of("0;1,5", "1;2,5"), "2", "line 2 has commas and semicolons");
  expect_refused(top_of("\"a\"b,c", "1,2"), "c", "line 2 has text after a closing quote");
}

TEST(Column, OfAVeryWideTableIsFoundAtOnce) {
  std::string first = "0", second = "1";
  for (int i = 1; i < 100'000; ++i) {
    first += "," + std::to_string(i);
    second += ",1";
  }
  EXPECT_EQ(found(top_of(first, second), "99999"), "99999 99999 header");
}

TEST(Column, SeparatorTooManyIsNoColumn) {
  EXPECT_EQ(found(top_of("ms,", "1,"), ""), "0 ms header");
  EXPECT_EQ(found(top_of("ms,", "1"), ""), "0 ms header");
  EXPECT_EQ(find_column(top_of("ms,", "1,"), "", "t.csv").fields, 1U);
  EXPECT_EQ(find_column(top_of("ms,", "1,2"), "ms", "t.csv").fields, 2U);
  expect_refused(top_of("ms,", "1,5"), "", "has 2 columns");
}

}  // namespace
}  // namespace dsgd::table
