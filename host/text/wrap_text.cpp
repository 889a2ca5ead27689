#include "text/wrap_text.hpp"

#include <algorithm>

#include "text/split.hpp"

namespace dsgd {
namespace {

constexpr std::size_t widest_name = 50;  ///< of a list, beside which there is room for a text

/// Where the text of a line goes on when it is broken.
std::size_t text_column(std::string_view line) {
  std::size_t const begin = std::min(line.find_first_not_of(' '), line.size());
  std::size_t const gap = line.find("  ", begin);
  if (gap == std::string_view::npos) return begin;
  std::size_t const column = line.find_first_not_of(' ', gap);
  return column <= widest_name ? column : begin;
}

void append_wrapped(std::string& text, std::string_view line, std::size_t width) {
  std::size_t const column = text_column(line);
  std::string const indent(column, ' ');
  for (bool first = true; first || !line.empty(); first = false) {
    std::size_t const room = first ? width : width - column;
    std::string_view part = line;
    if (line.size() > room) {
      std::size_t const from = first ? column : 0;  // not between a name and its text
      std::size_t space = line.rfind(' ', room);
      if (space == std::string_view::npos || space <= from) space = line.find(' ', std::max(room, from));
      part = line.substr(0, space);
    }
    line.remove_prefix(std::min(line.size(), part.size() + 1));
    text.append(first ? "" : indent).append(part).append("\n");
  }
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t width) {
  std::string result;
  for (std::string_view const line : split(text, '\n')) append_wrapped(result, line, width);
  result.pop_back();
  return result;
}

}  // namespace dsgd
