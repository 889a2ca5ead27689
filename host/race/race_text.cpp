#include "race/race_text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "dsgd/expects.hpp"
#include "output/columns.hpp"
#include "output/layout.hpp"
#include "output/markdown_cells.hpp"
#include "output/readable.hpp"
#include "race/model.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"
#include "text/wrap_text.hpp"

namespace dsgd {
namespace {

constexpr int digits = 6;  ///< of an error; of what is told beside it, fewer

std::string number(std::optional<double> const& value, int shown) {
  return value ? short_number(*value, shown) : "-";
}

std::string half_width(std::optional<double> const& low, std::optional<double> const& high) {
  return low && high ? significant((*high - *low) / 2, 2) : "-";
}

std::string z_text(std::optional<double> const& z) {
  if (!z) return "-";
  std::string const text = significant(*z, 3);
  return *z > 0 ? "+" + text : text;
}

Columns columns_of(RaceDocument const& document) {
  using enum TableColumn::Role;
  Columns columns{
      {"law", Align::left, point},       {"strategy", Align::left, point},   {"workers", Align::right, point},
      {"rate", Align::right, point},     {"time", Align::right, point},      {"error", Align::right, result},
      {"+-95%", Align::right, result},   {"expected", Align::right, result}, {"z", Align::right, result},
      {"updates", Align::right, result}, {"stale", Align::right, extra}};
  for (RaceResult const& of : document.results)
    for (RaceRow const& row : of.rows) {
      std::vector<std::string> const cells{short_spec(of.law),
                                           of.strategy,
                                           std::to_string(of.workers),
                                           shortest(of.learning_rate),
                                           (row.time ? shortest(*row.time) : "-"),
                                           row.error ? short_number(*row.error, digits) : "diverges",
                                           half_width(row.ci95_low, row.ci95_high),
                                           number(row.expected, digits),
                                           z_text(row.z),
                                           number(row.updates, 5),
                                           number(row.staleness, 4)};
      for (std::size_t i = 0; i < cells.size(); ++i) columns[i].cells.push_back(cells[i]);
    }
  return columns;
}

Columns target_columns_of(RaceDocument const& document) {
  using enum TableColumn::Role;
  Columns columns{{"law", Align::left, point},       {"strategy", Align::left, point},
                  {"workers", Align::right, point},  {"rate", Align::right, point},
                  {"mean at", Align::right, result}, {"expected", Align::right, result},
                  {"reached", Align::right, result}, {"runs at", Align::right, result},
                  {"+-95%", Align::right, result},   {"q0.1", Align::right, result},
                  {"q0.5", Align::right, result},    {"q0.9", Align::right, result}};
  for (RaceResult const& of : document.results) {
    TargetResult const& target = *of.target;
    std::vector<std::string> const cells{short_spec(of.law),
                                         of.strategy,
                                         std::to_string(of.workers),
                                         shortest(of.learning_rate),
                                         number(target.mean_error_time, 5),
                                         number(target.expected_time, 5),
                                         percent_text(target.reached, 4),
                                         number(target.mean, 5),
                                         half_width(target.ci95_low, target.ci95_high),
                                         number(target.q10, 4),
                                         number(target.q50, 4),
                                         number(target.q90, 4)};
    for (std::size_t i = 0; i < cells.size(); ++i) columns[i].cells.push_back(cells[i]);
  }
  return columns;
}

/// What both tables say once is said above the first.
std::string target_table(RaceDocument const& document) {
  Columns columns = target_columns_of(document);
  for (char const* const name : {"law", "workers", "rate"}) {
    auto const column = std::find_if(columns.begin(), columns.end(),
                                     [&](TableColumn const& one) { return one.name == name; });
    if (document.results.size() > 1 && column->is_constant()) take(columns, name);
  }
  FittedGrid const grid = fitted_grid(std::move(columns));
  return "\nTime to an error of " + shortest(*document.target) + "\n" + grid.text + grid.left_out +
         wrapped(
             "mean at: when the mean error is there, linear between 256 times; reached: runs that ever were; "
             "runs at: mean of their own first times, where all were; q: quantiles of these over all runs\n");
}

std::string cell(std::optional<double> const& value) { return value ? shortest(*value) : ""; }

std::vector<std::string> cells_of(RaceResult const& of, RaceRow const& row, std::uint64_t replications) {
  return {of.law,
          of.strategy,
          std::to_string(of.workers),
          shortest(of.learning_rate),
          cell(row.time),
          std::to_string(replications),
          cell(row.error),
          cell(row.standard_error),
          cell(row.ci95_low),
          cell(row.ci95_high),
          cell(row.expected),
          cell(row.z),
          shortest(row.updates),
          cell(row.staleness)};
}

constexpr char const* names_of_cells[]{"law",      "strategy",     "workers",  "learning_rate",
                                       "time",     "replications", "error",    "standard_error",
                                       "ci95_low", "ci95_high",    "expected", "z",
                                       "updates",  "staleness"};

std::string csv(RaceDocument const& document) {
  std::string text;
  for (char const* const name : names_of_cells) text.append(text.empty() ? "" : ",").append(name);
  text += "\n";
  for (RaceResult const& of : document.results)
    for (RaceRow const& row : of.rows) {
      std::string line;
      for (std::string const& one : cells_of(of, row, document.replications))
        line += std::string(line.empty() ? "" : ",") + csv_cell(one);
      text += line + "\n";
    }
  return text;
}

std::string markdown(RaceDocument const& document) {
  FleetNames fleets;
  for (RaceResult const& of : document.results)
    if (!of.has_equal_workers) fleets.add(of.law);
  std::string text =
      "| law | strategy | workers | rate | time | error | +-95% | expected | z | updates | staleness |\n"
      "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n";
  for (RaceResult const& of : document.results)
    for (RaceRow const& row : of.rows)
      text += "| " + markdown_cell(fleets.name(of.law)) + " | " + markdown_cell(of.strategy) + " | " +
              std::to_string(of.workers) + " | " + shortest(of.learning_rate) + " | " +
              (row.time ? shortest(*row.time) : "-") + " | " +
              (row.error ? short_number(*row.error, digits) : "diverges") + " | " +
              half_width(row.ci95_low, row.ci95_high) + " | " + number(row.expected, digits) + " | " +
              z_text(row.z) + " | " + number(row.updates, digits) + " | " + number(row.staleness, 4) + " |\n";
  text += fleets.legend();
  for (std::string const& winner : race_winners(document)) text += "\n" + winner + "\n";
  return text;
}

/// A strategy with its learning rate, where several have been tried.
std::string name_of(RaceResult const& of, RaceDocument const& document) {
  bool const has_others =
      std::any_of(document.results.begin(), document.results.end(), [&](RaceResult const& other) {
        return other.strategy == of.strategy && other.workers == of.workers && other.law == of.law &&
               other.learning_rate != of.learning_rate;
      });
  return of.strategy + (has_others ? " at " + shortest(of.learning_rate) : "");
}

/// What a row is judged by: its exact error where that is known; infinite where training diverges.
double judged_error(RaceRow const& row) {
  if (!row.error) return std::numeric_limits<double>::infinity();
  return row.expected ? *row.expected : *row.error;
}

/// Who wins at each time among some results: "async at 1 to 2, k-async:k=2 at 5". Nobody where all diverge.
std::string winners_of(std::vector<RaceResult const*> const& group, RaceDocument const& document) {
  std::vector<std::pair<std::string, std::vector<double>>>
      spans;  ///< names, and the times in a row that are theirs
  bool ended = true;
  for (std::size_t i = 0; i < group.front()->rows.size(); ++i) {
    if (!group.front()->rows[i].time) continue;
    RaceResult const* const best =
        *std::min_element(group.begin(), group.end(), [&](RaceResult const* one, RaceResult const* other) {
          return judged_error(one->rows[i]) < judged_error(other->rows[i]);
        });
    if (!std::isfinite(judged_error(best->rows[i]))) {
      ended = true;
      continue;
    }
    std::string const name = name_of(*best, document);
    if (ended || spans.back().first != name) spans.push_back({name, {}});
    ended = false;
    spans.back().second.push_back(*group.front()->rows[i].time);
  }
  std::string text;
  for (auto const& [name, times] : spans)
    text += (text.empty() ? "" : ", ") + name + " at " + shortest(times.front()) +
            (times.size() > 1 ? " to " + shortest(times.back()) : "");
  return text;
}

}  // namespace

std::vector<std::string> race_winners(RaceDocument const& document) {
  std::vector<std::string> lines;
  std::vector<bool> done(document.results.size(), false);
  for (std::size_t i = 0; i < document.results.size(); ++i) {
    if (done[i]) continue;
    RaceResult const& first = document.results[i];
    std::vector<RaceResult const*> group;
    for (std::size_t j = i; j < document.results.size(); ++j) {
      RaceResult const& other = document.results[j];
      if (other.law != first.law || other.workers != first.workers) continue;
      done[j] = true;
      group.push_back(&other);
    }
    if (group.size() < 2) continue;
    std::string const winners = winners_of(group, document);
    if (winners.empty()) continue;
    lines.push_back("Least error with " + counted(first.workers, "worker") + " under " +
                    short_spec(first.law) + ": " + winners);
  }
  return lines;
}

std::string race_table(RaceDocument const& document) {
  Columns columns = columns_of(document);
  std::vector<Fact> facts;
  if (columns.front().cells.size() > 1) facts = take_constants(columns);
  facts.push_back({"model", canonical_spec(document.model)});
  if (document.communication) facts.push_back({"communication", canonical_spec(*document.communication)});
  facts.push_back({"replications", std::to_string(document.replications)});
  FittedGrid const grid = fitted_grid(std::move(columns));
  std::string text = "Mean error of SGD against time" + (document.unit.empty() ? "" : ", " + document.unit) +
                     "\n\n" + facts_text(facts) + grid.text + grid.left_out +
                     wrapped(
                         "\nerror: sum of curvature w^2/2; rate: learning rate; updates: mean number so far; "
                         "stale: mean updates between a gradient's model and its update\n");
  if (document.target) text += target_table(document);
  for (std::string const& winner : race_winners(document)) text += "\n" + wrapped(winner + "\n");
  return text;
}

std::string race_text(RaceDocument const& document, std::string_view format) {
  if (format == "csv") return csv(document);
  if (format == "md") return markdown(document);
  DSGD_EXPECTS(format == "json");
  return race_json(document);
}

}  // namespace dsgd
