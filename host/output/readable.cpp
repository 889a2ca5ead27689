#include "output/readable.hpp"

#include <cctype>

#include "text/number.hpp"

namespace dsgd {
namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// Does a part of a fleet begin here? The plus sign of 1e+19 begins none.
bool begins_part(std::string_view spec, std::size_t at) {
  if (spec[at] != '+' || at + 1 == spec.size() || !is_digit(spec[at + 1])) return false;
  return !(at >= 2 && spec[at - 1] == 'e' && is_digit(spec[at - 2]));
}

}  // namespace

std::string readable(Cell const& cell, int digits, std::string_view absent) {
  if (std::holds_alternative<std::monostate>(cell)) return std::string(absent);
  auto const* const number = std::get_if<double>(&cell);
  return number == nullptr ? cell_text(cell) : significant(*number, digits);
}

std::string short_spec(std::string spec) {
  constexpr std::string_view key = "sha256=";
  constexpr std::size_t whole = 64, kept = 12;
  for (std::size_t at = spec.find(key); at != std::string::npos; at = spec.find(key, at + key.size()))
    spec.erase(at + key.size() + kept, whole - kept);
  return spec;
}

std::string wrapped_spec(std::string_view spec, std::size_t width, std::string const& indent) {
  std::string text;
  std::size_t line = 0;  // where it begins
  for (std::size_t begin = 0; begin < spec.size();) {
    std::size_t end = begin + 1;
    while (end < spec.size() && !begins_part(spec, end)) ++end;
    std::string_view const part = spec.substr(begin, end - begin);
    if (begin != 0 && text.size() - line + part.size() > width) {
      text += "\n";
      line = text.size();
      text += indent;
    }
    text += part;
    begin = end;
  }
  return text;
}

}  // namespace dsgd
