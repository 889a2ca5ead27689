#include "table/plain_rows.hpp"

#include "table/cell.hpp"
#include "table/labels.hpp"

namespace dsgd::table {
namespace {

bool is_plain_label(std::string_view text) {
  return !is_missing(text) && !is_blank(text.front()) && !is_blank(text.back());
}

}  // namespace

bool PlainRows::read(Row const& row, std::vector<double>& times) {
  if (roles_.empty() || row.quoted || row.text.empty()) return false;
  if (row.text.front() == '#' || is_blank(row.text.front())) return false;
  std::size_t const before = times.size();
  if (read_fields(row.text, times)) return true;
  times.resize(before);
  return false;
}

/// @return  false where a field is not plain; the times before it are added then, too
bool PlainRows::read_fields(std::string_view row, std::vector<double>& times) {
  char const *at = row.data(), *const end = at + row.size();
  for (std::size_t i = 0; i < roles_.size(); ++i) {
    if (i > 0 && (at == end || *at++ != separator_)) return false;
    char const* const begin = at;
    if (roles_[i] == Role::time) {
      double time = 0;
      at = read_short_number(at, end, time);
      if (at == nullptr) return false;
      times.push_back(time);
      continue;
    }
    Field& field = fields_[i];
    at = read_small_whole(begin, end, field.whole);
    field.is_whole = at != nullptr && (at == end || *at == separator_);
    if (!field.is_whole)
      for (at = begin; at != end && *at != separator_;) ++at;
    field.text = {begin, at};
    if (roles_[i] == Role::label && !field.is_whole && !is_plain_label(field.text)) return false;
  }
  return at == end;
}

}  // namespace dsgd::table
