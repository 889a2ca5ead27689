#include "text/plain_text.hpp"

#include <gtest/gtest.h>

#include <cstdint>

#include "support/expect_error.hpp"

namespace dsgd {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// UTF-8 of any number below 2^21, also of those that are no character. Written apart from the decoder.
std::string encoded(std::uint32_t code) {
  if (code < 0x80) return {static_cast<char>(code)};
  std::string text;
  int const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  text += static_cast<char>((0xFF << (7 - more) & 0xFF) | code >> (6 * more));
  for (int i = more - 1; i >= 0; --i) text += static_cast<char>(0x80 | (code >> (6 * i) & 0x3F));
  return text;
}

TEST(PlainText, EveryCharacterIsTextAndNoControlCharacterOrSurrogateIs) {
  for (std::uint32_t code = 0; code < 0x200000; ++code) {
    bool const control =
        (code < 0x20 && code != '\t' && code != '\n' && code != '\r') || (code >= 0x7F && code < 0xA0);
    bool const none = control || (code >= 0xD800 && code < 0xE000) || code >= 0x110000;
    std::string const text = "ab" + encoded(code) + "c";
    ASSERT_EQ(find_no_text(text), none ? 2 : npos) << std::hex << code;
  }
}

TEST(PlainText, BrokenCharactersAreNone) {
  EXPECT_EQ(find_no_text(""), npos);
  for (char const* const text : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF",
                                 "\xE2\x82", "\xE2\x82x", "\xC3", "\xFF", "\xF5\x80\x80\x80"})
    EXPECT_EQ(find_no_text(std::string("1,") + text), 2U) << text;
}

TEST(PlainText, AnExcerptEndsWithAWholeCharacter) {
  EXPECT_EQ(excerpt("abc", 3), "abc");
  EXPECT_EQ(excerpt("abcd", 3), "abc");
  EXPECT_EQ(excerpt("aµb", 2), "a");
  EXPECT_EQ(excerpt("aµb", 3), "aµ");
  EXPECT_EQ(excerpt("€", 2), "");
  EXPECT_EQ(excerpt("a\tb\rc", 9), "a b c");
}

TEST(PlainText, AUnitIsAShortLabel) {
  for (char const* const unit : {"", "ms", "µs", "GPU seconds"}) EXPECT_NO_THROW(check_unit(unit)) << unit;
  for (char const* const unit : {"a\tb", "\x1b[1m", "\xff", "milliseconds of it"})
    expect_error(ExitCode::usage, "--unit", [&] { check_unit(unit); });
}

}  // namespace
}  // namespace dsgd
