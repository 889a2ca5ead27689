#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "number.hpp"
#include "output/columns.hpp"
#include "output/format.hpp"
#include "output/grid.hpp"
#include "spec.hpp"

namespace dsgd {
namespace {

/// Enough to see what the iterations of a day can resolve.
constexpr int digits = 6;

std::string text(std::optional<double> const& value) { return value ? significant(*value, digits) : "-"; }

std::string half_width(Estimate const& estimate) {
  if (!estimate.ci95_high) return "-";
  return significant((*estimate.ci95_high - *estimate.ci95_low) / 2, 2);
}

std::string z_text(Estimate const& estimate) {
  if (!estimate.z) return "-";
  std::string const magnitude = significant(std::abs(*estimate.z), std::abs(*estimate.z) < 1 ? 2 : 3);
  return (*estimate.z < 0 ? "-" : "+") + magnitude;
}

/// The hash that tells files of measured delays apart, by its beginning: the whole would fill the line.
std::string short_spec(std::string spec) {
  constexpr std::string_view key = "sha256=";
  constexpr std::size_t whole = 64, kept = 8;
  for (std::size_t at = spec.find(key); at != std::string::npos; at = spec.find(key, at + key.size()))
    spec.replace(at + key.size() + kept, whole - kept, "..");
  return spec;
}

/// Of the numbers that were asked for the values, without their intervals.
bool is_interval(std::string const& name) { return name.ends_with("_low") || name.ends_with("_high"); }

/// "5000", or "4096 to 8192" where points have had different numbers of them.
std::string iterations_text(std::vector<ResultRow> const& rows) {
  if (rows.empty()) return "0";
  auto const [fewest, most] = std::minmax_element(
      rows.begin(), rows.end(),
      [](ResultRow const& a, ResultRow const& b) { return a.estimate.iterations < b.estimate.iterations; });
  std::string least = std::to_string(fewest->estimate.iterations);
  if (fewest->estimate.iterations == most->estimate.iterations) return least;
  return least + " to " + std::to_string(most->estimate.iterations);
}

/// One line on the points that are less precise than was asked for; empty where none is.
std::string missed_text(std::vector<ResultRow> const& rows) {
  auto const missed = std::count_if(rows.begin(), rows.end(),
                                    [](ResultRow const& row) { return row.precision_met == false; });
  if (missed == 0) return {};
  return "(*) stopped by --iterations before --relative-error was reached: " + std::to_string(missed) +
         " of " + std::to_string(rows.size()) + " points\n";
}

}  // namespace

std::string table_text(Document const& document) {
  GridRow header{"law",      "strategy", "workers",   "mean",    "+-95%",
                 "expected", "z",        "deviation", "minimum", "maximum"};
  std::vector<Align> alignment(header.size(), Align::right);
  alignment[0] = alignment[1] = Align::left;
  std::vector<GridRow> rows;
  for (ResultRow const& row : document.rows) {
    auto const& [point, estimate, precision_met] = row;
    rows.push_back({short_spec(fleet_spec(point)), canonical_spec(point.strategy),
                    std::to_string(point.workers), text(estimate.mean),
                    half_width(estimate) + (precision_met == false ? "*" : ""), text(estimate.expected),
                    z_text(estimate), text(estimate.standard_deviation), text(estimate.minimum),
                    text(estimate.maximum)});
    for (auto const& [name, value] : requested_cells(document, row)) {
      if (is_interval(name)) continue;
      if (rows.size() == 1) {
        header.push_back(name);
        alignment.push_back(Align::right);
      }
      auto const* const number = std::get_if<double>(&value);
      rows.back().push_back(number == nullptr ? "-" : significant(*number, digits));
    }
  }
  std::string const grid = aligned(header, alignment, rows);
  return "Runtime of one iteration, in the law's unit of time: " + iterations_text(document.rows) +
         " iterations per point, seed " + std::to_string(document.seed) + ", " + draws_name(document.draws) +
         " draws\n\n" + grid +
         "\nmean +- its 95 % interval beside the exact value; z is their distance in standard errors\n" +
         missed_text(document.rows);
}

}  // namespace dsgd
