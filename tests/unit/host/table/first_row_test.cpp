#include "table/first_row.hpp"

#include <gtest/gtest.h>

namespace dsgd::table {
namespace {

TEST(FirstRow, LabelsAreTextOrWholeNumbersAllDifferent) {
  EXPECT_TRUE(holds_labels({"rank", "ms"}));
  EXPECT_TRUE(holds_labels({"", "0", "1"}));
  EXPECT_FALSE(holds_labels({"0", "", "1"}));
  EXPECT_FALSE(holds_labels({"rank", "0.5"}));
  EXPECT_FALSE(holds_labels({"ms", "ms"}));
}

TEST(FirstRow, AscendsFromTwoWholeNumbersOn) {
  EXPECT_TRUE(ascends({"0", "1", "2"}));
  EXPECT_TRUE(ascends({"step", "3", "9"}));
  EXPECT_FALSE(ascends({"3", "3"}));
  EXPECT_FALSE(ascends({"3", "2"}));
  EXPECT_FALSE(ascends({"step", "2"}));
  EXPECT_FALSE(ascends({"step", "ms"}));
}

TEST(FirstRow, HasTextAboveANumber) {
  EXPECT_FALSE(has_text_above_number({"rank", "2"}, {"a", "3"}));
  EXPECT_TRUE(has_text_above_number({"ms", "2"}, {"1.5", "3"}));
  EXPECT_TRUE(has_text_above_number({"", "2"}, {"0", "3"}));
  EXPECT_FALSE(has_text_above_number({"ms"}, {}));
}

TEST(FirstRow, CountsUpAboveTimes) {
  EXPECT_TRUE(counts_up_above_fraction({"0", "1", "2"}, {"0.5", "0.6", "0.7"}, 2));
  EXPECT_TRUE(counts_up_above_fraction({"step", "1", "2"}, {"0", "0.6", "0.7"}, 1));
  EXPECT_FALSE(counts_up_above_fraction({"0", "1", "2"}, {"5", "6", "7"}, 2));
  EXPECT_FALSE(counts_up_above_fraction({"0", "2"}, {"0.5", "0.6"}, 1));
  EXPECT_FALSE(counts_up_above_fraction({"0"}, {"0.5"}, 0));
}

}  // namespace
}  // namespace dsgd::table
