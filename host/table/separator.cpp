#include "table/separator.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "dsgd/expects.hpp"
#include "table/cell.hpp"
#include "table/first_row.hpp"

namespace dsgd::table {
namespace {

bool same_size(Names const& a, Names const& b) {
  return a.size() == b.size() || (ends_empty(a) && a.size() == b.size() + 1) ||
         (ends_empty(b) && b.size() == a.size() + 1);
}

/// True for numbers between blanks below as many numbers or names; 12 345 is one number.
bool is_separated_by_blanks(Top const& top) {
  Fields first, second;
  if (!top.second || !first.split(*top.first, ' ').empty() || !second.split(*top.second, ' ').empty())
    return false;
  if (first.size() < 2 || first.size() != second.size()) return false;
  for (KeptRow const* const row : {&*top.first, &*top.second})
    if (has_blanks_between_thousands(trimmed(row->text))) return false;
  auto const names = second.copy();
  return std::all_of(names.begin(), names.end(), [](std::string const& field) {
    return is_number(field) || with_point(field) || is_missing(field);
  });
}

}  // namespace

bool ends_empty(Names const& fields) { return fields.size() > 1 && fields.back().empty(); }

char find_separator(Top const& top, Source const& source) {
  DSGD_EXPECTS(top.first.has_value());
  struct Candidate {
    char separator;
    std::string_view name;
  };
  constexpr std::array<Candidate, 3> candidates{{{',', "commas"}, {';', "semicolons"}, {'\t', "tabs"}}};
  std::vector<Candidate> there, even;
  for (Candidate const& candidate : candidates) {
    Fields first, second;
    if (!first.split(*top.first, candidate.separator).empty() || first.size() < 2) continue;
    there.push_back(candidate);
    if (top.second && second.split(*top.second, candidate.separator).empty() &&
        same_size(first.copy(), second.copy()))
      even.push_back(candidate);
  }
  if (there.empty()) return is_separated_by_blanks(top) ? ' ' : ',';
  if (there.size() == 1) return there.front().separator;
  if (even.size() == 1) return even.front().separator;
  std::string names;
  for (Candidate const& candidate : there) names.append(names.empty() ? "" : " and ").append(candidate.name);
  refuse(source, line_name(*top.first) + " has " + names, "each could separate its fields",
         "give " + source.key("separator") + "comma, semicolon or tab, or put text with another into quotes");
}

}  // namespace dsgd::table
