#include "text/value_list.hpp"

#include <gtest/gtest.h>

#include "support/expect_error.hpp"

namespace dsgd {
namespace {

std::vector<std::uint64_t> counts(std::string_view text) { return parse_count_list(text, "k", 1, 1000); }

TEST(CountList, NamesValuesRangesAndSteps) {
  using Counts = std::vector<std::uint64_t>;
  EXPECT_EQ(counts("7"), Counts{7});
  EXPECT_EQ(counts("8,2,4,2"), (Counts{2, 4, 8}));
  EXPECT_EQ(counts("1..4"), (Counts{1, 2, 3, 4}));
  EXPECT_EQ(counts("1..10..4,3..3"), (Counts{1, 3, 5, 9}));
  EXPECT_EQ(counts("998..1e3..1000"), Counts{998});
}

TEST(CountList, TakesColonsAndDotsAlike) {
  for (char const* const text : {"1:9:2", "3:5,1:9:x3", "1:64:x2", "7:7"}) {
    std::string dots;
    for (char const c : std::string(text)) dots += c == ':' ? std::string("..") : std::string(1, c);
    EXPECT_EQ(counts(text), counts(dots)) << dots;
  }
  EXPECT_EQ(counts("1..64..x4"), (std::vector<std::uint64_t>{1, 4, 16, 64}));
  EXPECT_EQ(parse_count_list("1e6:1e8:x10", "--iterations", 1, std::uint64_t{1} << 50),
            (std::vector<std::uint64_t>{1'000'000, 10'000'000, 100'000'000}));
  EXPECT_EQ(parse_count_list("0..2", "--devices", 0, 3), (std::vector<std::uint64_t>{0, 1, 2}));
}

TEST(CountList, SaysHowARangeIsWritten) {
  for (char const* const text :
       {"1-20", "1..9:", "1:9..", "x", "1 20", "1:5:y2", "1:2:3:4", "5..2", "", "1:"})
    expect_error(ExitCode::usage,
                 "write 20, 1:20, 10:100:10 or 1:1024:x2, or .. in place of :", [&] { counts(text); });
  expect_error(ExitCode::usage, "1 to 1000", [] { counts("1:1001"); });
  expect_error(ExitCode::usage, "multiplies 0", [] { parse_count_list("0:4:x2", "k", 0, 9); });
  expect_error(ExitCode::usage, "factor", [] { counts("1:5:x1"); });
}

TEST(CountList, RefusesWhatIsNoCount) {
  for (char const* const text :
       {"1.5", "-1", "010", "x", "50%", "1.5..3", "1..2.5", "1..3..0.5", "1..3..-1", "1..3..2..2"})
    expect_error(ExitCode::usage, "k", [&] { counts(text); });
  for (char const* const text : {"", "..3", "1..", "1..3..", "1..3..x"})
    expect_error(ExitCode::usage, "write 20, 1:20", [&] { counts(text); });
  for (char const* const text : {"0", "1001", "0..3", "1..1001", "4294967296", "18446744073709551617"})
    expect_error(ExitCode::usage, "out of range", [&] { counts(text); });
  expect_error(ExitCode::usage, "step", [] { counts("1..3..0"); });
  expect_error(ExitCode::usage, "backwards", [] { counts("3..2"); });
}

TEST(CountList, IsBounded) {
  EXPECT_EQ(parse_count_list("1..1000000", "k", 1, ~0u).size(), max_list_entries);
  EXPECT_EQ(parse_count_list("1..4294967295..4295", "k", 1, ~0u).size(), 999'993u);
  for (char const* const text : {"1..4294967295", "1..1000001", "1..1000000,5", "1..4294967295..4294"})
    expect_error(ExitCode::usage, "1000000", [&] { parse_count_list(text, "k", 1, ~0u); });
}

std::vector<Share> shares(std::string_view text) { return parse_share_list(text, "k", 1, 1000); }

TEST(RealList, NamesValuesRangesStepsAndFactors) {
  using Values = std::vector<double>;
  auto const list = [](std::string_view text) { return parse_real_list(text, "--x", 0, 100); };
  EXPECT_EQ(list("2,1.5,2"), (Values{1.5, 2}));
  EXPECT_EQ(list("0.1:0.5:0.2"), (Values{0.1, 0.3, 0.5}));
  EXPECT_EQ(list("1..9..4"), (Values{1, 5, 9}));
  EXPECT_EQ(list("0.5:4:x2,7"), (Values{0.5, 1, 2, 4, 7}));
  EXPECT_EQ(list("1:2:3"), (Values{1}));
  expect_error(ExitCode::usage, "has no step", [&] { list("1:2"); });
  expect_error(ExitCode::usage, "runs backwards", [&] { list("2:1:1"); });
  expect_error(ExitCode::usage, "0 to 100", [&] { list("1:101:1"); });
  expect_error(ExitCode::usage, "no number above 0", [&] { list("0:1:x2"); });
  expect_error(ExitCode::usage, "over 1000000 values", [&] { list("0:100:1e-5"); });
}

TEST(FractionList, TakesPercentages) {
  auto const list = [](std::string_view text) { return parse_fraction_list(text, "--x", 0, 1); };
  EXPECT_EQ(list("0.75,0.5"), (std::vector<double>{0.5, 0.75}));
  EXPECT_EQ(list("90%,7%,33.3%"), (std::vector<double>{0.07, 0.333, 0.9}));
  EXPECT_EQ(list("0:1:0.5"), (std::vector<double>{0, 0.5, 1}));
  expect_error(ExitCode::usage, "0 to 100", [&] { list("101%"); });
  expect_error(ExitCode::usage, "0 to 1", [&] { list("75"); });
  expect_error(ExitCode::usage, "no % although another", [&] { list("0.5,50%"); });
}

TEST(ShareList, TakesCountsAndPercentages) {
  std::vector<Share> const expected{{2, 0}, {3, 0}, {1, 12'500'000}, {1, 90'000'000}};
  EXPECT_EQ(shares("90%,2..3,12.5%,90.0%"), expected);
}

TEST(ShareList, RefusesPercentagesThatAreNone) {
  for (char const* const text : {"0%", "100.1%", "-5%", "1e-7%"})
    expect_error(ExitCode::usage, "out of range", [&] { shares(text); });
  expect_error(ExitCode::usage, "six decimals", [] { shares("33.3333333%"); });
  expect_error(ExitCode::usage, "empty", [] { shares("%"); });
  for (char const* const text : {"10%..20%", "1..20%", "5%%", "x%"})
    expect_error(ExitCode::usage, "k", [&] { shares(text); });
}

TEST(Share, OfWorkersIsRoundedUpWithoutAnError) {
  EXPECT_EQ(shares("8").front().of(4), 8u);
  EXPECT_EQ(shares("90%").front().of(20), 18u);
  EXPECT_EQ(shares("90%").front().of(21), 19u);
  EXPECT_EQ(shares("1e-6%").front().of(1), 1u);
  EXPECT_EQ(shares("1e-6%").front().of(~0u), 43u);  // 42.95
  for (std::uint32_t percent = 1; percent <= 100; ++percent) {
    Share const share = shares(std::to_string(percent) + "%").front();
    for (std::uint32_t m = 1; m <= 1000; ++m)
      ASSERT_EQ(share.of(m), (percent * m + 99) / 100) << percent << m;
    ASSERT_EQ(share.of(4'294'967'200), percent * 42'949'672u);
  }
}

TEST(Share, HasOneText) {
  for (char const* const text : {"8", "90%", "12.5%", "33.333333%", "1e-06%", "100%"})
    EXPECT_EQ(share_text(shares(text).front()), text);
  EXPECT_EQ(share_text(shares("90.0%").front()), "90%");
}

TEST(Lists, HaveNoEmptyPart) {
  for (char const* const text : {"1,", ",1", "1,,2", ","}) {
    expect_error(ExitCode::usage, "has an empty part", [&] { parse_count_list(text, "--workers", 1, 9); });
    expect_error(ExitCode::usage, "has an empty part", [&] { parse_real_list(text, "--times", 0, 9); });
    expect_error(ExitCode::usage, "has an empty part", [&] { shares(text); });
  }
  expect_error(ExitCode::usage, "--share '5%,' has an empty part",
               [] { parse_fraction_list("5%,", "--share", 0, 1); });
  expect_error(ExitCode::usage, "--times is empty", [] { parse_real_list("", "--times", 0, 9); });
}

TEST(SplitSpecs, CommasBeforeDigitsContinueAList) {
  using Specs = std::vector<std::string_view>;
  EXPECT_EQ(split_specs("sync"), Specs{"sync"});
  EXPECT_EQ(split_specs("sync,k-sync:k=1..4,8,50%,async"), (Specs{"sync", "k-sync:k=1..4,8,50%", "async"}));
  EXPECT_EQ(split_specs("a,,b,"), (Specs{"a", "", "b", ""}));
}

}  // namespace
}  // namespace dsgd
