#include "text/wrap_text.hpp"

#include <gtest/gtest.h>

namespace dsgd {
namespace {

TEST(Wrapped, BreaksWideLinesAtSpaces) {
  EXPECT_EQ(wrapped("one two three\nfour", 9), "one two\nthree\nfour");
  EXPECT_EQ(wrapped("one two", 7), "one two");
  EXPECT_EQ(wrapped("", 7), "");
  EXPECT_EQ(wrapped("a\n\nb\n", 7), "a\n\nb\n");
}

TEST(Wrapped, GoesOnBelowItself) {
  EXPECT_EQ(wrapped("  -m M   number of workers", 18), "  -m M   number of\n         workers");
  EXPECT_EQ(wrapped("    one two three", 11), "    one two\n    three");
}

TEST(Wrapped, LeavesLongWordsWhole) {
  EXPECT_EQ(wrapped("incomprehensible word", 5), "incomprehensible\nword");
  EXPECT_EQ(wrapped("  x  incomprehensible word", 8), "  x  incomprehensible\n     word");
}

}  // namespace
}  // namespace dsgd
