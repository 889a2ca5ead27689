#include "table/rows.hpp"

#include <gtest/gtest.h>

#include "support/expect_error.hpp"

namespace dsgd::table {
namespace {

/// Every row as "line: text", read in pieces of so many bytes.
std::vector<std::string> rows_of(std::string_view text, std::size_t piece = 1 << 20) {
  std::vector<std::string> rows;
  RowReader reader("t.csv", [&](Row const& row) {
    rows.push_back(std::to_string(row.line) + ": " + std::string(row.text));
  });
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) reader.add(text.substr(0, piece));
  reader.finish();
  return rows;
}

using Strings = std::vector<std::string>;

void expect_refused(std::string_view text, std::string const& part) {
  expect_error(ExitCode::usage, part, [&] { rows_of(text); });
}

TEST(Rows, EndAtAnyLineEnd) {
  Strings const expected{"1: a", "2: b", "3: c"};
  for (char const* const text : {"a\nb\nc\n", "a\nb\nc", "a\r\nb\r\nc\r\n", "a\rb\rc\r", "a\rb\nc\r\n"})
    for (std::size_t piece = 1; piece < 10; ++piece) EXPECT_EQ(rows_of(text, piece), expected) << text;
  EXPECT_EQ(rows_of("a\n\nb"), (Strings{"1: a", "2: ", "3: b"}));
  EXPECT_EQ(rows_of("a\r\rb"), (Strings{"1: a", "2: ", "3: b"}));
  EXPECT_EQ(rows_of(""), Strings{});
}

TEST(Rows, GoOnWithinQuotes) {
  for (std::size_t piece = 1; piece < 20; ++piece) {
    EXPECT_EQ(rows_of("\"a\nb\",1\nc", piece), (Strings{"1: \"a\nb\",1", "3: c"}));
    EXPECT_EQ(rows_of("1,\"a\r\nb\"\r\nc", piece), (Strings{"1: 1,\"a\r\nb\"", "3: c"}));
    EXPECT_EQ(rows_of("1; \"a\"\"\rb\"\rc", piece), (Strings{"1: 1; \"a\"\"\rb\"", "3: c"}));
    EXPECT_EQ(rows_of("12\" disk\nc", piece), (Strings{"1: 12\" disk", "2: c"}));  // no field begins there
    EXPECT_EQ(rows_of("# a, \"b\nc", piece), (Strings{"1: # a, \"b", "2: c"}));    // nor in a comment
    EXPECT_EQ(rows_of("\"\"\nc", piece), (Strings{"1: \"\"", "2: c"}));
  }
}

TEST(Rows, LeaveOutTheByteOrderMark) {
  EXPECT_EQ(rows_of("\xEF\xBB\xBF\"a\nb\"\nc"), (Strings{"1: \"a\nb\"", "3: c"}));
}

TEST(Rows, RefuseQuotesThatStayOpen) {
  expect_refused("a\n\"b\nc\n", "line 2 begins a quote that does not end before the end of the file");
  expect_refused("a\n1,\"b\n" + std::string(2 * max_row_bytes, 'c'),
                 "line 2 begins a quote that does not end within 1048576 bytes");
}

TEST(Rows, RefuseOtherFormatsByName) {
  using namespace std::string_literals;
  expect_refused(
      "\xFF\xFE"
      "1\0\n\0"s,
      "UTF-16");
  expect_refused(
      "\xFE\xFF\0"
      "1\0\n"s,
      "UTF-16");
  expect_refused("\0\0\xFE\xFF"s, "UTF-32");
  expect_refused("\x1F\x8B\x08"s, "gzip");
  expect_refused("PK\x03\x04"s, ".xlsx");
  expect_refused("PAR1\x15\x04"s, "Parquet");
  expect_refused("1\n2\0"s, "binary (line 2 has the byte 0x00)");
  expect_refused("1,\"a\nb\x1b\"\n"s, "binary (line 2 has the byte 0x1b)");
  expect_refused(
      "\x7f"
      "ELF,\"\n"s,
      "binary (line 1 has the byte 0x7f)");
  expect_refused("1\n" + std::string(2 * max_row_bytes, '1'), "line of more than 1048576 bytes after line 1");
}

Strings fields_of(std::string_view text, char separator = ',') {
  Fields fields;
  EXPECT_EQ(fields.split({text, 1, text.find('"') != std::string_view::npos}, separator), "") << text;
  return fields.copy();
}

std::string problem_of(std::string_view text) {
  Fields fields;
  return std::string(fields.split({text, 1, true}, ','));
}

TEST(Fields, StandBetweenSeparators) {
  EXPECT_EQ(fields_of("a, b ,\tc"), (Strings{"a", "b", "c"}));
  EXPECT_EQ(fields_of("a,b;c", ';'), (Strings{"a,b", "c"}));
  EXPECT_EQ(fields_of("a\t\tb", '\t'), (Strings{"a", "", "b"}));
  EXPECT_EQ(fields_of("a,"), (Strings{"a", ""}));
  EXPECT_EQ(fields_of(","), (Strings{"", ""}));
  EXPECT_EQ(fields_of("a b"), (Strings{"a b"}));
}

TEST(Fields, HoldAnythingInQuotes) {
  EXPECT_EQ(fields_of("\"a,b\", \"c\"\"d\" ,e"), (Strings{"a,b", "c\"d", "e"}));
  EXPECT_EQ(fields_of("\"a\nb\",\"\""), (Strings{"a\nb", ""}));
  EXPECT_EQ(fields_of("\"\"\"\""), (Strings{"\""}));
  EXPECT_EQ(fields_of("12\" disk,\"x\""), (Strings{"12\" disk", "x"}));
  EXPECT_EQ(fields_of("\"a\"\t\"b\"", '\t'), (Strings{"a", "b"}));
}

/// Between blanks, where the reader of rows sees no quote begin a field. What fields refer to must not move.
TEST(Fields, StayWhereManyAreInQuotes) {
  Strings expected{"a"};
  std::string text = "a";
  for (char c = 'b'; c <= 'z'; ++c) {
    expected.emplace_back(20, c);
    text += " \"" + expected.back() + "\"";
  }
  Fields fields;
  EXPECT_EQ(fields.split({text, 1, false}, ' '), "");
  EXPECT_EQ(fields.copy(), expected);
}

TEST(Fields, SayWhatIsWrongWithQuotes) {
  EXPECT_EQ(problem_of("\"a\"b,1"), "has text after a closing quote");
  EXPECT_EQ(problem_of("\"a\" \"b\""), "has text after a closing quote");
  EXPECT_EQ(problem_of("a;\"b,\"c"), "has a quote that does not end");
  expect_error(ExitCode::usage, "'t.csv' line 7 has text after a closing quote", [] {
    Fields fields;
    split_or_refuse({"\"a\"b", 7, true}, ',', "t.csv", fields);
  });
}

}  // namespace
}  // namespace dsgd::table
