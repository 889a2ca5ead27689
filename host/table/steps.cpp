#include "table/steps.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "table/cell.hpp"
#include "text/plain_text.hpp"

namespace dsgd::table {
namespace {

std::string shown(std::string const& label) { return "'" + excerpt(label, shown_bytes) + "'"; }

StepTimes steps_of_wide(Table const& table) {
  std::size_t const workers = table.columns.size();
  StepTimes result{0, table.columns, {}};
  for (auto row = table.values.begin(); row != table.values.end();
       row += static_cast<std::ptrdiff_t>(workers)) {
    auto const end = row + static_cast<std::ptrdiff_t>(workers);
    if (std::any_of(row, end, [](double time) { return std::isnan(time); })) {
      ++result.incomplete;
      continue;
    }
    result.times.insert(result.times.end(), row, end);
    ++result.steps;
  }
  return result;
}

/// The key that tells two rows apart, where a column of text that no key names does.
std::string chosen_rows(Table const& table, Source const& source, std::size_t one, std::size_t other) {
  for (Kinds const& kinds : table.kinds)
    if (kinds.of_row[one] != kinds.of_row[other])
      return source.key("where") + kinds.column + "=" + excerpt(kinds.names[kinds.of_row[one]], shown_bytes) +
             " (" + kinds.column + " is one of " + some_names(kinds) + ")";
  return source.name_of("where");
}

/// Rows in the order of their steps, and of their workers within a step.
std::vector<std::uint32_t> sorted_rows(Table const& table) {
  auto const& step = table.steps.of_row;
  auto const& worker = table.workers.of_row;
  std::vector<std::uint32_t> rows(step.size());
  std::iota(rows.begin(), rows.end(), 0U);
  auto const is_before = [&](std::uint32_t a, std::uint32_t b) {
    return step[a] != step[b] ? step[a] < step[b] : worker[a] < worker[b];
  };
  if (!std::is_sorted(rows.begin(), rows.end(), is_before))
    std::stable_sort(rows.begin(), rows.end(), is_before);
  return rows;
}

}  // namespace

WorkerTimes times_by_worker(Table const& table) {
  bool const is_wide = table.workers.names.empty();
  std::size_t const columns = table.columns.size();
  WorkerTimes result{is_wide ? table.columns : table.workers.names, {}};
  result.times.resize(result.names.size());
  for (std::size_t i = 0; i < table.values.size(); ++i) {
    std::size_t const worker = is_wide ? i % columns : table.workers.of_row[i];
    if (!std::isnan(table.values[i])) result.times[worker].push_back(table.values[i]);
  }
  // A column of a wide table may hold nothing at all.
  for (std::size_t worker = result.times.size(); worker-- > 0;)
    if (result.times[worker].empty()) {
      result.times.erase(result.times.begin() + static_cast<std::ptrdiff_t>(worker));
      result.names.erase(result.names.begin() + static_cast<std::ptrdiff_t>(worker));
    }
  return result;
}

StepTimes times_by_step(Table const& table, Source const& source, Missing missing) {
  if (table.workers.names.empty()) return steps_of_wide(table);
  std::size_t const workers = table.workers.names.size();
  StepTimes result{0, table.workers.names, {}};
  std::vector<std::uint32_t> const rows = sorted_rows(table);
  auto const& step = table.steps.of_row;
  auto const& worker = table.workers.of_row;
  for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
    for (end = begin + 1; end < rows.size() && step[rows[end]] == step[rows[begin]]; ++end)
      if (worker[rows[end]] == worker[rows[end - 1]])
        refuse(source,
               "has two times of worker " + shown(table.workers.names[worker[rows[end]]]) + " in step " +
                   shown(table.steps.names[step[rows[end]]]),
               "a worker has one time in each step",
               "name all columns that tell workers apart, as " + source.key("worker") +
                   "rank+stage, or choose rows with " + chosen_rows(table, source, rows[end - 1], rows[end]));
    if (end - begin == workers) {
      for (std::size_t i = begin; i < end; ++i) result.times.push_back(table.values[rows[i]]);
      ++result.steps;
      continue;
    }
    if (missing == Missing::refuse) {
      std::size_t lacking = 0;
      while (begin + lacking < end && worker[rows[begin + lacking]] == lacking) ++lacking;
      refuse(source,
             "has no time of worker " + shown(table.workers.names[lacking]) + " in step " +
                 shown(table.steps.names[step[rows[begin]]]),
             "whole steps are needed",
             "add it, or give " + source.key("missing") + "skip to leave out such steps");
    }
    ++result.incomplete;
  }
  return result;
}

}  // namespace dsgd::table
