#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "output/format.hpp"
#include "output/grid.hpp"
#include "output/readable.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"
#include "text/wrap_text.hpp"

namespace dsgd {
namespace {

/// Digits of `sd`, `min` and `max`, which describe single iterations.
constexpr int digits_of_spread = 3;

std::string text(std::optional<double> const& value) {
  return value ? significant(*value, digits_of_mean) : "-";
}

/// In whichever form is shorter: the shortest runtimes may have many zeros in front.
std::string spread_text(std::optional<double> const& value) {
  if (!value) return "-";
  std::string fixed = significant(*value, digits_of_spread);
  std::array<char, 32> text{};
  auto const end = std::to_chars(text.data(), text.data() + text.size(), *value,
                                 std::chars_format::scientific, digits_of_spread - 1);
  std::string scientific(text.data(), end.ptr);
  return scientific.size() < fixed.size() ? scientific : fixed;
}

std::string half_width(Estimate const& estimate) {
  if (!estimate.ci95_high) return "-";
  return significant((*estimate.ci95_high - *estimate.ci95_low) / 2, 2);
}

std::string z_text(Estimate const& estimate) {
  if (!estimate.z) return "-";
  double const magnitude = std::abs(*estimate.z);
  if (magnitude >= 1000) return (*estimate.z < 0 ? "-" : "+") + significant(magnitude, 3);
  std::array<char, 16> decimals{};
  std::snprintf(decimals.data(), decimals.size(), "%+.2f", *estimate.z);
  return decimals.data();
}

/// True of the columns that hold the ends of an interval: the table shows values alone.
bool is_interval(std::string const& name) { return name.ends_with("_low") || name.ends_with("_high"); }

/// The name of a number that was asked for, where a column is to be narrow.
std::string short_name(std::string const& name) {
  if (name == "updates_mean") return "updates";
  return name == "updates_standard_deviation" ? "updates sd" : name;
}

struct TableColumn {
  std::string name;
  Align align = Align::right;
  /// What a column says of its rows: whose they are, what was found, or what is told where there is room.
  enum class Role { point, result, extra } role = Role::result;
  std::vector<std::string> cells = {};

  bool is_constant() const {
    return std::adjacent_find(cells.begin(), cells.end(), std::not_equal_to<>()) == cells.end();
  }
  std::size_t width() const {
    std::size_t most = name.size();
    for (std::string const& cell : cells) most = std::max(most, cell.size());
    return most;
  }
};

using Columns = std::vector<TableColumn>;

/// All that could be shown: the law and the strategy first.
Columns all_columns(Document const& document, std::vector<ResultRow const*> const& rows) {
  using enum TableColumn::Role;
  Columns columns{{"law", Align::left, point},
                  {"strategy", Align::left, point},
                  {"workers", Align::right, point},
                  {"iterations"},
                  {"mean"},
                  {"+-95%"},
                  {"expected"},
                  {"z"},
                  {"sd", Align::right, extra},
                  {"min", Align::right, extra},
                  {"max", Align::right, extra}};
  for (ResultRow const* const row : rows) {
    auto const& [planned, estimate, precision_met, finished] = *row;
    Point const& point = planned.point();
    std::size_t column = 0;
    auto const add = [&](std::string cell) { columns[column++].cells.push_back(std::move(cell)); };
    add(short_spec(fleet_spec(point)));
    add(canonical_spec(point.strategy));
    add(std::to_string(point.workers));
    add(std::to_string(estimate.iterations));
    add(text(estimate.mean));
    add(half_width(estimate) + (precision_met == false ? "*" : ""));
    add(text(estimate.expected));
    add(z_text(estimate));
    add(spread_text(estimate.standard_deviation));
    add(spread_text(estimate.minimum));
    add(spread_text(estimate.maximum));
    for (auto const& [name, value] : requested_cells(document, *row)) {
      if (is_interval(name)) continue;
      if (column == columns.size()) columns.push_back({short_name(name)});
      add(readable(value, digits_of_mean, "-"));
    }
  }
  return columns;
}

/// "5000", or "4096 to 8192" where points have had different numbers of them.
std::string iterations_text(std::vector<ResultRow const*> const& rows) {
  auto const [fewest, most] = std::minmax_element(
      rows.begin(), rows.end(),
      [](ResultRow const* a, ResultRow const* b) { return a->estimate.iterations < b->estimate.iterations; });
  std::string least = std::to_string((*fewest)->estimate.iterations);
  if ((*fewest)->estimate.iterations == (*most)->estimate.iterations) return least + " per point";
  return least + " to " + std::to_string((*most)->estimate.iterations) + " per point";
}

struct Fact {
  std::string name, value;
};

/// What is the same in every row leaves the columns, and is said once. A single row keeps its results.
std::vector<Fact> take_constants(Columns& columns, std::size_t rows) {
  std::vector<Fact> facts;
  std::erase_if(columns, [&](TableColumn const& column) {
    bool const leaves = column.name != "mean" && column.is_constant() &&
                        (rows > 1 || column.role == TableColumn::Role::point);
    if (leaves) facts.push_back({column.name, column.cells.front()});
    return leaves;
  });
  return facts;
}

std::size_t width_of(Columns const& columns) {
  std::size_t width = 0;
  for (TableColumn const& column : columns) width += column.width() + (width == 0 ? 0 : 2);
  return width;
}

std::optional<TableColumn> take(Columns& columns, std::string const& name) {
  auto const found = std::find_if(columns.begin(), columns.end(),
                                  [&](TableColumn const& column) { return column.name == name; });
  if (found == columns.end()) return std::nullopt;
  TableColumn column = std::move(*found);
  columns.erase(found);
  return column;
}

/// Leaves columns out that may be, from the right, until the others fit.
/// @param names  of those that were left out before, in order; these come first
template <class MayBe>
void drop(Columns& columns, std::string& names, MayBe const& may_be) {
  while (width_of(columns) > line_width) {
    auto const last = std::find_if(columns.rbegin(), columns.rend(), may_be);
    if (last == columns.rend()) break;
    if (!names.empty()) names.insert(0, ", ");
    names.insert(0, last->name);
    columns.erase(std::next(last).base());
  }
}

/// What the runtimes are of, besides law and strategy.
void add_settings(std::vector<Fact>& facts, Document const& document) {
  if (document.communication) facts.push_back({"communication", canonical_spec(*document.communication)});
  if (document.updates)
    facts.push_back({"updates", "time of " + std::to_string(*document.updates) + " in a row"});
  if (document.relative_error)
    facts.push_back({"precision", readable(100 * *document.relative_error, 3, "-") + " % of the mean"});
  bool const sampled = document.sampling == Sampling::order_statistics;
  facts.push_back({"seed", std::to_string(document.seed) + ", " + draws_name(document.draws) + " draws" +
                               (sampled ? " of order statistics" : "")});
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
std::string grids_text(Columns const& columns, Columns const& headings, std::size_t rows) {
  auto const same = [&](std::size_t a, std::size_t b) {
    return std::all_of(headings.begin(), headings.end(),
                       [&](TableColumn const& heading) { return heading.cells[a] == heading.cells[b]; });
  };
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

/// One line on the points that are less precise than was asked for; empty where none is.
std::string missed_text(std::vector<ResultRow const*> const& rows) {
  auto const missed = std::count_if(rows.begin(), rows.end(),
                                    [](ResultRow const* row) { return row->precision_met == false; });
  if (missed == 0) return {};
  return "(*) stopped by --iterations before --relative-error was reached: " + std::to_string(missed) +
         " of " + std::to_string(rows.size()) + " points\n";
}

}  // namespace

std::string table_text(Document const& document) {
  std::vector<ResultRow const*> rows;
  for (ResultRow const& row : document.rows)
    if (row.finished) rows.push_back(&row);
  if (rows.empty()) return {};
  Columns columns = all_columns(document, rows);
  // Iterations are those of each point where a precision ends them; else the range says enough.
  if (!document.relative_error) take(columns, "iterations");
  std::vector<Fact> facts = take_constants(columns, rows.size());
  if (!document.relative_error) facts.push_back({"iterations", iterations_text(rows)});
  add_settings(facts, document);

  Columns headings;
  if (std::optional<TableColumn> law = take(columns, "law")) headings.push_back(std::move(*law));
  std::string dropped;
  drop(columns, dropped, [](TableColumn const& column) { return column.role == TableColumn::Role::extra; });
  if (width_of(columns) > line_width)
    if (std::optional<TableColumn> names = take(columns, "strategy")) headings.push_back(std::move(*names));
  drop(columns, dropped, [](TableColumn const& column) { return column.role == TableColumn::Role::result; });

  std::string text = "Runtime of one iteration, in the law's unit of time\n\n" + facts_text(facts) +
                     grids_text(columns, headings, rows.size()) +
                     "\nmean +- 95 % interval beside the exact mean; z: distance in standard errors\n";
  if (!dropped.empty())
    text += wrapped("Left out to fit 80 columns: " + dropped + " (files of -o have all)", line_width) + "\n";
  text += missed_text(rows);
  if (document.missing != 0)
    text += "Stopped: " + std::to_string(document.missing) + " of " +
            std::to_string(rows.size() + document.missing) + " points are missing\n";
  return text;
}

}  // namespace dsgd
