#include "fit/measured_times.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "spec/mixed.hpp"
#include "spec/selection.hpp"
#include "table/refuse.hpp"
#include "table/steps.hpp"
#include "text/number.hpp"

namespace dsgd::fit {
namespace {

/// Steps without the time of a worker are left out, however missing cells are read: a fit says how many.
std::optional<Matrix> matrix_of(table::Table const& table, table::Source const& source) {
  bool const is_wide = table.columns.size() > 1;
  if (!is_wide && (table.worker.empty() || table.step.empty())) return std::nullopt;
  table::StepTimes whole = table::times_by_step(table, source, table::Missing::skip);
  std::size_t const workers = whole.workers.size();
  if (whole.steps < 2 || workers < 2) return std::nullopt;
  return Matrix{whole.steps, workers, std::move(whole.times), std::move(whole.workers), whole.incomplete};
}

/// Whose each value is that is there.
table::Labels workers_of(table::Table const& table) {
  std::size_t const columns = table.columns.size();
  if (columns == 1) return table.workers;
  table::Labels labels{table.columns, {}};
  for (std::size_t i = 0; i < table.values.size(); ++i)
    if (!std::isnan(table.values[i])) labels.of_row.push_back(static_cast<std::uint32_t>(i % columns));
  drop_unused(labels);
  return labels;
}

constexpr std::size_t few_values = 30;  ///< below which even laws as unlike as these can hardly be told apart

/// What users should know of the table before they believe anything below.
/// @param mixed  the column that tells kinds of times apart; null for none
std::vector<std::string> remarks_on(MeasuredTimes const& times, table::Kinds const* mixed) {
  std::vector<std::string> remarks;
  if (times.values.size() < few_values)
    remarks.push_back(
        std::to_string(times.values.size()) +
        " times are far too few to tell laws apart: take what follows as a first look, and measure " +
        std::to_string(few_values) + " or more, better hundreds");
  std::size_t const pairs = times.table.workers.names.size() * times.table.steps.names.size();
  if (2 * times.missing >= pairs && pairs > 0)
    remarks.push_back("many pairs of worker and step have no time, " + std::to_string(times.missing) +
                      " of " + std::to_string(pairs) + ": where several jobs are in one table, take one by " +
                      (times.table.kinds.empty() ? "--where COLUMN=TEXT"
                                                 : where_advice(times.table.kinds.front(), "--where ")));
  if (mixed != nullptr)
    remarks.push_back("the times of a worker differ by a factor of 2 or more between values of column " +
                      mixed->column + ": where these are several jobs, take one by " +
                      where_advice(*mixed, "--where "));
  return remarks;
}

}  // namespace

std::string MeasuredTimes::columns() const {
  std::string text;
  for (std::string const& name : table.columns) text.append(text.empty() ? "" : ",").append(name);
  return text;
}

MeasuredTimes read_measured_times(TableKeys const& keys) {
  table::Source const source(keys.file, "fit");
  MeasuredTimes times;
  times.table = table::read_table(source, selection_of(keys, source));
  times.matrix = matrix_of(times.table, source);
  times.workers = workers_of(times.table);
  table::Kinds const* const mixed = mixed_kinds(times.table, times.table.workers);
  times.values = std::exchange(times.table.values, {});
  std::erase_if(times.values, [](double value) { return std::isnan(value); });
  auto const [low, high] = std::minmax_element(times.values.begin(), times.values.end());
  if (*low == *high)
    table::refuse(source, "holds one value again and again, " + shortest(*low), "it has no spread to fit",
                  "use --law constant:value=" + shortest(*low));
  std::size_t const pairs = times.table.workers.names.size() * times.table.steps.names.size();
  times.missing = pairs > 0 ? pairs - times.values.size() : times.table.missing;
  times.remarks = remarks_on(times, mixed);
  return times;
}

}  // namespace dsgd::fit
