#include "table/conditions.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "table/cell.hpp"
#include "text/plain_text.hpp"

namespace dsgd::table {
namespace {

constexpr std::size_t most_noted = 8;

/// One more is kept, which shows that there are more.
void note(std::vector<std::string>& texts, std::string_view text) {
  if (texts.size() <= most_noted && std::find(texts.begin(), texts.end(), text) == texts.end())
    texts.emplace_back(text);
}

}  // namespace

bool Conditions::hold_in(Fields const& row) {
  for (Found& condition : all_) {
    std::string_view const field = row[condition.index];
    if (field == condition.text) continue;
    if (!held_) note(condition.others, field);
    return false;
  }
  held_ = true;
  return true;
}

void Conditions::require_a_row(Source const& source, std::vector<Condition> const& names) const {
  if (held_) return;
  // Rows come to a condition that meet those before it: the last one that rows came to has none of them left.
  auto const last = std::find_if(all_.rbegin(), all_.rend(),
                                 [](Found const& condition) { return !condition.others.empty(); });
  if (last == all_.rend()) return;
  auto const blamed = std::prev(last.base());
  bool const is_first = blamed == all_.begin();
  std::string others;
  for (std::size_t i = 0; i < std::min(blamed->others.size(), most_noted); ++i)
    others.append(others.empty() ? "" : ", ").append(excerpt(blamed->others[i], shown_bytes));
  if (blamed->others.size() > most_noted) others += ", ...";
  std::string const& name = names[static_cast<std::size_t>(blamed - all_.begin())].column;
  refuse(source,
         "has no row with " + excerpt(blamed->text, shown_bytes) + " in column " + name +
             (is_first ? "" : " that meets the conditions before"),
         (is_first ? "it has " : "such rows have ") + others,
         "give one of them in " + source.key("where") + name + "=");
}

}  // namespace dsgd::table
