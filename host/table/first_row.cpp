#include "table/first_row.hpp"

#include <algorithm>
#include <optional>

#include "table/cell.hpp"

namespace dsgd::table {
namespace {

bool is_text(std::string const& field) { return !is_missing(field) && !starts_as_number(field); }

}  // namespace

bool is_fraction(std::string const& field) { return is_number(field) && !is_whole(field); }

bool holds_labels(Names const& first) {
  for (std::size_t i = 0; i < first.size(); ++i)
    if (first[i].empty() ? i > 0 : is_fraction(first[i])) return false;
  Names sorted = first;
  std::sort(sorted.begin(), sorted.end());
  return std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
}

bool ascends(Names const& first) {
  std::size_t count = 0;
  std::optional<double> before;
  for (std::string const& field : first) {
    if (!is_whole(field)) continue;
    std::optional<double> const number = delay_of(field);
    if (!number || (before && *number <= *before)) return false;
    before = number;
    ++count;
  }
  return count > 1;
}

bool has_text(Names const& first) { return std::any_of(first.begin(), first.end(), is_text); }

bool has_text_above_number(Names const& first, Names const& second) {
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i)
    if ((first[i].empty() || is_text(first[i])) && is_number(second[i])) return true;
  return false;
}

bool counts_up_above_fraction(Names const& first, Names const& second, std::size_t index) {
  std::size_t const begin = is_number(first[0]) ? 0 : 1;
  if (first.size() < begin + 2 || index >= second.size() || !is_fraction(second[index])) return false;
  std::size_t const lowest = first[begin] == "1" ? 1 : 0;
  for (std::size_t i = begin; i < first.size(); ++i)
    if (first[i] != std::to_string(i - begin + lowest)) return false;
  return true;
}

}  // namespace dsgd::table
