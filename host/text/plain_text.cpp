#include "text/plain_text.hpp"

#include <algorithm>
#include <cctype>

#include "dsgd/error.hpp"
#include "dsgd/expects.hpp"

namespace dsgd {
namespace {

using Byte = unsigned char;

bool is_blank(char c) { return c == '\t' || c == '\n' || c == '\r'; }
bool is_continuation(char c) { return (static_cast<Byte>(c) & 0xC0) == 0x80; }

/// Bytes of a character by its first; 0 where that begins none.
std::size_t length_of(Byte first) {
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;  // a continuation, or an overlong form
  if (first < 0xE0) return 2;
  if (first < 0xF0) return 3;
  return first < 0xF5 ? 4 : 0;
}

/// What the second byte of a longer character lies between: not an overlong form, a surrogate, something
/// beyond U+10FFFF, or a control character of U+0080 to U+009F, which terminals obey as they do escape
/// sequences. Source: The Unicode Standard 15.0, table 3-7.
bool is_second(Byte first, Byte second) {
  Byte const low = first == 0xE0 || first == 0xC2 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  Byte const high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  return low <= second && second <= high;
}

/// Bytes of the character that the text begins with; 0 where it is none. @pre text is not empty
std::size_t character(std::string_view text) {
  DSGD_EXPECTS(!text.empty());
  auto const first = static_cast<Byte>(text[0]);
  if (first < 0x20 || first == 0x7F) return is_blank(text[0]) ? 1 : 0;
  std::size_t const length = length_of(first);
  if (length <= 1) return length;
  std::string_view const rest = text.substr(1, length - 1);
  bool const whole = rest.size() == length - 1 && std::all_of(rest.begin(), rest.end(), is_continuation);
  return whole && is_second(first, static_cast<Byte>(rest[0])) ? length : 0;
}

}  // namespace

std::size_t find_no_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t const length = character(text.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

std::string excerpt(std::string_view text, std::size_t bytes) {
  if (text.size() > bytes) {
    while (bytes > 0 && is_continuation(text[bytes])) --bytes;
    text = text.substr(0, bytes);
  }
  std::string result(text);
  std::replace_if(result.begin(), result.end(), is_blank, ' ');
  return result;
}

std::string shell_word(std::string_view text) {
  auto const is_plain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("=:./_-+,%@").find(c) != std::string_view::npos;
  };
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  std::string quoted = "'";
  for (char const c : text) quoted.append(c == '\'' ? "'\\''" : std::string(1, c));
  return quoted + "'";
}

std::string path_word(std::string const& path) {
  return shell_word(path.starts_with('-') ? "./" + path : path);
}

void check_unit(std::string_view unit) {
  constexpr std::size_t longest = 16;
  bool const is_label =
      find_no_text(unit) == std::string_view::npos && std::none_of(unit.begin(), unit.end(), is_blank);
  if (unit.size() > longest || !is_label)
    throw Error(ExitCode::usage, "--unit '" + excerpt(unit, longest) + "' is no label",
                "it is written in tables and figures", "give up to " + std::to_string(longest) + " letters");
}

}  // namespace dsgd
