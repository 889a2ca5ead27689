#include "spec/trace.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dsgd/law/replay.hpp"
#include "spec/mixed.hpp"
#include "spec/pooled.hpp"
#include "spec/selection.hpp"
#include "table/read.hpp"
#include "table/refuse.hpp"
#include "table/steps.hpp"
#include "text/number.hpp"
#include "text/plain_text.hpp"

namespace dsgd {
namespace {

/// A table as keys ask for it.
class AskedTable {
 public:
  AskedTable(TableKeys const& keys, std::string_view law) : source_(keys.file, "--law " + std::string(law)) {
    table::Selection selection = selection_of(keys, source_);
    missing_ = selection.missing;
    selection.notices_workers = law == Empirical::name && !keys.tells_workers_apart();
    table_ = table::read_table(source_, selection);
    check_hash(keys.sha256);
  }

  table::Source const& source() const { return source_; }
  table::Missing missing() const { return missing_; }
  table::Table& table() { return table_; }

  /// Puts canonical values into the keys, and says what was read.
  /// @param whose  "values", or what else there are
  void finish(TableKeys& keys, std::string const& whose) const {
    keys.file = std::filesystem::path(keys.file).filename().string();
    if (keys.columns.empty())
      keys.column = table_.columns.front();
    else if (keys.columns != "*")
      keys.columns = names_of_columns();
    keys.worker = table_.worker;
    keys.step = table_.step;
    keys.where = where_text(table_.where);
    keys.sha256 = table_.sha256;
    std::string const columns =
        keys.columns.empty() ? "column " + keys.column : "columns " + names_of_columns();
    keys.note = keys.file + ": " + whose + " in " + columns +
                (table_.named_by_number ? " (named so in the header)" : "") + range_text();
    if (table_.missing > 0) keys.note += ", without " + counted(table_.missing, "missing cell");
    if (table_.comments > 0) keys.note += ", without " + counted(table_.comments, "comment");
  }

 private:
  void check_hash(std::string wanted) const {
    std::transform(wanted.begin(), wanted.end(), wanted.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (!wanted.empty() && wanted != table_.sha256)
      refuse(source_, "has the SHA-256 " + table_.sha256 + " and not the one given", "the data differ",
             "give the right file, or remove sha256=");
  }

  std::string names_of_columns() const {
    std::string text;
    for (std::string const& name : table_.columns) text.append(text.empty() ? "" : ",").append(name);
    return text;
  }

  std::string range_text() const {
    double smallest = HUGE_VAL, largest = 0;
    for (double const value : table_.values) {  // NaN where a cell is missing
      if (value < smallest) smallest = value;
      if (value > largest) largest = value;
    }
    return ", from " + shortest(smallest) + " to " + shortest(largest);
  }

  table::Source source_;
  table::Missing missing_ = table::Missing::refuse;
  table::Table table_;
};

}  // namespace

void complete(Empirical& law) {
  AskedTable asked(law, Empirical::name);
  table::Table& table = asked.table();
  bool const apart = law.tells_workers_apart();
  auto const missing =
      std::count_if(table.values.begin(), table.values.end(), [](double value) { return std::isnan(value); });
  std::string whose = counted(table.values.size() - static_cast<std::size_t>(missing), "value");
  if (apart) {
    table::WorkerTimes workers = times_by_worker(table);
    for (std::size_t i = 0; i < workers.names.size(); ++i)
      if (workers.times[i].size() < 2)
        refuse(asked.source(),
               "has 1 value of worker '" + excerpt(workers.names[i], table::shown_bytes) + "'",
               "a law needs two", "give more values, or take all workers for one by leaving out worker=");
    whose += " of " + counted(workers.names.size(), "worker");
    law.set_workers(std::move(workers.times));
  }
  asked.finish(law, whose);
  law.warning = apart ? warning_of_mixed(law, table) : warning_of_pooled(law, table);
  std::erase_if(table.values, [](double value) { return std::isnan(value); });
  law.set_values(std::move(table.values));
}

void complete(Replay& replay) {
  if (!replay.tells_workers_apart() || (replay.columns.empty() && replay.step.empty()))
    table::refuse({replay.file, "--law replay"},
                  "is replayed without worker= and step=", "whole steps are needed",
                  "name the columns that tell workers and steps apart, or columns= of a wide table");
  AskedTable asked(replay, Replay::name);
  table::StepTimes steps = times_by_step(asked.table(), asked.source(), asked.missing());
  if (steps.steps < 2)
    refuse(asked.source(), "holds " + counted(steps.steps, "whole step"), "two are needed",
           "give more steps, or --law empirical:");
  asked.finish(replay, counted(steps.steps, "step") + " of " + counted(steps.workers.size(), "worker"));
  if (steps.incomplete > 0) replay.note += ", without " + counted(steps.incomplete, "incomplete step");
  replay.set_times(steps.workers.size(), std::move(steps.times));
  replay.set_worker_names(std::move(steps.workers));
}

std::vector<FleetGroup> measured_workers(Empirical const& law) {
  std::vector<std::vector<double>> const& times = law.by_worker();
  std::vector<FleetGroup> groups;
  groups.reserve(times.size());
  for (std::size_t worker = 0; worker < times.size(); ++worker) {
    Empirical own = law;
    own.worker_number = static_cast<std::uint32_t>(worker);
    own.worker_count = static_cast<std::uint32_t>(times.size());
    own.set_values(times[worker]);
    groups.push_back({1, std::move(own)});
  }
  return groups;
}

}  // namespace dsgd
