#include "run/progress.hpp"

#include <gtest/gtest.h>

#include "support/expect_error.hpp"

namespace dsgd {
namespace {

std::string reported(ProgressMode mode, std::vector<Progress> const& reports) {
  testing::internal::CaptureStderr();
  auto const report = progress_reporter(mode);
  for (Progress const& progress : reports) report(progress);
  return testing::internal::GetCapturedStderr();
}

TEST(ProgressReporter, TextCountsTheDrawsThatAreLeft) {
  // a tenth of the draws in 60 s, although half of the points are done: nine times as long is left
  EXPECT_EQ(reported(ProgressMode::text, {{5, 10, 1e9, 1e10, 60}}),
            "dsgd: 1:00, 5/10 points, 1.67e+07 draws/s, 9:00 left\n");
}

TEST(ProgressReporter, TextIsRareButEndsWithTheEnd) {
  std::string const text = reported(
      ProgressMode::text, {{0, 2, 1, 10, 1}, {0, 2, 2, 10, 11}, {0, 2, 3, 10, 12}, {2, 2, 10, 10, 13}});
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2) << text;
  EXPECT_NE(text.find("2/2 points"), std::string::npos);
}

TEST(ProgressReporter, TheBarLeavesAnEmptyLine) {
  std::string const text = reported(ProgressMode::bar, {{0, 2, 5, 10, 1}, {2, 2, 10, 10, 2}});
  EXPECT_NE(text.find("0/2 points"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("\r\033[K")) << text;
}

TEST(ProgressReporter, ShortRunsShowNoBar) {
  EXPECT_EQ(reported(ProgressMode::bar, {{2, 2, 10, 10, 0.05}}), "");
}

TEST(ProgressReporter, HonoursNoColor) {
  ::setenv("NO_COLOR", "1", 1);
  std::string const plain = reported(ProgressMode::bar, {{0, 2, 5, 10, 1}});
  ::unsetenv("NO_COLOR");
  std::string const coloured = reported(ProgressMode::bar, {{0, 2, 5, 10, 1}});
  EXPECT_EQ(plain.find("\033[32m"), std::string::npos);
  EXPECT_NE(coloured.find("\033[32m"), std::string::npos);
}

TEST(ProgressReporter, NoneIsSilent) { EXPECT_EQ(reported(ProgressMode::none, {{0, 2, 5, 10, 100}}), ""); }

TEST(ProgressMode, KnowsItsNames) {
  EXPECT_EQ(progress_mode("none"), ProgressMode::none);
  EXPECT_EQ(progress_mode("text"), ProgressMode::text);
  EXPECT_EQ(progress_mode("bar"), ProgressMode::bar);
  expect_error(ExitCode::usage, "--progress", [] { progress_mode("loud"); });
}

}  // namespace
}  // namespace dsgd
