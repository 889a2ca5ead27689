#include "text/number.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "support/expect_error.hpp"

namespace dsgd {
namespace {

constexpr std::uint64_t max64 = std::numeric_limits<std::uint64_t>::max();

TEST(ParseCount, TakesTheFormsOfTheInterface) {
  EXPECT_EQ(parse_count("5000", "-n", 1, max64), 5000u);
  EXPECT_EQ(parse_count("1e9", "-n", 1, max64), 1'000'000'000u);
  EXPECT_EQ(parse_count("1E9", "-n", 1, max64), 1'000'000'000u);
  EXPECT_EQ(parse_count("1e+3", "-n", 1, max64), 1000u);
  EXPECT_EQ(parse_count("1_000_000", "-n", 1, max64), 1'000'000u);
  EXPECT_EQ(parse_count("1.5e3", "-n", 1, max64), 1500u);
  EXPECT_EQ(parse_count("2.50e1", "-n", 1, max64), 25u);
  EXPECT_EQ(parse_count("3.0", "-n", 1, max64), 3u);
  EXPECT_EQ(parse_count("5000e-3", "-n", 1, max64), 5u);
  EXPECT_EQ(parse_count("0", "-n", 0, max64), 0u);
  EXPECT_EQ(parse_count("0e999999", "-n", 0, max64), 0u);
  EXPECT_EQ(parse_count("18446744073709551615", "-n", 0, max64), max64);
  EXPECT_EQ(parse_count("9007199254740993", "-n", 0, max64),
            9007199254740993u);  // 2^53 + 1: no double on the way
}

class BadCounts : public testing::TestWithParam<char const*> {};

TEST_P(BadCounts, AreRefusedWithOptionAndRange) {
  expect_error(ExitCode::usage, "--iterations", [] { parse_count(GetParam(), "--iterations", 1, 1u << 20); });
  expect_error(ExitCode::usage, "1 to 1048576", [] { parse_count(GetParam(), "--iterations", 1, 1u << 20); });
}

INSTANTIATE_TEST_SUITE_P(Forms, BadCounts,
                         testing::Values("", " ", "0", "-0", "-1", "-0.0", "1048577", "18446744073709551616",
                                         "1e300", "1e1000000", "1e12x", "1,5", "010", "0x10", "1.5", "1e-1",
                                         "1e", "1e+", "e5", "+5", " 5", "5 ", "5_", "_5", "5__0", "1.", ".",
                                         "nan", "inf", "-inf", "five", "1e-400", "5;", "٥"));

TEST(ParseReal, TakesDecimalNumbers) {
  EXPECT_EQ(parse_real("2", "rate", 0, 10), 2.0);
  EXPECT_EQ(parse_real("0.25", "rate", 0, 10), 0.25);
  EXPECT_EQ(parse_real(".5", "rate", 0, 10), 0.5);
  EXPECT_EQ(parse_real("1e-6", "rate", 0, 10), 1e-6);
  EXPECT_EQ(parse_real("1_0", "rate", 0, 10), 10.0);
  EXPECT_EQ(parse_real("-3.5", "rate", -10, 10), -3.5);
  EXPECT_EQ(parse_real("0.1", "rate", 0, 10), 0.1);
}

TEST(ParseShare, TakesNumbersAndPercentages) {
  EXPECT_EQ(parse_share("0.01", "share", 0, 1), 0.01);
  EXPECT_EQ(parse_share("1%", "share", 0, 1), 0.01);
  EXPECT_EQ(parse_share("99.9%", "share", 0, 1), 0.999);  // and not 99.9 / 100
  EXPECT_EQ(parse_share("1e-3%", "share", 0, 1), 1e-5);
  EXPECT_EQ(parse_share("100%", "share", 0, 1), 1.0);
  expect_error(ExitCode::usage,
               "share '101%' is out of range (accepted: 0 to 1): give a number in this range",
               [] { parse_share("101%", "share", 0, 1); });
  for (char const* const text : {"", "%", "1%%", "1 %", "x%", "%1"})
    expect_error(ExitCode::usage, "share", [&] { parse_share(text, "share", 0, 1); });
}

class BadReals : public testing::TestWithParam<char const*> {};

TEST_P(BadReals, AreRefusedWithOptionAndRange) {
  expect_error(ExitCode::usage, "rate", [] { parse_real(GetParam(), "rate", 1e-36, 1e18); });
  expect_error(ExitCode::usage, "1e-36 to 1e+18", [] { parse_real(GetParam(), "rate", 1e-36, 1e18); });
}

INSTANTIATE_TEST_SUITE_P(Forms, BadReals,
                         testing::Values("", "0", "-0.0", "-1", "nan", "NaN", "inf", "-inf", "infinity",
                                         "1e-37", "1e19", "1e308", "1e400", "1e-400", "4.9e-324", "1,5",
                                         "1e12x", "0x1p3", "010", "+1", "--1", "2 ", "1.2.3"));

TEST(Shortest, ReadsBackAsTheSameNumber) {
  EXPECT_EQ(shortest(2.0), "2");
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(1e-7), "1e-07");
  EXPECT_EQ(shortest(1.0 / 3), "0.3333333333333333");
}

TEST(Significant, KeepsTrailingZeros) {
  EXPECT_EQ(significant(0.5, 6), "0.500000");
  EXPECT_EQ(significant(1.79462, 4), "1.795");
  EXPECT_EQ(significant(12345.678, 6), "12345.7");
  EXPECT_EQ(significant(1234567.0, 6), "1.23457e+06");
  EXPECT_EQ(significant(6.98024e-7, 3), "6.98e-07");
  EXPECT_EQ(significant(0.0, 3), "0.00");
  EXPECT_EQ(significant(9.9999, 3), "10.0");
  EXPECT_EQ(significant(0.999999, 2), "1.0");
}

TEST(PercentText, IsThatOfTheWholeForTheWholeAlone) {
  EXPECT_EQ(percent_text(1, 4), "100.0 %");
  EXPECT_EQ(percent_text(0.99996, 4), "< 100 %");
  EXPECT_EQ(percent_text(0.9994, 4), "99.94 %");
  EXPECT_EQ(percent_text(0.9996, 3), "< 100 %");
  EXPECT_EQ(percent_text(0, 3), "0.00 %");
  EXPECT_EQ(percent_text(1e-6, 3), "0.000100 %");
  EXPECT_EQ(percent_text(1.2345, 3), "123 %");
  EXPECT_EQ(percent_text(-0.01, 2), "-1.0 %");
}

TEST(Rounding, ToTwelveDigitsAndFourDecimals) {
  EXPECT_EQ(shortest(round_to_12_digits(1.0 / 3)), "0.333333333333");
  EXPECT_EQ(shortest(round_to_12_digits(-2.0e10 / 3)), "-6666666666.67");
  EXPECT_EQ(round_to_12_digits(0.0), 0.0);
  EXPECT_EQ(shortest(round_to_4_decimals(-1.23456)), "-1.2346");
  EXPECT_EQ(shortest(round_to_4_decimals(-0.00001)), "0");
  EXPECT_EQ(round_to_4_decimals(1e15), 1e15);
  EXPECT_EQ(shortest(round_to_12_decimals(0.12345678901251)), "0.123456789013");
  EXPECT_EQ(shortest(round_to_12_decimals(-1e-13)), "0");
}

}  // namespace
}  // namespace dsgd
