#include "table/kinds.hpp"

#include <algorithm>
#include <utility>

#include "text/plain_text.hpp"

namespace dsgd::table {

void drop_unused(Kinds& kinds) {
  KindReader left(0, std::move(kinds.column));
  for (std::uint8_t const kind : kinds.of_row) left.take(kinds.names[kind]);
  kinds = left.finish();
}

void KindReader::take(std::string_view text) {
  if (has_too_many_) return;
  // Rows of a kind stand together nearly always.
  bool const is_last = !kinds_.of_row.empty() && kinds_.names[kinds_.of_row.back()] == text;
  auto const found = is_last ? kinds_.names.begin() + kinds_.of_row.back()
                             : std::find(kinds_.names.begin(), kinds_.names.end(), text);
  auto const place = static_cast<std::size_t>(found - kinds_.names.begin());
  if (place == kinds_.names.size()) {
    if (place == most_kinds) {
      has_too_many_ = true;
      kinds_.names.clear();
      kinds_.of_row = {};
      return;
    }
    kinds_.names.emplace_back(text);
  }
  kinds_.of_row.push_back(static_cast<std::uint8_t>(place));
}

Kinds KindReader::finish() {
  if (kinds_.names.size() < 2) kinds_.names.clear();
  return std::move(kinds_);
}

std::string some_names(Kinds const& kinds) {
  constexpr std::size_t most = 4, bytes = 40;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, kinds.names.size()); ++i)
    text += (i > 0 ? ", " : "") + excerpt(kinds.names[i], bytes);
  return text + (kinds.names.size() > most ? ", ..." : "");
}

}  // namespace dsgd::table
