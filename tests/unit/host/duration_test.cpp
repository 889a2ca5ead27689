#include "duration.hpp"

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

TEST(ParseDuration, RefusesTheRestNamingTheOption) {
  for (char const* const text : {"", "90", "s", "-1s", "0s", "0:00", "nans", "infs", "1e10s", "1:60",
                                 "1:2:3:4", ":30", "1:", "1:-5", "90 s", "1w", "2hm"})
    expect_error(ExitCode::usage, "--max-time", [&] { parse_duration(text, "--max-time"); });
}

TEST(DurationText, ReadsAsAClock) {
  EXPECT_EQ(duration_text(2.4), "3 s");
  EXPECT_EQ(duration_text(61), "1:01");
  EXPECT_EQ(duration_text(3661), "1:01:01");
  EXPECT_EQ(duration_text(1e30), "years");
}

}  // namespace
}  // namespace dsgd
