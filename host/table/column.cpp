#include "table/column.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "table/column_names.hpp"
#include "table/first_row.hpp"
#include "table/separator.hpp"
#include "text/nearest_name.hpp"
#include "text/plain_text.hpp"
#include "text/split.hpp"

namespace dsgd::table {
namespace {

Names split(KeptRow const& row, char separator, Source const& source) {
  Fields fields;
  split_or_refuse(row, separator, source, fields);
  return fields.copy();
}

/// True for a name that tells its column from the others, and that specs and tables of results can hold.
bool can_be_name(Names const& names, std::size_t index) {
  std::string const& name = names[index];
  return !name.empty() && name.find_first_of(":\t\r\n") == std::string::npos &&
         std::count(names.begin(), names.end(), name) == 1;
}

/// A number is looked for in a comment first, as the first row is likelier to be one of values then.
bool is_found_in_comment_first(std::string const& name) { return is_number(name); }

bool contains(std::vector<std::size_t> const& indices, std::size_t index) {
  return std::find(indices.begin(), indices.end(), index) != indices.end();
}

}  // namespace

Heading::Heading(Top const& top, Source const& source, Notation notation)
    : top_(top),
      source_(source),
      separator_(notation.separator ? *notation.separator : find_separator(top, source)) {
  first_ = split(*top.first, separator_, source);
  if (top.second) second_ = split(*top.second, separator_, source);
  bool const spare = !top.second || second_.size() + 1 == first_.size() ||
                     (second_.size() == first_.size() && ends_empty(second_));
  if (ends_empty(first_) && spare) first_.pop_back();
  if (top.comment) {
    Fields fields;  // prose with a stray quote is no header, and no mistake
    if (fields.split(*top.comment, separator_).empty()) comment_ = fields.copy();
    if (comment_.size() != first_.size()) comment_.clear();
  }
  bool const has_comma = notation.decimal ? *notation.decimal == Decimal::comma : separator_ != ',';
  if (!has_comma) return;
  for (Names* const fields : {&first_, &second_})
    for (std::string& field : *fields)
      if (auto number = with_point(field)) field = std::move(*number);
}

Column Heading::find(std::string const& wanted, std::vector<std::size_t> const& taken) const {
  Column column;
  column.separator = separator_;
  column.fields = first_.size();
  if (auto const named = by_name(wanted)) {
    column.index = named->index;
    column.first_is_header = !named->in_comment;
  } else {
    column.index = wanted.empty() ? only_numbers(taken) : by_number(wanted);
    column.first_is_header = is_header(column.index, wanted);
  }
  column.name = name_of(column.index, column.first_is_header);
  if (!has_name(column.index, column.first_is_header)) require_number(column.index);
  column.named_by_number = has_name(column.index, column.first_is_header) && is_number(column.name);
  return column;
}

bool Heading::has_name(std::size_t index, bool first_is_header) const {
  Names const& names = first_is_header ? first_ : comment_;
  if (index >= names.size() || !can_be_name(names, index)) return false;
  Found const again = look_up(names[index]);
  return again.what == Found::there && again.index == index && again.in_comment != first_is_header;
}

bool Heading::has_label(std::size_t index, bool first_is_header) const {
  return has_name(index, first_is_header) &&
         name_of(index, first_is_header).find_first_of("+,=*") == std::string::npos;
}

void Heading::require_label(std::size_t index, bool first_is_header) const {
  if (!has_label(index, first_is_header)) require_number(index);
}

void Heading::require_number(std::size_t index) const {
  std::string const number = std::to_string(index + 1);
  if (!by_name(number)) return;
  refuse(source_, "has no name for column " + number, "its number is the name of another column",
         "put a header of words, all different, above the values");
}

std::string Heading::name_of(std::size_t index, bool first_is_header) const {
  Names const& names = first_is_header ? first_ : comment_;
  return has_name(index, first_is_header) ? names[index] : std::to_string(index + 1);
}

Heading::Found Heading::look_up(std::string const& wanted) const {
  if (wanted.empty()) return {};
  bool const comment_first = is_found_in_comment_first(wanted);
  for (bool const in_comment : {comment_first, !comment_first}) {
    Names const& names = in_comment ? comment_ : first_;
    auto const index =
        static_cast<std::size_t>(std::find(names.begin(), names.end(), wanted) - names.begin());
    if (index == names.size()) continue;
    if (std::ranges::count(names, wanted) > 1) {
      if (!is_whole(wanted)) return {Found::repeated, index, in_comment};
      continue;
    }
    auto const what = in_comment || !is_whole(wanted) ? Found::there : what_number_is(index, wanted);
    if (what != Found::nowhere) return {what, index, in_comment};
  }
  return {};
}

std::optional<Heading::Found> Heading::by_name(std::string const& wanted) const {
  Found const found = look_up(wanted);
  switch (found.what) {
    case Found::nowhere:
      return std::nullopt;
    case Found::there:
      return found;
    case Found::repeated:
      refuse(source_,
             "has " + std::to_string(std::ranges::count(found.in_comment ? comment_ : first_, wanted)) +
                 " columns '" + wanted + "'",
             "one is needed",
             "give its number from 1, as " + source_.key("column") + std::to_string(found.index + 1));
    case Found::name_or_place:
      break;
  }
  refuse(source_, line_name(*top_.first) + " may be a header or values",
         source_.key("column") + wanted + " is a name if it is a header, and a place if it is values",
         "put a header of words above it, or in its place");
}

/// Where a number counts columns; their count where it counts none.
std::size_t Heading::place_of(std::string const& number) const {
  bool const counts = is_whole(number) && number.size() < 10 && number.front() != '0';
  return std::min(counts ? std::stoul(number) - 1 : first_.size(), first_.size());
}

Heading::Found::What Heading::what_number_is(std::size_t index, std::string const& wanted) const {
  if (!holds_labels(first_)) return Found::nowhere;
  bool const is_place = place_of(wanted) < first_.size();
  if (!is_place || first_.size() == 1) return is_place ? Found::nowhere : Found::there;
  bool const is_name = ascends(first_) || has_text_above_number(first_, second_) ||
                       counts_up_above_fraction(first_, second_, index);
  return is_name ? Found::there : Found::name_or_place;
}

std::size_t Heading::by_number(std::string const& wanted) const {
  std::size_t const index = place_of(wanted);
  if (index < first_.size()) return index;
  Names shown;  // a name in quotes may hold line ends
  for (std::string const& name : names()) shown.push_back(excerpt(name, shown_bytes));
  std::string const meant = did_you_mean(wanted, shown, "");
  refuse(source_, "has no column '" + wanted + "'", (meant.empty() ? "" : meant + " ") + columns(),
         "name one of them, or its number from 1");
}

bool Heading::is_header(std::size_t index, std::string const& wanted) const {
  std::string const& field = first_[index];
  if (is_number(field)) {
    if (wanted.empty() && field == "0" && comment_.empty() && !second_.empty() && is_fraction(second_[0]))
      refuse(source_, line_name(*top_.first) + " holds 0 above fractions",
             "pandas writes it above a column without a name",
             "give " + source_.key("column") + "0 if it is such a header, " + source_.key("column") +
                 "1 if it is a value");
    return holds_labels(first_) &&
           (has_text_above_number(first_, second_) || counts_up_above_fraction(first_, second_, index));
  }
  if (is_missing(field))
    return has_text(first_) || (holds_labels(first_) && has_text_above_number(first_, second_));
  if (starts_as_number(field)) {
    CellProblem const problem = problem_of(field);
    refuse(source_,
           line_name(*top_.first) + ", column " + std::to_string(index + 1) + ": '" +
               excerpt(field, shown_bytes) + "' " + problem.what,
           problem.why,
           advice_of(problem, source_) + "; if it is a header, give " + source_.key("column") +
               excerpt(field, shown_bytes));
  }
  return true;
}

/// What the columns are likely to be called, before one of them is found.
Names const& Heading::names() const {
  bool const has_number =
      std::any_of(first_.begin(), first_.end(), [](std::string const& name) { return is_number(name); });
  return comment_.empty() || !has_number ? first_ : comment_;
}

std::string Heading::columns() const {
  constexpr std::size_t shown = 12;
  std::string text = "its columns: ";
  for (std::size_t i = 0; i < std::min(names().size(), shown); ++i)
    text.append(i == 0 ? "" : ", ").append(excerpt(names()[i], shown_bytes));
  return names().size() > shown ? text + ", ..." : text;
}

/// 1.234.567,89 is one number to who writes it, and a comma between fields to who does not know that.
void Heading::refuse_half_of_number(std::size_t index, std::vector<std::size_t> const& taken) const {
  if (separator_ != ',' || !is_number(first_[index])) return;
  for (std::size_t const begin : {index == 0 ? index : index - 1, index}) {
    std::size_t const other = begin == index ? index + 1 : begin;
    if (begin + 1 >= first_.size() || contains(taken, other)) continue;
    std::string const joined = first_[begin] + "," + first_[begin + 1];
    if (auto const plain = without_commas(joined))
      refuse(source_, line_name(*top_.first) + " may hold one number '" + excerpt(joined, shown_bytes) + "'",
             "its comma would separate two fields",
             "write it as " + *plain + ", or choose a column with " + source_.name_of("column"));
  }
}

/// Finds the only column of numbers; what is missing may be one.
std::size_t Heading::only_numbers(std::vector<std::size_t> const& taken) const {
  if (first_.size() == 1) return 0;
  Names const& sample = second_.empty() ? first_ : second_;
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < std::min(first_.size(), sample.size()); ++i)
    if (!contains(taken, i) && (i > 0 || !first_[i].empty()) &&
        (is_number(sample[i]) || is_missing(sample[i])))
      found.push_back(i);
  if (found.size() == 1) {
    refuse_half_of_number(found.front(), taken);
    return found.front();
  }
  refuse(source_, "has " + std::to_string(first_.size()) + " columns", columns(),
         "choose one with " + source_.name_of("column"));
}

std::vector<Column> Heading::find_all(std::vector<std::size_t> const& taken) const {
  std::vector<Column> found;
  for (std::size_t i = 0; i < first_.size(); ++i) {
    if (contains(taken, i) || numbers_rows(names()[i])) continue;
    Column column{i, first_.size(), separator_, is_header(i, "*"), false, {}};
    column.name = name_of(i, column.first_is_header);
    found.push_back(std::move(column));
  }
  if (found.size() < 2)
    refuse(source_, "has no two columns of times", columns(), "name them with " + source_.name_of("columns"));
  return found;
}

Heading::Label Heading::find_label(std::string const& wanted) const {
  if (auto const named = by_name(wanted)) return {named->index, !named->in_comment};
  return {by_number(wanted), false};
}

Names Heading::split_names(std::string const& text) const {
  if (std::ranges::count(names(), text) > 0) return {text};
  Names found;
  for (std::string_view const name : dsgd::split(text, '+')) found.emplace_back(name);
  return found;
}

std::string Heading::label_of(std::size_t index, bool first_is_header) const {
  return has_label(index, first_is_header) ? name_of(index, first_is_header) : std::to_string(index + 1);
}

std::vector<std::size_t> Heading::find_text_columns() const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < std::min(names().size(), second_.size()); ++i)
    if (!second_[i].empty() && !is_number(second_[i]) && !is_missing(second_[i]) && !numbers_rows(names()[i]))
      found.push_back(i);
  return found;
}

std::vector<std::size_t> Heading::find_worker_columns() const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < names().size(); ++i) {
    bool const holds_fractions = i < second_.size() && is_fraction(second_[i]);  // times, by whatever name
    if (names_workers(names()[i]) && !holds_fractions) found.push_back(i);
  }
  return found;
}

}  // namespace dsgd::table
