#include <algorithm>
#include <cmath>
#include <string_view>

#include "fit/fit.hpp"
#include "output/grid.hpp"
#include "spec/spec.hpp"
#include "text/number.hpp"
#include "text/plain_text.hpp"
#include "text/wrap_text.hpp"

namespace dsgd::fit {
namespace {

constexpr int digits = 6;      ///< of times
constexpr int few_digits = 3;  ///< of shares, distances and probabilities
constexpr double least_weight = 1e-6;
constexpr double told = 1000;  ///< laws that are worse by more have a row, but no parameters

std::string time_text(double time) { return shortest(round_to_digits(time, digits)); }
std::string share_text(double share) { return percent_text(share, few_digits); }
std::string short_text(double value) { return shortest(round_to_digits(value, few_digits)); }

std::string interval_text(std::optional<Interval> const& interval) {
  return interval ? time_text(interval->low) + " to " + time_text(interval->high) : "-";
}

std::string data_text(Result const& result, std::string const& unit) {
  std::string text = counted(result.count, "time") +
                     (result.column.find(',') == std::string::npos ? " in column " : " in columns ") +
                     result.column + (unit.empty() ? "" : " (" + unit + ")") + ", " +
                     std::to_string(result.missing) + " missing, from " + time_text(result.smallest) +
                     " to " + time_text(result.largest) + "; mean " + time_text(result.mean) + ", sd " +
                     time_text(result.standard_deviation);
  if (result.resolution > 0) text += ", written to " + shortest(result.resolution);
  return text + "\n";
}

std::string table_text(StepsAndWorkers const& table) {
  std::string text = counted(table.steps, "step") + " of " + counted(table.workers, "worker");
  if (table.incomplete_steps > 0)
    text += "; " + counted(table.incomplete_steps, "incomplete step") + " left out";
  text += "\n\n";
  if (table.variance)
    text += "variance            worker " + share_text(table.variance->worker) + ", step " +
            share_text(table.variance->step) + ", rest " + share_text(table.variance->rest) + "\n";
  if (table.lag_1) text += "lag-1 of the rest   " + significant(*table.lag_1, 2) + "\n";
  text += "slowest most often  worker " + table.worker_names[table.most_often.worker] + ", in " +
          share_text(table.most_often.share) + " of the steps\n\n";

  Align const l = Align::left, r = Align::right;
  std::vector<GridRow> rows;
  auto const add = [&](std::string const& name, MeanOverSteps const& mean) {
    double const off = std::round(1e4 * (mean.mean / table.means.measured.mean - 1)) / 100 + 0.0;  // no -0
    rows.push_back({name, time_text(mean.mean), interval_text(mean.interval),
                    (off > 0 ? "+" : "") + shortest(off) + " %"});
  };
  add("measured", table.means.measured);
  add("pooled", table.means.pooled);
  add("per worker", table.means.per_worker);
  rows.front().back() = "";
  return text + aligned({"mean of the slowest", "mean", "95 %", "off"}, {l, r, r, r}, rows) + "\n";
}

std::string laws_text(Result const& result) {
  Align const l = Align::left, r = Align::right;
  std::vector<GridRow> rows;
  for (RankedLaw const& law : result.laws)
    rows.push_back(
        {name_of(law.fitted), significant(law.aic_difference, 4),
         law.weight < least_weight ? "<1e-6" : short_text(law.weight),
         short_text(law.distances.kolmogorov_smirnov), law.p ? short_text(law.p->kolmogorov_smirnov) : "-",
         short_text(law.distances.anderson_darling), law.p ? short_text(law.p->anderson_darling) : "-"});
  std::string text =
      aligned({"law", "dAIC", "weight", "KS", "KS p", "AD", "AD p"}, {l, r, r, r, r, r, r}, rows) + "\n";

  rows.clear();
  for (RankedLaw const& law : result.laws)
    for (FittedParameter const& parameter : law.parameters)
      if (law.aic_difference <= told)
        rows.push_back({&parameter == &law.parameters.front() ? name_of(law.fitted) : "", parameter.key,
                        time_text(parameter.value), interval_text(parameter.interval)});
  text += aligned({"law", "parameter", "value", "95 %"}, {l, l, r, r}, rows) + "\n";
  for (LawLeftOut const& law : result.left_out) text += law.law + " is left out: " + law.reason + "\n";
  return text + (result.left_out.empty() ? "" : "\n");
}

std::string predictions_text(Result const& result) {
  std::string note = result.laws_note.empty() ? "" : wrapped(result.laws_note + "\n") + "\n";
  if (result.predictions.empty() || !result.tells_means) return note;
  Align const l = Align::left, r = Align::right;
  std::vector<GridRow> rows;
  bool known = true;
  std::vector<std::string> beyond;
  for (Prediction const& prediction : result.predictions) {
    auto const& range = prediction.range;
    rows.push_back({canonical_spec(prediction.strategy), std::to_string(prediction.workers),
                    range ? time_text(range->low) : "-", range ? time_text(range->high) : "-",
                    prediction.low_law, prediction.high_law});
    known = known && range;
    for (std::string const& law : range ? prediction.without_mean : std::vector<std::string>())
      if (std::find(beyond.begin(), beyond.end(), law) == beyond.end()) beyond.push_back(law);
  }
  std::string missing;
  for (std::string const& law : beyond)
    missing +=
        wrapped(law + " fits as well, and has no finite mean that is known here: the range is without it\n");
  std::string const unknown = "-: the strategy needs more workers, or no exact mean is known\n";
  return aligned({"strategy", "workers", "lowest", "highest mean", "under", "and"}, {l, r, r, r, l, l},
                 rows) +
         (known ? "" : unknown) + missing +
         (result.use_note.empty() ? "" : "as if all workers were alike and steps independent\n") + "\n" +
         note;
}

}  // namespace

std::string fit_text(Result const& result, std::string const& unit) {
  std::string text = wrapped(data_text(result, unit));
  if (result.table) text += table_text(*result.table);
  text += result.table ? "" : "\n";
  for (std::string const& remark : result.remarks) text += wrapped(remark + "\n") + "\n";
  text += laws_text(result) + predictions_text(result);
  if (result.table) {
    MeanOverSteps const& saved = result.table->means.saved;
    text += "replacing worker " + result.table->worker_names[result.table->means.slowest] +
            " by an average one saves " + share_text(saved.mean) + " of a step";
    if (saved.interval)
      text += " (" + share_text(saved.interval->low) + " to " + share_text(saved.interval->high) + ")";
    text += "\n\n";
  }
  if (!result.use_note.empty()) text += wrapped(result.use_note + "\n") + "\n";
  for (std::string const& spec : result.use) text += "use: --law " + shell_word(spec) + "\n";
  return text;
}

}  // namespace dsgd::fit
