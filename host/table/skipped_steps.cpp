#include "table/skipped_steps.hpp"

#include <algorithm>
#include <cstddef>

#include "dsgd/expects.hpp"

namespace dsgd::table {

void leave_first_steps(Table& table, std::uint64_t steps, std::vector<std::uint64_t> const& places) {
  Labels& labels = table.steps;
  DSGD_EXPECTS(labels.of_row.size() == table.values.size() && places.size() == table.values.size());
  auto const first = static_cast<std::uint32_t>(std::min<std::uint64_t>(steps, labels.names.size()));
  Labels* const others[] = {&table.workers, &table.noticed};
  std::size_t kept = 0;
  for (std::size_t row = 0; row < labels.of_row.size(); ++row) {
    if (labels.of_row[row] < first) {
      if (kept != 0) table.skipped_rows.reset();
      continue;
    }
    if (kept == 0) table.skipped_rows = places[row];
    table.values[kept] = table.values[row];
    for (Labels* const other : others)
      if (!other->of_row.empty()) other->of_row[kept] = other->of_row[row];
    for (Kinds& kinds : table.kinds) kinds.of_row[kept] = kinds.of_row[row];
    labels.of_row[kept++] = labels.of_row[row] - first;
  }
  table.values.resize(kept);
  labels.of_row.resize(kept);
  for (Kinds& kinds : table.kinds) {
    kinds.of_row.resize(kept);
    drop_unused(kinds);
  }
  std::erase_if(table.kinds, [](Kinds const& kinds) { return kinds.names.empty(); });
  for (Labels* const other : others)
    if (!other->of_row.empty()) {
      other->of_row.resize(kept);
      drop_unused(*other);
    }
  labels.names.erase(labels.names.begin(), labels.names.begin() + first);
}

}  // namespace dsgd::table
