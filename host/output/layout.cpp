#include "output/layout.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <utility>

#include "output/readable.hpp"
#include "text/number.hpp"
#include "text/wrap_text.hpp"

namespace dsgd {
namespace {

std::size_t width_of(Columns const& columns) {
  std::size_t width = 0;
  for (TableColumn const& column : columns) width += column.width() + (width == 0 ? 0 : 2);
  return width;
}

/// Leaves columns out that may be, from the right, until the others fit.
/// @param names  of those that were left out before, in order; these come first
void drop(Columns& columns, std::string& names, TableColumn::Role may_be) {
  while (width_of(columns) > line_width) {
    auto const last = std::find_if(columns.rbegin(), columns.rend(),
                                   [&](TableColumn const& column) { return column.role == may_be; });
    if (last == columns.rend()) break;
    if (!names.empty()) names.insert(0, ", ");
    names.insert(0, last->name);
    columns.erase(std::next(last).base());
  }
}

/// Rows [begin, end) under a header.
std::string grid_text(Columns const& columns, std::size_t begin, std::size_t end) {
  GridRow header;
  std::vector<Align> alignment;
  std::vector<GridRow> rows(end - begin);
  for (TableColumn const& column : columns) {
    std::string const padding(column.width() - column.name.size(), ' ');  // all grids are equally wide
    bool const left = column.align == Align::left;
    header.push_back(left ? column.name + padding : padding + column.name);
    alignment.push_back(column.align);
    for (std::size_t i = begin; i < end; ++i) rows[i - begin].push_back(column.cells[i]);
  }
  return aligned(header, alignment, rows);
}

/// A grid for each run of rows that share their headings, under these.
std::string grids_text(Columns const& columns, Columns const& headings) {
  auto const same = [&](std::size_t a, std::size_t b) {
    return std::all_of(headings.begin(), headings.end(),
                       [&](TableColumn const& heading) { return heading.cells[a] == heading.cells[b]; });
  };
  std::size_t const rows = columns.front().cells.size();
  std::string text;
  for (std::size_t begin = 0, end = 0; begin < rows; begin = end) {
    while (end < rows && same(begin, end)) ++end;
    text += "\n";
    for (TableColumn const& heading : headings)
      text += wrapped_spec(heading.cells[begin], line_width, "  ") + "\n";
    text += grid_text(columns, begin, end);
  }
  return text;
}

}  // namespace

bool TableColumn::is_constant() const {
  return std::adjacent_find(cells.begin(), cells.end(), std::not_equal_to<>()) == cells.end();
}

std::size_t TableColumn::width() const {
  std::size_t most = name.size();
  for (std::string const& cell : cells) most = std::max(most, cell.size());
  return most;
}

std::vector<Fact> take_constants(Columns& columns) {
  std::vector<Fact> facts;
  std::erase_if(columns, [&](TableColumn const& column) {
    bool const leaves = column.name != "mean" && column.is_constant() &&
                        (column.cells.size() > 1 || column.role == TableColumn::Role::point);
    if (leaves) facts.push_back({column.name, column.cells.front()});
    return leaves;
  });
  return facts;
}

std::optional<TableColumn> take(Columns& columns, std::string const& name) {
  auto const found = std::find_if(columns.begin(), columns.end(),
                                  [&](TableColumn const& column) { return column.name == name; });
  if (found == columns.end()) return std::nullopt;
  TableColumn column = std::move(*found);
  columns.erase(found);
  return column;
}

std::string facts_text(std::vector<Fact> const& facts) {
  std::size_t width = 0;
  for (Fact const& fact : facts) width = std::max(width, fact.name.size() + 2);
  std::string text;
  for (auto const& [name, value] : facts)
    text += name + std::string(width - name.size(), ' ') +
            wrapped_spec(value, line_width - width, std::string(width, ' ')) + "\n";
  return text;
}

FittedGrid fitted_grid(Columns columns) {
  Columns headings;
  if (std::optional<TableColumn> law = take(columns, "law")) headings.push_back(std::move(*law));
  std::string dropped;
  drop(columns, dropped, TableColumn::Role::extra);
  if (width_of(columns) > line_width)
    if (std::optional<TableColumn> names = take(columns, "strategy")) headings.push_back(std::move(*names));
  drop(columns, dropped, TableColumn::Role::result);
  FittedGrid fitted{grids_text(columns, headings), {}, {}};
  for (TableColumn const& column : columns) fitted.shown.push_back(column.name);
  if (!dropped.empty())
    fitted.left_out =
        wrapped("Left out to fit 80 columns: " + dropped + " (files of -o have all)", line_width) + "\n";
  return fitted;
}

std::string short_number(double value, int digits) {
  std::string fixed = significant(value, digits);
  std::array<char, 32> text{};
  auto const end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific, digits - 1);
  std::string scientific(text.data(), end.ptr);
  return scientific.size() < fixed.size() ? scientific : fixed;
}

}  // namespace dsgd
