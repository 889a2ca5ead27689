#include "table/cell.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>
#include <string>

namespace dsgd::table {
namespace {

TEST(Cell, HoldsADelay) {
  EXPECT_EQ(delay_of("0"), 0.0);
  EXPECT_EQ(delay_of("+2.5"), 2.5);
  EXPECT_EQ(delay_of("1e-3"), 0.001);
  EXPECT_EQ(delay_of(".5"), 0.5);
  EXPECT_EQ(delay_of("5e-324"), 5e-324);  // the least that there is
  EXPECT_EQ(delay_of("1e36"), max_delay);
  EXPECT_EQ(delay_of("0e-999"), 0.0);
  EXPECT_FALSE(std::signbit(*delay_of("-0")));
}

struct Refused {
  std::string field, what, advice;
};

TEST(Cell, SaysWhyItHoldsNoneAndWhatToDo) {
  Refused const cases[]{
      {"", "is empty", "fill in"},
      {"NA", "is a missing value", "fill in"},
      {"NaN", "is a missing value", "fill in"},
      {"-", "is a missing value", "fill in"},
      {"-nan", "is not a number", "delete the row"},
      {"-2", "is negative", "delete the row"},
      {"-inf", "is negative", "delete the row"},
      {"-1e-400", "is negative", "delete the row"},
      {"inf", "is infinite", "delete the row"},
      {"1e37", "is above 1e+36", "larger unit"},
      {"1e999", "is above 1e+36", "larger unit"},
      {"1e99999999999999999999", "is above 1e+36", "larger unit"},
      {"1" + std::string(400, '0'), "is above 1e+36", "larger unit"},
      {"0.1e400", "is above 1e+36", "larger unit"},
      {"1e-400", "is too small (64-bit numbers end at 5e-324)", "write 0"},
      {"1e-99999999999999999999", "is too small", "write 0"},
      {"0." + std::string(400, '0') + "1", "is too small", "write 0"},
      {"1000e-400", "is too small", "write 0"},
      {"0.5s", "has a unit", "remove it"},
      {"2 ms", "has a unit", "remove it"},
      {"3µs", "has a unit", "remove it"},
      {"50%", "has a unit", "remove it"},
      {"1,5", "has a comma", "write 1.5"},
      {"1,234.5", "has a comma", "write 1234.5"},
      {"1.234,5", "has a comma", "write 1234.5"},
      {"1,234", "has a comma", "write 1234 or 1.234"},
      {"1'234.5", "has separators of thousands", "write 1234.5"},
      {"1 234 567", "has separators of thousands", "write 1234567"},
      {"1_000", "has separators of thousands", "write 1000"},
      {"1.5 2.5", "is several numbers", "commas between"},
      {"x", "is not a number", "correct it"},
      {"(s)", "is not a number", "correct it"},
      {"0x10", "is not a number", "correct it"},
      {"12:30", "is not a number", "correct it"},
      {"+-5", "is not a number", "correct it"},
      {"1.5 # slow", "is not a number", "correct it"},
  };
  for (Refused const& refused : cases) {
    ASSERT_FALSE(delay_of(refused.field)) << refused.field;
    CellProblem const problem = problem_of(refused.field);
    std::string const what = problem.what + " (" + problem.why + ")";
    EXPECT_NE(what.find(refused.what), std::string::npos) << refused.field << ": " << what;
    EXPECT_NE(problem.advice.find(refused.advice), std::string::npos)
        << refused.field << ": " << problem.advice;
  }
}

TEST(Cell, KnowsNumbersFromNames) {
  for (char const* const number : {"1", "-1.5", "+2", "nan", "inf", "1e-400", "1e999"})
    EXPECT_TRUE(is_number(number)) << number;
  for (char const* const other : {"", "1s", "1,5", "x", "+-1", "1 "}) EXPECT_FALSE(is_number(other)) << other;
  EXPECT_TRUE(is_whole("007"));
  for (char const* const other : {"", "1.0", "-1", "1e3"}) EXPECT_FALSE(is_whole(other)) << other;
  for (char const* const value : {"0.5s", "1,5", ".5x", "-1x", "2nd"}) EXPECT_TRUE(starts_as_number(value));
  for (char const* const name : {"", "seconds", "-", "rank0", ".x"}) EXPECT_FALSE(starts_as_number(name));
}

TEST(Cell, TakesCommasOutOfNumbersAlone) {
  for (char const* const other : {"1.5", "a,5", "1,2,3", "1,5 s", ",", "1,,5"})
    EXPECT_FALSE(without_commas(other)) << other;
  EXPECT_EQ(without_commas("12,5"), "12.5");
  EXPECT_EQ(without_commas("1,234,567"), "1234567");
  EXPECT_EQ(without_commas("1234,567"), "1234.567");
}

/// Those of up to 15 digits are read without std::from_chars. Seed 1.
TEST(Cell, NumbersAreTheNearest) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 100'000; ++i) {
    std::string text(1 + random() % 18, '0');
    for (char& c : text) c = static_cast<char>('0' + random() % 10);
    if (i % 4 != 0) text[random() % text.size()] = '.';
    if (text == ".") continue;
    double const nearest = std::strtod(text.c_str(), nullptr);
    ASSERT_EQ(delay_of(text), nearest) << text;
  }
  for (char const* const text : {"1.5.", "1..5", ".", "", "1.5 ", "1,5"})
    EXPECT_FALSE(delay_of(text)) << text;
}

TEST(Cell, SpreadsheetErrorsAreNoComments) {
  for (char const* const row : {"#N/A", "#n/a,1", "#DIV/0!;2", "#REF!\t3", "#VALUE! 4"})
    EXPECT_TRUE(begins_with_spreadsheet_error(row)) << row;
  for (char const* const row : {"#", "# N/A", "#N/A?", "#taken again", "#NA,1"})
    EXPECT_FALSE(begins_with_spreadsheet_error(row)) << row;
}

}  // namespace
}  // namespace dsgd::table
