#include "exact_values/exact_text.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "dsgd/expects.hpp"
#include "output/columns.hpp"
#include "output/layout.hpp"
#include "output/markdown_cells.hpp"
#include "output/readable.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"

namespace dsgd {
namespace {

/// Digits of the table and of Markdown; files for programs have all.
constexpr int shown_digits = 8;

/// A number of a row, with the name of its column.
struct Number {
  std::string name;
  std::optional<double> value;
};

/// All numbers of a row; their names are the same for all rows of a document.
std::vector<Number> numbers_of(ExactDocument const& document, ExactRow const& row) {
  std::vector<Number> numbers{
      {"mean", row.mean}, {"standard_deviation", row.standard_deviation}, {"throughput", row.throughput}};
  for (std::size_t i = 0; i < document.quantiles.size(); ++i)
    numbers.push_back({"q" + shortest(document.quantiles[i]),
                       row.quantiles.empty() ? std::nullopt : std::optional(row.quantiles[i])});
  if (document.updates) {
    numbers.push_back({"updates_mean", row.updates ? std::optional(row.updates->mean) : std::nullopt});
    numbers.push_back(
        {"updates_standard_deviation", row.updates ? row.updates->standard_deviation : std::nullopt});
  }
  return numbers;
}

std::string for_readers(std::optional<double> const& value) {
  if (!value) return "-";
  return std::isfinite(*value) ? short_number(*value, shown_digits) : "infinite";
}

std::string for_programs(std::optional<double> const& value) {
  if (!value) return {};
  return std::isfinite(*value) ? shortest(*value) : "inf";
}

/// The name of a column where it is to be narrow.
std::string short_name(std::string const& name) {
  if (name == "standard_deviation") return "sd";
  if (name == "updates_mean") return "updates";
  return name == "updates_standard_deviation" ? "updates sd" : name;
}

Columns columns_of(ExactDocument const& document) {
  using enum TableColumn::Role;
  Columns columns{
      {"law", Align::left, point}, {"strategy", Align::left, point}, {"workers", Align::right, point}};
  for (Number const& number : numbers_of(document, document.rows.front()))
    columns.push_back({short_name(number.name), Align::right, number.name == "throughput" ? extra : result});
  for (ExactRow const& row : document.rows) {
    columns[0].cells.push_back(short_spec(row.law));
    columns[1].cells.push_back(row.strategy);
    columns[2].cells.push_back(std::to_string(row.workers));
    std::size_t column = 3;
    for (Number const& number : numbers_of(document, row))
      columns[column++].cells.push_back(for_readers(number.value));
  }
  return columns;
}

}  // namespace

std::string exact_table(ExactDocument const& document) {
  Columns columns = columns_of(document);
  std::vector<Fact> facts = take_constants(columns);
  if (document.communication) facts.push_back({"communication", canonical_spec(*document.communication)});
  if (document.server) facts.push_back({"server", canonical_spec(*document.server)});
  if (document.stragglers) facts.push_back({"stragglers", canonical_spec(*document.stragglers)});
  if (document.updates) facts.push_back({"in a row", counted(*document.updates, "update")});
  FittedGrid const grid = fitted_grid(std::move(columns));
  std::string const unit = document.unit.empty() ? "the law's unit of time" : document.unit;
  std::string const per = document.unit.empty() ? "unit of time" : document.unit;
  return "Exact runtime of one iteration, in " + unit + "\n\n" + facts_text(facts) + grid.text +
         "\nsd: standard deviation; throughput: gradients per " + per + "; -: not known\n" + grid.left_out;
}

std::string exact_csv(ExactDocument const& document) {
  std::string text = "law,strategy,workers,gradients";
  for (Number const& number : numbers_of(document, document.rows.front())) text += "," + number.name;
  text += "\n";
  for (ExactRow const& row : document.rows) {
    text += csv_cell(row.law) + "," + csv_cell(row.strategy) + "," + std::to_string(row.workers) + "," +
            shortest(row.gradients);
    for (Number const& number : numbers_of(document, row)) text += "," + for_programs(number.value);
    text += "\n";
  }
  return text;
}

std::string exact_markdown(ExactDocument const& document) {
  FleetNames fleets;
  for (ExactRow const& row : document.rows)
    if (!row.has_equal_workers) fleets.add(row.law);
  std::string text = "| law | strategy | workers | gradients |", rule = "| --- | --- | ---: | ---: |";
  for (Number const& number : numbers_of(document, document.rows.front())) {
    text += " " + number.name + " |";
    rule += " ---: |";
  }
  text += "\n" + rule + "\n";
  for (ExactRow const& row : document.rows) {
    text += "| " + markdown_cell(fleets.name(row.law)) + " | " + markdown_cell(row.strategy) + " | " +
            std::to_string(row.workers) + " | " + shortest(row.gradients) + " |";
    for (Number const& number : numbers_of(document, row)) text += " " + for_readers(number.value) + " |";
    text += "\n";
  }
  return text + fleets.legend();
}

std::string exact_text(ExactDocument const& document, std::string_view format) {
  if (format == "csv") return exact_csv(document);
  if (format == "md") return exact_markdown(document);
  DSGD_EXPECTS(format == "json");
  return exact_json(document);
}

}  // namespace dsgd
