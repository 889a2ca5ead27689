#include "output/grid.hpp"

#include <algorithm>

namespace dsgd {

std::string aligned(GridRow const& header, std::vector<Align> const& alignment,
                    std::vector<GridRow> const& rows) {
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < header.size(); ++column) {
    std::size_t width = header[column].size();
    for (GridRow const& row : rows) width = std::max(width, row[column].size());
    widths.push_back(width);
  }

  std::string text;
  auto const append = [&](GridRow const& row) {
    std::string line;
    for (std::size_t column = 0; column < row.size(); ++column) {
      std::string const padding(widths[column] - row[column].size(), ' ');
      line += (column == 0 ? "" : "  ");
      line += alignment[column] == Align::left ? row[column] + padding : padding + row[column];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  append(header);
  for (GridRow const& row : rows) append(row);
  return text;
}

std::string take_constants(GridRow& header, std::vector<Align>& alignment, std::vector<GridRow>& rows) {
  if (rows.size() < 2) return {};
  std::vector<GridRow> taken;
  for (std::size_t column = header.size(); column-- > 1;) {
    std::string const value = rows.front()[column];
    if (!std::all_of(rows.begin(), rows.end(), [&](GridRow const& row) { return row[column] == value; }))
      continue;
    taken.insert(taken.begin(), {header[column], value});
    auto const at = static_cast<std::ptrdiff_t>(column);
    header.erase(header.begin() + at);
    alignment.erase(alignment.begin() + at);
    for (GridRow& row : rows) row.erase(row.begin() + at);
  }
  if (taken.empty()) return {};
  GridRow const first = taken.front();
  taken.erase(taken.begin());
  return aligned(first, {Align::left, Align::left}, taken);
}

}  // namespace dsgd
