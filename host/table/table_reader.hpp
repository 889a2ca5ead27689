/// A table's rows made into times, and into the workers, steps and conditions that stand beside them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "table/cell.hpp"
#include "table/column.hpp"
#include "table/conditions.hpp"
#include "table/kinds.hpp"
#include "table/labels.hpp"
#include "table/number_reader.hpp"
#include "table/plain_rows.hpp"
#include "table/read.hpp"
#include "table/row_size.hpp"
#include "table/rows.hpp"
#include "table/skipped_steps.hpp"
#include "text/number.hpp"
#include "text/plain_text.hpp"
#include "text/split.hpp"

namespace dsgd::table {

/// Takes a table's rows one by one and keeps what is wanted. The first two are held back until both are
/// known: they show what separates fields, and whether the first is a header.
class TableReader {
 public:
  TableReader(Source const& source, Selection const& selection) : source_(source), wanted_(selection) {}

  void take(Row const& row) {
    if (table_.values.size() + times_.size() <= max_values && plain_.read(row, table_.values))
      return take_plain();
    std::string_view const text = trimmed(row.text);
    if (text.empty()) return;
    if (text.front() == '#' && !begins_with_spreadsheet_error(text)) return take_comment(row, text.substr(1));
    if (!times_.empty()) return take_values(row);
    (top_.first ? top_.second : top_.first).emplace(row);
    if (top_.second) begin();
  }

  Table finish(std::string sha256) {
    if (top_.first && times_.empty()) begin();
    conditions_.require_a_row(source_, table_.where);
    table_.workers = worker_.finish();
    table_.steps = step_.finish();
    table_.noticed = noticed_.finish();
    for (KindReader& kinds : kinds_)
      if (Kinds found = kinds.finish(); !found.names.empty()) table_.kinds.push_back(std::move(found));
    if (!step_.indices().empty() && wanted_.skip != 0) leave_first_steps(table_, wanted_.skip, places_);
    auto const missing = std::count_if(table_.values.begin(), table_.values.end(),
                                       [](double value) { return std::isnan(value); });
    std::size_t const count = table_.values.size() - static_cast<std::size_t>(missing);
    if (count < 2)
      refuse(source_,
             "holds " + counted(count, "value") +
                 (wanted_.skip > 0 ? " behind the first " + std::to_string(wanted_.skip) : ""),
             "a law needs two",
             wanted_.skip > 0 ? "give a smaller " + source_.name_of("skip") : advice_for_few());
    table_.sha256 = std::move(sha256);
    return std::move(table_);
  }

 private:
  static constexpr std::size_t most_kind_columns = 4;

  /// @pre there is one value at most
  std::string advice_for_few() const {
    auto const value = std::find_if(table_.values.begin(), table_.values.end(),
                                    [](double time) { return !std::isnan(time); });
    if (value == table_.values.end()) return "give a file of measured times";
    return "give more values, or --law constant:value=" + shortest(*value);
  }

  void take_comment(Row row, std::string_view text) {
    if (top_.first) {
      ++table_.comments;
      return;
    }
    row.text = text;
    row.quoted = text.find('"') != std::string_view::npos;
    top_.comment.emplace(row);
  }

  /// Decides which columns are meant, and takes the rows that were held back.
  void begin() {
    Heading const heading(top_, source_, wanted_.notation);
    std::vector<std::size_t> taken;
    bool names_header = false;
    auto const find_label = [&](std::string const& name) {
      Heading::Label const label = heading.find_label(name);
      names_header = names_header || label.names_header;
      taken.push_back(label.index);
      return label.index;
    };
    if (!wanted_.worker.empty())
      for (std::string const& name : heading.split_names(wanted_.worker)) worker_.add(find_label(name));
    if (!wanted_.step.empty()) step_.add(find_label(wanted_.step));
    for (Condition const& condition : wanted_.where)
      conditions_.add(find_label(condition.column), condition.text);
    find_times(heading, taken);
    refuse_double_use();
    first_is_header_ = names_header || times_.front().first_is_header;
    if (wanted_.notices_workers) notice_workers(heading, taken);
    if (first_is_header_ && wanted_.columns.empty()) notice_kinds(heading, taken);
    name_columns(heading, taken);
    numbers_.emplace(source_, wanted_.notation.decimal, heading.separator() == ',');
    plain_ = find_plain_rows();
    if (!first_is_header_) take_values(*top_.first);
    if (top_.second) take_values(*top_.second);
  }

  void find_times(Heading const& heading, std::vector<std::size_t> const& taken) {
    if (wanted_.columns.empty()) {
      times_.push_back(heading.find(wanted_.column, taken));
    } else if (wanted_.columns == "*") {
      times_ = heading.find_all(taken);
    } else {
      for (std::string_view const name : dsgd::split(wanted_.columns, ','))
        times_.push_back(heading.find(std::string(name)));
    }
    for (std::size_t i = 0; i < times_.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (times_[i].index == times_[j].index)
          refuse(source_, "has one column '" + times_[i].name + "'", "it is given twice",
                 "name each column once in " + source_.name_of("columns"));
  }

  /// A column of times tells neither workers nor steps apart.
  void refuse_double_use() const {
    for (Column const& column : times_)
      for (LabelColumns const* const labels : {&worker_, &step_})
        if (std::ranges::count(labels->indices(), column.index) > 0)
          refuse(source_, "has one column '" + column.name + "' for times and for workers or steps",
                 "a column holds one of these",
                 "name another in " + source_.name_of(labels == &worker_ ? "worker" : "step"));
  }

  void notice_workers(Heading const& heading, std::vector<std::size_t> const& taken) {
    for (std::size_t const index : heading.find_worker_columns())
      if (index != times_.front().index && std::find(taken.begin(), taken.end(), index) == taken.end())
        noticed_.add(index);
  }

  void notice_kinds(Heading const& heading, std::vector<std::size_t> const& taken) {
    std::vector<std::size_t> const workers = heading.find_worker_columns();
    auto const is_in = [](std::vector<std::size_t> const& all, std::size_t index) {
      return std::find(all.begin(), all.end(), index) != all.end();
    };
    for (std::size_t const index : heading.find_text_columns())
      if (kinds_.size() < most_kind_columns && index != times_.front().index && !is_in(taken, index) &&
          !is_in(workers, index))
        kinds_.emplace_back(index, heading.label_of(index, first_is_header_));
  }

  void name_columns(Heading const& heading, std::vector<std::size_t> const& taken) {
    for (std::size_t const index : taken) heading.require_label(index, first_is_header_);
    auto const names = [&](std::vector<std::size_t> const& indices) {
      std::string text;
      for (std::size_t const index : indices)
        text.append(text.empty() ? "" : "+").append(heading.label_of(index, first_is_header_));
      return text;
    };
    for (Column const& column : times_)
      table_.columns.push_back(times_.size() == 1 ? column.name
                                                  : heading.label_of(column.index, first_is_header_));
    table_.named_by_number = times_.front().named_by_number;
    table_.worker = names(worker_.indices());
    table_.step = names(step_.indices());
    table_.noticed_columns = names(noticed_.indices());
    for (Conditions::Found const& one : conditions_.all())
      table_.where.push_back({names({one.index}), one.text});
  }

  /// Rows are plain where nothing but numbers with a point and short labels is wanted of them.
  PlainRows find_plain_rows() const {
    char const separator = times_.front().separator;
    bool const sorted = std::is_sorted(times_.begin(), times_.end(),
                                       [](Column const& a, Column const& b) { return a.index < b.index; });
    bool const takes_all = conditions_.all().empty() && wanted_.skip == 0;
    if (!numbers_->has_points_alone() || !sorted || separator == ' ' || !takes_all) return {};
    std::vector<PlainRows::Role> roles(times_.front().fields);
    for (LabelColumns const* const labels : {&worker_, &step_, &noticed_}) {
      if (labels->indices().size() > 1) return {};
      for (std::size_t const index : labels->indices()) roles[index] = PlainRows::Role::label;
    }
    for (KindReader const& kinds : kinds_) roles[kinds.index()] = PlainRows::Role::label;
    for (Column const& column : times_) {
      if (roles[column.index] == PlainRows::Role::label) return {};
      roles[column.index] = PlainRows::Role::time;
    }
    return {separator, std::move(roles)};
  }

  /// Takes the labels of a row whose times are taken.
  void take_plain() {
    for (LabelColumns* const labels : {&worker_, &step_, &noticed_})
      for (std::size_t const index : labels->indices()) {
        PlainRows::Field const& label = plain_.label(index);
        if (label.is_whole)
          labels->take(label.text, label.whole);
        else
          labels->take(label.text);
      }
    for (KindReader& kinds : kinds_) kinds.take(plain_.label(kinds.index()).text);
    ++matching_;
    ++rows_;
  }

  void take_values(Row const& row) {
    split_or_refuse(row, times_.front().separator, source_, fields_);
    std::size_t const fields = times_.front().fields;
    bool const one_more = fields_.size() == fields + 1 && fields_[fields].empty();
    if (fields_.size() != fields && !one_more)
      refuse_row_size(source_, row, fields_, times_.front(), top_.first->line);
    if (!conditions_.hold_in(fields_)) return;
    ++matching_;
    if (step_.indices().empty() && matching_ <= wanted_.skip) {
      table_.skipped_rows = matching_;
      return;
    }
    bool const skips = wanted_.missing == Missing::skip;
    for (LabelColumns const* const labels : {&worker_, &step_})
      for (std::size_t const index : labels->indices())
        if (is_missing(fields_[index])) {
          if (!skips) refuse_label(row, index);
          ++table_.missing;
          return;
        }
    if (times_.size() == 1 && skips && is_missing(fields_[times_.front().index])) {
      ++table_.missing;
      return;
    }
    if (table_.values.size() + times_.size() > max_values)
      refuse(source_, "has more than " + std::to_string(max_values) + " values", "they are kept in memory",
             "give fewer");
    for (Column const& column : times_) take_value(row, column);
    for (LabelColumns* const labels : {&worker_, &step_, &noticed_}) labels->take(fields_);
    for (KindReader& kinds : kinds_) kinds.take(fields_[kinds.index()]);
    if (!step_.indices().empty() && wanted_.skip != 0) places_.push_back(matching_ - 1);
    ++rows_;
  }

  void take_value(Row const& row, Column const& column) {
    std::string_view const field = fields_[column.index];
    if (wanted_.missing == Missing::skip && is_missing(field)) {
      ++table_.missing;
      table_.values.push_back(std::numeric_limits<double>::quiet_NaN());
      return;
    }
    double const value = numbers_->read(field, row, column);
    if (std::isnan(value)) refuse_value(row, column, field);
    table_.values.push_back(value);
  }

  [[noreturn]] void refuse_value(Row const& row, Column const& column, std::string_view field) const {
    CellProblem const problem = problem_of(field);
    std::string const shown = field.empty() ? "" : ": '" + excerpt(field, shown_bytes) + "'";
    std::string advice = advice_of(problem, source_);
    bool const skips_rows = step_.indices().empty();  // else steps
    if (rows_ == 0 && skips_rows && problem.key.empty() && !is_number(field))
      advice += ", or give " + source_.key("skip") + std::to_string(*table_.skipped_rows + 1);
    refuse(source_, line_name(row) + ", column " + column.name + shown + " " + problem.what, problem.why,
           advice);
  }

  [[noreturn]] void refuse_label(Row const& row, std::size_t index) const {
    refuse(source_, line_name(row) + ", column " + std::to_string(index + 1) + " is empty or missing",
           "it tells workers or steps apart", "fill it in, or give " + source_.key("missing") + "skip");
  }

  Source const& source_;
  Selection const& wanted_;
  Table table_;
  Top top_;
  std::vector<Column> times_;  ///< empty until the first rows are known
  bool first_is_header_ = false;
  LabelColumns worker_, step_, noticed_;
  std::vector<KindReader> kinds_;
  Conditions conditions_;
  std::optional<NumberReader> numbers_;    ///< nothing until the first rows are known
  std::uint64_t rows_ = 0, matching_ = 0;  ///< taken, and those that conditions let through
  std::vector<std::uint64_t> places_;      ///< of taken rows among these, from 0; empty where nobody asks
  Fields fields_;
  PlainRows plain_;
};

}  // namespace dsgd::table
