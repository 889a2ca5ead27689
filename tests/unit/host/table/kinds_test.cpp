#include "table/kinds.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dsgd::table {
namespace {

Kinds read_kinds(std::vector<std::string> const& texts) {
  KindReader reader(3, "job");
  for (std::string const& text : texts) reader.take(text);
  return reader.finish();
}

TEST(Kinds, AreNumberedAsTheyAppear) {
  Kinds const kinds = read_kinds({"b", "b", "a", "b"});
  EXPECT_EQ(kinds.column, "job");
  EXPECT_EQ(kinds.names, (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(kinds.of_row, (std::vector<std::uint8_t>{0, 0, 1, 0}));
}

TEST(Kinds, OneTextIsNone) { EXPECT_TRUE(read_kinds({"a", "a"}).names.empty()); }

TEST(Kinds, ManyTextsAreNone) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < most_kinds; ++i) texts.push_back("text" + std::to_string(i));
  EXPECT_EQ(read_kinds(texts).names.size(), most_kinds);
  texts.push_back("one more");
  texts.push_back("text0");
  EXPECT_TRUE(read_kinds(texts).names.empty());
}

TEST(Kinds, AreNamedInPart) {
  EXPECT_EQ(some_names(read_kinds({"a", "b"})), "a, b");
  EXPECT_EQ(some_names(read_kinds({"a", "b", "c", "d", "e"})), "a, b, c, d, ...");
}

}  // namespace
}  // namespace dsgd::table
