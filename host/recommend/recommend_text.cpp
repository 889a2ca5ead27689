#include "recommend/recommend_text.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "dsgd/expects.hpp"
#include "output/columns.hpp"
#include "output/layout.hpp"
#include "output/markdown_cells.hpp"
#include "output/readable.hpp"
#include "race/model.hpp"
#include "text/number.hpp"
#include "text/wrap_text.hpp"

namespace dsgd {
namespace {

constexpr std::size_t most_rows = 20;  ///< of a table for people; files have all
constexpr int shown_digits = 5;

std::string number(double value) { return short_number(value, shown_digits); }

std::string interval_text(Ratio const& ratio) {
  constexpr double rounding = 1e-9;
  bool const is_exact = !ratio.low || *ratio.high - *ratio.low < rounding * *ratio.low;
  return is_exact ? "exact" : number(*ratio.low) + " to " + number(*ratio.high);
}

/// Updates between a gradient's model and its update.
std::string age(Candidate const& candidate) {
  if (candidate.is_fresh) return "-";
  return candidate.staleness ? number(*candidate.staleness) : "?";
}

/// What a reader should not overlook.
std::string mark(Candidate const& candidate, bool is_best) {
  std::string text = is_best ? "best" : candidate.is_tied ? "tied" : candidate.is_near ? "near" : "";
  if (candidate.only_exponential) text += text.empty() ? "exp" : ", exp";
  return text;
}

Columns columns_of(Recommendation const& all, LawRecommendation const& law) {
  using enum TableColumn::Role;
  Columns columns{{"strategy", Align::left, point},
                  {"workers", Align::right, point},
                  {value_name(all.goal), Align::right, result},
                  {"of best", Align::right, result},
                  {"95 %", Align::left, result},
                  {"stale", Align::right, extra},
                  {"rate", Align::right, extra},
                  {"mark", Align::left, result}};
  for (std::size_t i = 0; i < std::min(law.candidates.size(), most_rows); ++i) {
    Candidate const& candidate = law.candidates[i];
    std::vector<std::string> const cells{candidate.strategy,
                                         std::to_string(candidate.workers),
                                         number(candidate.value),
                                         number(candidate.of_best.value),
                                         i == 0 ? std::string("-") : interval_text(candidate.of_best),
                                         age(candidate),
                                         candidate.learning_rate ? shortest(*candidate.learning_rate) : "-",
                                         mark(candidate, i == 0)};
    for (std::size_t column = 0; column < cells.size(); ++column)
      columns[column].cells.push_back(cells[column]);
  }
  if (!is_raced(all.goal)) take(columns, "rate");
  return columns;
}

/// @param raced  true where a model is trained
std::string basis_text(LawRecommendation const& law, bool raced) {
  switch (law.basis) {
    case Means::Basis::exact:
      return raced ? "all values are exact" : "all means are exact";
    case Means::Basis::batches:
      return raced ? "intervals are over runs of training" : "intervals are over draws";
    case Means::Basis::steps:
      break;
  }
  return "intervals are over " + std::to_string(law.rows) + " measured rows, drawn again" +
         (law.block > 1 ? " in blocks of " + std::to_string(law.block) + ", as neighbours are alike" : "") +
         (raced ? ", and over runs of training" : "");
}

/// What the table of a law shows.
struct Table {
  std::string text;
  std::vector<std::string> columns;
};

std::string cautions_text(LawRecommendation const& law) {
  std::string text;
  for (Caution const& caution : law.cautions) text += wrapped("note: " + caution.text + "\n");
  return text;
}

Table table_of(Recommendation const& all, LawRecommendation const& law) {
  Columns columns = columns_of(all, law);
  std::vector<Fact> facts{{"law", short_spec(law.law)}};
  if (all.model) facts.push_back({"model", canonical_spec(*all.model)});
  if (all.server) facts.push_back({"server", canonical_spec(*all.server)});
  if (all.stragglers) facts.push_back({"stragglers", canonical_spec(*all.stragglers)});
  for (char const* const name : {"workers", "stale"}) {
    auto const same = std::find_if(columns.begin(), columns.end(),
                                   [&](TableColumn const& column) { return column.name == name; });
    if (!same->is_constant() || law.candidates.size() == 1) continue;
    std::string const value = same->cells.front();
    take(columns, name);
    if (value != "-") facts.push_back({name, value});
  }
  FittedGrid const grid = fitted_grid(std::move(columns));
  std::size_t const hidden = law.candidates.size() - std::min(law.candidates.size(), most_rows);
  return {facts_text(facts) + grid.text + grid.left_out +
              (hidden > 0 ? std::to_string(hidden) + " more in -o FILE\n" : "") +
              wrapped(basis_text(law, is_raced(all.goal)) + "\n") + cautions_text(law),
          grid.shown};
}

/// @param columns  that some law's table shows
std::string legend(Recommendation const& all, std::set<std::string> const& columns) {
  auto const any = [&](auto const& is_one) {
    return std::any_of(all.laws.begin(), all.laws.end(), [&](LawRecommendation const& law) {
      return std::any_of(law.candidates.begin() + 1, law.candidates.end(), is_one);
    });
  };
  std::string text =
      value_name(all.goal) + ": " + value_meaning(all.goal, all.unit) +
      (all.goal.kind == Goal::Kind::noise_scale ? ", B " + shortest(all.goal.noise_scale) : "");
  text += "; of best: ";
  text += is_raced(all.goal) ? "the best one's " + value_name(all.goal) + " in shares of a candidate's"
                             : "what a candidate has of the best one's progress";
  if (columns.count("rate") != 0) text += "; rate: its learning rate";
  if (columns.count("stale") != 0)
    text += "; stale: updates between a gradient's model and its update, ? where not known";
  if (any([](Candidate const& one) { return one.is_tied; }))
    text += "; tied: cannot be told apart from the best";
  if (any([](Candidate const& one) { return one.is_near && !one.is_tied; }))
    text += "; near: within " + shortest(round_to_12_digits(100 * all.within)) + " % of it";
  bool const has_exponential =
      std::any_of(all.laws.begin(), all.laws.end(), [](LawRecommendation const& law) {
        return std::any_of(law.candidates.begin(), law.candidates.end(),
                           [](Candidate const& candidate) { return candidate.only_exponential; });
      });
  if (has_exponential) text += "; exp: better than sync only because the tail is exponential";
  return wrapped(text + "\n");
}

/// The cells of a row in files, after the law.
std::vector<std::string> cells_of(Candidate const& candidate) {
  auto const or_empty = [](std::optional<double> const& value) { return value ? shortest(*value) : ""; };
  auto const yes_or_no = [](bool value) { return std::string(value ? "true" : "false"); };
  return {candidate.strategy,
          std::to_string(candidate.workers),
          shortest(candidate.gradients),
          or_empty(candidate.mean),
          yes_or_no(candidate.is_exact),
          shortest(candidate.value),
          shortest(candidate.of_best.value),
          or_empty(candidate.of_best.low),
          or_empty(candidate.of_best.high),
          yes_or_no(candidate.is_fresh),
          or_empty(candidate.staleness),
          yes_or_no(candidate.is_tied),
          yes_or_no(candidate.is_near),
          yes_or_no(candidate.only_exponential),
          or_empty(candidate.learning_rate)};
}

constexpr char const* names_of_cells[]{
    "strategy", "workers",          "gradients",    "mean",  "exact",     "value",
    "ratio",    "ratio_low",        "ratio_high",   "fresh", "staleness", "tied",
    "near",     "exponential_only", "learning_rate"};

std::string csv(Recommendation const& recommendation) {
  std::string text = "law";
  for (char const* const name : names_of_cells) text.append(",").append(name);
  text += "\n";
  for (LawRecommendation const& law : recommendation.laws)
    for (Candidate const& candidate : law.candidates) {
      text += csv_cell(law.law);
      for (std::string const& cell : cells_of(candidate)) text += "," + csv_cell(cell);
      text += "\n";
    }
  return text;
}

std::string markdown(Recommendation const& recommendation) {
  std::string text;
  for (LawRecommendation const& law : recommendation.laws) {
    text += "**" + markdown_cell(short_spec(law.law)) + "**\n\n";
    bool const raced = is_raced(recommendation.goal);
    text += "| strategy | workers | " + value_name(recommendation.goal) + " | of best | 95 % | stale |" +
            (raced ? " rate |" : "") + " mark |\n| --- | ---: | ---: | ---: | --- | ---: |" +
            (raced ? " ---: |" : "") + " --- |\n";
    for (Candidate const& candidate : law.candidates) {
      bool const is_best = &candidate == &law.candidates.front();
      text += "| " + markdown_cell(candidate.strategy) + " | " + std::to_string(candidate.workers) + " | " +
              number(candidate.value) + " | " + number(candidate.of_best.value) + " | " +
              (is_best ? "-" : interval_text(candidate.of_best)) + " | " + age(candidate) + " | " +
              (candidate.learning_rate ? shortest(*candidate.learning_rate) + " | " : "") +
              mark(candidate, is_best) + " |\n";
    }
    text += "\n";
    for (Caution const& caution : law.cautions) text += "Note: " + caution.text + "\n\n";
    if (recommendation.laws.size() > 1) text += law.decision + "\n\n";
  }
  return text + recommendation.decision + "\n";
}

}  // namespace

std::string recommend_table(Recommendation const& recommendation) {
  std::string text;
  std::set<std::string> columns;
  for (LawRecommendation const& law : recommendation.laws) {
    Table const table = table_of(recommendation, law);
    text += table.text + "\n";
    columns.insert(table.columns.begin(), table.columns.end());
    if (recommendation.laws.size() > 1) text += law.decision + "\n\n";
  }
  return text + legend(recommendation, columns) + "\n" + recommendation.decision + "\n";
}

std::string recommend_text(Recommendation const& recommendation, std::string_view format) {
  if (format == "csv") return csv(recommendation);
  if (format == "md") return markdown(recommendation);
  DSGD_EXPECTS(format == "json");
  return recommend_json(recommendation);
}

}  // namespace dsgd
