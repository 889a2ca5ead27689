#include "recommend/goal.hpp"

#include <gtest/gtest.h>

#include "support/expect_error.hpp"

namespace dsgd {
namespace {

constexpr UpdateSize twelve_of_sixteen{16, 12};

TEST(Goal, WeighsTheTimeOfAnUpdate) {
  EXPECT_DOUBLE_EQ(value(parse_goal("throughput"), twelve_of_sixteen, 3), 4);
  EXPECT_DOUBLE_EQ(value(parse_goal("cost"), twelve_of_sixteen, 3), 4);
  EXPECT_DOUBLE_EQ(value(parse_goal("noise-scale=36"), twelve_of_sixteen, 3), 12);
}

TEST(Goal, IsBestWhereItsProductIsLeast) {
  for (char const* const text : {"throughput", "cost", "noise-scale=36"}) {
    Goal const goal = parse_goal(text);
    EXPECT_EQ(goal_text(goal), text);
    EXPECT_LT(weight(goal, {16, 12}), weight(goal, {16, 11})) << text;
  }
  EXPECT_LT(weight(parse_goal("cost"), {15, 12}), weight(parse_goal("cost"), {16, 12}));
}

TEST(Goal, MayBeOfAModelThatIsTrained) {
  for (char const* const text : {"error=0.02", "time=1e-06"}) {
    EXPECT_EQ(goal_text(parse_goal(text)), text);
    EXPECT_TRUE(is_raced(parse_goal(text)));
  }
  EXPECT_DOUBLE_EQ(parse_goal("error=0.02").level, 0.02);
  EXPECT_EQ(value_name(parse_goal("error=0.02")), "time");
  EXPECT_EQ(value_meaning(parse_goal("error=0.02"), "ms"), "until the mean error is 0.02, ms");
  EXPECT_EQ(value_name(parse_goal("time=20")), "error");
  EXPECT_EQ(value_meaning(parse_goal("time=20"), "ms"), "mean error at 20 ms");
  for (char const* const text : {"throughput", "cost", "noise-scale=36"})
    EXPECT_FALSE(is_raced(parse_goal(text)));
}

TEST(Goal, RefusesOthers) {
  expect_error(ExitCode::usage, "throughput", [] { parse_goal("troughput"); });
  for (char const* const text : {"noise-scale=0", "noise-scale=", "noise-scale=nan", "noise-scale"})
    expect_error(ExitCode::usage, "noise-scale", [&] { parse_goal(text); });
  for (char const* const text : {"error=0", "error=-1", "time=0", "time=", "time=inf"})
    expect_error(ExitCode::usage, "--goal ", [&] { parse_goal(text); });
}

}  // namespace
}  // namespace dsgd
