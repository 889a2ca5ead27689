#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "output/format.hpp"
#include "output/layout.hpp"
#include "output/most_gradients.hpp"
#include "output/readable.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"
#include "text/wrap_text.hpp"

namespace dsgd {
namespace {

/// Digits of `sd`, and of `throughput`, which tells strategies apart.
constexpr int digits_of_spread = 3, digits_of_throughput = 5;

std::string text(std::optional<double> const& value) {
  return value ? significant(*value, digits_of_mean) : "-";
}

/// In whichever form is shorter: the shortest runtimes may have many zeros in front.
std::string short_text(std::optional<double> const& value, int digits) {
  return value ? short_number(*value, digits) : "-";
}

/// A share of the workers' time. Nothing is told from something.
std::string fraction_text(std::optional<double> const& value) {
  if (!value || *value == 0) return value ? "0" : "-";
  std::array<char, 16> decimals{};
  std::snprintf(decimals.data(), decimals.size(), "%.3f", *value);
  return decimals.data();
}

std::string half_width(Estimate const& estimate) {
  if (!estimate.ci95_high) return "-";
  return significant((*estimate.ci95_high - *estimate.ci95_low) / 2, 2);
}

std::string half_width(std::optional<Difference> const& difference) {
  if (!difference || !difference->high) return "-";
  return significant((*difference->high - *difference->low) / 2, 2);
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
                  {"throughput", Align::right, extra},
                  {"sd", Align::right, extra},
                  {"busy", Align::right, extra},
                  {"discarded", Align::right, extra}};
  for (ResultRow const* const row : rows) {
    auto const& [planned, estimate, precision_met, difference, finished] = *row;
    Point const& point = planned.point();
    std::size_t column = 0;
    auto const add = [&](std::string cell) { columns[column++].cells.push_back(std::move(cell)); };
    add(short_spec(fleet_spec(point)));
    add(canonical_spec(point.strategy));
    add(std::to_string(point.workers()));
    add(std::to_string(estimate.iterations));
    add(text(estimate.mean));
    add(half_width(estimate) + (precision_met == false ? "*" : ""));
    add(text(estimate.expected));
    add(z_text(estimate));
    add(short_text(estimate.throughput, digits_of_throughput));
    add(short_text(estimate.standard_deviation, digits_of_spread));
    add(fraction_text(estimate.busy));
    add(fraction_text(estimate.discarded));
    for (auto const& [name, value] : requested_cells(document, *row)) {
      if (is_interval(name)) continue;
      if (column == columns.size()) columns.push_back({short_name(name)});
      add(readable(value, digits_of_mean, "-"));
      if (name != "difference") continue;
      if (column == columns.size()) columns.push_back({"+-diff"});
      add(half_width(row->difference));
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

/// What says nothing of any row: a share that is not known, or what is cancelled where nobody is.
void drop_empty_shares(Columns& columns) {
  std::erase_if(columns, [](TableColumn const& column) {
    bool const is_share = column.name == "busy" || column.name == "discarded";
    return is_share && column.is_constant() && (column.cells.front() == "-" || column.cells.front() == "0");
  });
}

/// What the columns are. @param names  of the columns
std::string legend(std::vector<std::string> const& names, std::string const& unit) {
  auto const has = [&](char const* name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  std::string text = "mean +- 95 % interval beside the exact mean; z: distance in standard errors";
  if (has("throughput")) text += "; throughput: gradients per " + (unit.empty() ? "unit of time" : unit);
  if (has("busy")) text += "; busy: share of the workers' time that made gradients which entered";
  if (has("discarded")) text += "; discarded: which were cancelled";
  return wrapped(text, line_width) + "\n";
}

/// Intervals know nothing of other tables that might have been measured.
std::string measured_text(std::vector<ResultRow const*> const& rows) {
  bool const any = std::any_of(rows.begin(), rows.end(),
                               [](ResultRow const* row) { return row->planned.point().fleet.is_measured(); });
  if (!any) return {};
  return wrapped("measured times are taken as they are: how sure they make a choice, dsgd recommend says\n",
                 line_width);
}

/// What the runtimes are of, besides law and strategy.
void add_settings(std::vector<Fact>& facts, Document const& document) {
  if (document.communication) facts.push_back({"communication", canonical_spec(*document.communication)});
  if (document.server) facts.push_back({"server", canonical_spec(*document.server)});
  if (document.stragglers) facts.push_back({"stragglers", canonical_spec(*document.stragglers)});
  if (document.baseline)
    facts.push_back({"baseline", canonical_spec(*document.baseline) + ", differences of means +- 95 %"});
  if (document.updates) facts.push_back({"in a row", counted(*document.updates, "update")});
  if (document.relative_error)
    facts.push_back({"precision", readable(100 * *document.relative_error, 3, "-") + " % of the mean"});
  bool const sampled = document.sampling == Sampling::order_statistics;
  facts.push_back({"seed", std::to_string(document.seed) + ", " + draws_name(document.draws) + " draws" +
                               (sampled ? " of order statistics" : "")});
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
  drop_empty_shares(columns);
  std::vector<Fact> facts = take_constants(columns);
  if (!document.relative_error) facts.push_back({"iterations", iterations_text(rows)});
  add_settings(facts, document);

  auto const [grid, shown, left_out] = fitted_grid(std::move(columns));
  std::string const unit = document.unit.empty() ? "the law's unit of time" : document.unit;
  std::string text = "Runtime of one iteration, in " + unit + "\n\n" + facts_text(facts) + grid + "\n" +
                     legend(shown, document.unit);
  if (std::string const most = most_gradients_text(rows); !most.empty()) text += wrapped(most, line_width);
  text += measured_text(rows);
  text += left_out;
  text += missed_text(rows);
  if (document.missing != 0)
    text += "Stopped: " + std::to_string(document.missing) + " of " +
            std::to_string(rows.size() + document.missing) + " points are missing\n";
  return text;
}

}  // namespace dsgd
