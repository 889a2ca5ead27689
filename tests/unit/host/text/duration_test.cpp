#include "text/duration.hpp"

#include <gtest/gtest.h>

#include "support/expect_error.hpp"

namespace dsgd {
namespace {

TEST(ParseDuration, KnowsUnitsAndClocks) {
  EXPECT_EQ(parse_duration("90s", "--max-time"), 90);
  EXPECT_EQ(parse_duration("30m", "--max-time"), 1800);
  EXPECT_EQ(parse_duration("1.5h", "--max-time"), 5400);
  EXPECT_EQ(parse_duration("2d", "--max-time"), 172800);
  EXPECT_EQ(parse_duration("1:30:00", "--max-time"), 5400);
  EXPECT_EQ(parse_duration("1:05", "--max-time"), 65);
  EXPECT_EQ(parse_duration("01:05:00", "--max-time"), 3900);
  EXPECT_EQ(parse_duration("0.25s", "--max-time"), 0.25);
}

TEST(ParseDuration, KnowsTheFormsOfSlurm) {
  EXPECT_EQ(parse_duration("1-12:00:00", "--max-time"), 129600);
  EXPECT_EQ(parse_duration("1-12", "--max-time"), 129600);
  EXPECT_EQ(parse_duration("0-00:30", "--max-time"), 1800);
  EXPECT_EQ(parse_duration("2-01:02:03", "--max-time"), 2 * 86400 + 3723);
  EXPECT_EQ(parse_duration("3d", "--max-time"), 3 * 86400);
}

TEST(ParseDuration, RefusesTheRestNamingTheOption) {
  for (char const* const text :
       {"",     "90",      "s",    "-1s",   "0s",    "0:00",      "nans", "infs", "1e10s",
        "1:60", "1:2:3:4", ":30",  "1:",    "1:-5",  "90 s",      "1w",   "2hm",  "1-24",
        "1-",   "-1",      "-1-2", "1-2-3", "1-12h", "1-1:2:3:4", "1d-2", "0-0",  "99999-0"})
    expect_error(ExitCode::usage, "--max-time", [&] { parse_duration(text, "--max-time"); });
}

TEST(ParseDuration, SaysWhatATimeIs) {
  for (char const* const text : {"bad", "5ms", "s", "1h30m"})
    expect_error(ExitCode::usage, "is not a time", [&] { parse_duration(text, "--max-time"); });
  expect_error(ExitCode::usage, "out of range", [] { parse_duration("-1s", "--max-time"); });
}

TEST(DurationText, IsInWords) {
  EXPECT_EQ(duration_text(0), "0 s");
  EXPECT_EQ(duration_text(2.4), "3 s");
  EXPECT_EQ(duration_text(59.5), "1 min");
  EXPECT_EQ(duration_text(61), "1 min 1 s");
  EXPECT_EQ(duration_text(3600), "1 h");
  EXPECT_EQ(duration_text(3661), "1 h 2 min");
  EXPECT_EQ(duration_text(7980), "2 h 13 min");
  EXPECT_EQ(duration_text(86399), "1 day");
  EXPECT_EQ(duration_text(90000), "1 day 1 h");
  EXPECT_EQ(duration_text(1602.56 * 3600), "66 days 19 h");
  EXPECT_EQ(duration_text(3.2e8), "10 years");
  EXPECT_EQ(duration_text(1e30), "3.2e+22 years");
}

TEST(ShortDurationText, IsAClockOrDays) {
  EXPECT_EQ(short_duration_text(2.4), "3 s");
  EXPECT_EQ(short_duration_text(61), "1:01");
  EXPECT_EQ(short_duration_text(3661), "1:01:01");
  EXPECT_EQ(short_duration_text(1602.56 * 3600), "66d 18h");
  EXPECT_EQ(short_duration_text(1e30), "years");
}

}  // namespace
}  // namespace dsgd
