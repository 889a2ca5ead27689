#include "request/worker_list.hpp"

#include <gtest/gtest.h>

#include "support/expect_error.hpp"

namespace dsgd {
namespace {

using List = std::vector<std::uint64_t>;

TEST(ParseWorkers, TakesTheFormsOfTheInterface) {
  EXPECT_EQ(parse_workers("20"), List{20});
  EXPECT_EQ(parse_workers("1:5"), (List{1, 2, 3, 4, 5}));
  EXPECT_EQ(parse_workers("10:100:30"), (List{10, 40, 70, 100}));
  EXPECT_EQ(parse_workers("10:99:30"), (List{10, 40, 70}));
  EXPECT_EQ(parse_workers("1:1024:x4"), (List{1, 4, 16, 64, 256, 1024}));
  EXPECT_EQ(parse_workers("7:7"), List{7});
  EXPECT_EQ(parse_workers("16777215"), List{16777215});
}

TEST(ParseWorkers, UnitesAndSorts) { EXPECT_EQ(parse_workers("8,1:3,2,1e1"), (List{1, 2, 3, 8, 10})); }

TEST(ParseWorkers, HoldsTheLargestRangesThatAreAccepted) {
  EXPECT_EQ(parse_workers("1:1000000").size(), 1'000'000u);
  EXPECT_EQ(parse_workers("1:16777215:x2").size(), 24u);
}

class BadLists : public testing::TestWithParam<char const*> {};

TEST_P(BadLists, AreRefused) {
  expect_error(ExitCode::usage, "--workers", [] { parse_workers(GetParam()); });
}

INSTANTIATE_TEST_SUITE_P(Forms, BadLists,
                         testing::Values("", ",", "1,", ",1", "0", "-1", "1:", ":5", "5:1", "1:5:0", "1:5:-1",
                                         "1:5:x1", "1:5:x", "1:5:x0", "1:5:1:1", "1:5:y2", "1;5", "1-5",
                                         "1..5:", "16777216", "1:16777216", "1:16777215", "2.5", "nan", "1 2",
                                         "010", "18446744073709551617"));

TEST(WorkersText, IsAListOfTheSameWorkers) {
  for (char const* const text :
       {"20", "1:20", "1,2", "10:100:10", "1,2,4,8,16,1024", "1:3,7,10:20:5,21,23"}) {
    std::vector<std::uint64_t> const workers = parse_workers(text);
    EXPECT_EQ(parse_workers(workers_text(workers)), workers) << workers_text(workers);
  }
  EXPECT_EQ(workers_text(parse_workers("1:20,30:50:10,7")), "1:20,30:50:10");
  EXPECT_EQ(workers_text(parse_workers("4611686018427387903", std::uint64_t{1} << 62)),
            "4611686018427387903");
}

}  // namespace
}  // namespace dsgd
