#include "table/labels.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dsgd::table {
namespace {

using Names = std::vector<std::string>;
using Indices = std::vector<std::uint32_t>;

Labels read(std::vector<std::string> const& texts) {
  LabelReader reader;
  for (std::string const& text : texts) reader.take(text);
  return reader.finish();
}

TEST(Labels, AreNumberedAsTheyAppear) {
  Labels const labels = read({"b", "a", "b", "10"});
  EXPECT_EQ(labels.names, (Names{"b", "a", "10"}));
  EXPECT_EQ(labels.of_row, (Indices{0, 1, 0, 2}));
}

TEST(Labels, ThatAreNumbersAscend) {
  Labels const labels = read({"10", "9", "-1.5", "10", "1234567"});
  EXPECT_EQ(labels.names, (Names{"-1.5", "9", "10", "1234567"}));
  EXPECT_EQ(labels.of_row, (Indices{2, 1, 0, 2, 3}));
}

/// 7 and 07 are one number, but two texts: only one of them is found by its number.
TEST(Labels, AreTexts) {
  Labels const labels = read({"7", "07", "7", ""});
  EXPECT_EQ(labels.names, (Names{"7", "07", ""}));
  EXPECT_EQ(labels.of_row, (Indices{0, 1, 0, 2}));
}

TEST(Labels, ThatNoRowHasAreLeftOut) {
  Labels labels{{"a", "b", "c", "d"}, {3, 1, 3}};
  drop_unused(labels);
  EXPECT_EQ(labels.names, (Names{"b", "d"}));
  EXPECT_EQ(labels.of_row, (Indices{1, 0, 1}));
}

TEST(SmallWhole, IsTheOnlyTextOfItsNumber) {
  struct Case {
    std::string text;
    std::ptrdiff_t length;  ///< -1 where there is none
    std::size_t number;
  };
  for (Case const& one :
       {Case{"0", 1, 0}, Case{"12,3", 2, 12}, Case{"999999;", 6, 999999}, Case{"1000000", -1, 0},
        Case{"01", -1, 0}, Case{"", -1, 0}, Case{"x", -1, 0}, Case{"-1", -1, 0}}) {
    std::size_t number = 0;
    char const* const begin = one.text.data();
    char const* const end = read_small_whole(begin, begin + one.text.size(), number);
    EXPECT_EQ(end == nullptr ? -1 : end - begin, one.length) << one.text;
    EXPECT_EQ(end == nullptr ? 0 : number, one.number) << one.text;
  }
}

Labels of_columns(std::vector<std::size_t> const& indices, std::vector<std::string> const& rows) {
  LabelColumns columns;
  for (std::size_t const index : indices) columns.add(index);
  for (std::string const& row : rows) {
    Fields fields;
    EXPECT_EQ(fields.split({row, 1, false}, ','), "");
    columns.take(fields);
  }
  return columns.finish();
}

TEST(LabelColumns, ThatAreNoneHaveNoLabels) { EXPECT_TRUE(of_columns({}, {"a,b"}).of_row.empty()); }

TEST(LabelColumns, OfOneAreItsTexts) {
  EXPECT_EQ(of_columns({1}, {"a,x/y", "a,z", "b,z"}).names, (Names{"x/y", "z"}));
}

TEST(LabelColumns, OfSeveralAreNeverTheSameForDifferentTexts) {
  Labels const labels = of_columns({0, 1}, {"x/y,z", "x,y/z", "x\\,z", "x,\\z", "x/y,z"});
  EXPECT_EQ(labels.names.size(), 4U);
  EXPECT_EQ(labels.names.front(), "x\\/y/z");
  EXPECT_EQ(labels.of_row, (Indices{0, 1, 2, 3, 0}));
}

}  // namespace
}  // namespace dsgd::table
