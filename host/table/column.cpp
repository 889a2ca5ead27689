#include "table/column.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "table/cell.hpp"
#include "table/refuse.hpp"
#include "text/nearest_name.hpp"
#include "text/plain_text.hpp"

namespace dsgd::table {
namespace {

using Names = std::vector<std::string>;

std::string line_name(KeptRow const& row) { return "line " + std::to_string(row.line); }

Names split(KeptRow const& row, char separator, std::string const& path) {
  Fields fields;
  split_or_refuse(row, separator, path, fields);
  return fields.copy();
}

/// True where the last field is empty, as separators at the ends of rows make it.
bool ends_empty(Names const& fields) { return fields.size() > 1 && fields.back().empty(); }

bool same_size(Names const& a, Names const& b) {
  return a.size() == b.size() || (ends_empty(a) && a.size() == b.size() + 1) ||
         (ends_empty(b) && b.size() == a.size() + 1);
}

/// The only one that stands in the first row; of several, the only one that gives both rows as many fields.
char find_separator(Top const& top, std::string const& path) {
  struct Candidate {
    char separator;
    std::string_view name;
  };
  constexpr std::array<Candidate, 3> candidates{{{',', "commas"}, {';', "semicolons"}, {'\t', "tabs"}}};
  std::vector<Candidate> there, even;
  for (Candidate const& candidate : candidates) {
    Fields first, second;
    if (!first.split(*top.first, candidate.separator).empty() || first.size() < 2) continue;
    there.push_back(candidate);
    if (top.second && second.split(*top.second, candidate.separator).empty() &&
        same_size(first.copy(), second.copy()))
      even.push_back(candidate);
  }
  if (there.empty()) return ',';
  if (there.size() == 1) return there.front().separator;
  if (even.size() == 1) return even.front().separator;
  std::string names;
  for (Candidate const& candidate : there) names.append(names.empty() ? "" : " and ").append(candidate.name);
  refuse(path, line_name(*top.first) + " has " + names + " (each could separate its fields)",
         "use only one of them, put text with another into quotes, and write numbers with a decimal point");
}

/// The tables that the first rows make, taken apart.
class Heading {
 public:
  Heading(Top const& top, std::string const& path) : top_(top), path_(path) {
    separator_ = find_separator(top, path);
    first_ = split(*top.first, separator_, path);
    if (top.second) second_ = split(*top.second, separator_, path);
    bool const spare = !top.second || second_.size() + 1 == first_.size() ||
                       (second_.size() == first_.size() && ends_empty(second_));
    if (ends_empty(first_) && spare) first_.pop_back();
    if (!top.comment) return;
    Fields fields;  // prose with a stray quote is no header, and no mistake
    if (fields.split(*top.comment, separator_).empty()) comment_ = fields.copy();
    if (comment_.size() != first_.size()) comment_.clear();
  }

  Column find(std::string const& wanted) const {
    Column column;
    column.separator = separator_;
    column.fields = first_.size();
    bool in_comment = false;
    if (wanted.empty() && first_.size() > 1)
      refuse(path_, "has " + std::to_string(first_.size()) + " columns (" + columns() + ")",
             "choose one with column=");
    if (auto const named = by_name(wanted)) {
      column.index = named->index;
      in_comment = named->in_comment;
      column.first_is_header = !in_comment;
    } else {
      column.index = wanted.empty() ? 0 : by_number(wanted);
      column.first_is_header = is_header(column.index, wanted);
    }
    Names const& names = column.first_is_header ? first_ : comment_;
    bool const named = column.index < names.size() && can_be_name(names, column.index);
    column.name = named ? names[column.index] : std::to_string(column.index + 1);
    column.named_by_number = named && is_number(column.name);
    return column;
  }

 private:
  struct Place {
    std::size_t index;
    bool in_comment;
  };

  /// A number is looked for in a comment first, as the first row is likelier to be one of values then.
  std::optional<Place> by_name(std::string const& wanted) const {
    if (wanted.empty()) return std::nullopt;
    bool const number = is_number(wanted);
    for (bool const in_comment : {number, !number}) {
      Names const& names = in_comment ? comment_ : first_;
      auto const count = std::count(names.begin(), names.end(), wanted);
      auto const index =
          static_cast<std::size_t>(std::find(names.begin(), names.end(), wanted) - names.begin());
      if (count > 1 && !is_whole(wanted))
        refuse(path_, "has " + std::to_string(count) + " columns '" + wanted + "' (one is needed)",
               "give its number from 1, as column=" + std::to_string(index + 1));
      if (count == 1 && (in_comment || !is_whole(wanted) || is_label(index, wanted)))
        return Place{index, in_comment};
    }
    return std::nullopt;
  }

  /// Where a number counts columns; their count where it counts none.
  std::size_t place_of(std::string const& number) const {
    bool const counts = is_whole(number) && number.size() < 10 && number.front() != '0';
    return std::min(counts ? std::stoul(number) - 1 : first_.size(), first_.size());
  }

  /// True where a whole number in the first row names its column, and is no value.
  bool is_label(std::size_t index, std::string const& wanted) const {
    if (!holds_labels()) return false;
    bool const is_place = place_of(wanted) < first_.size();
    if (!is_place || first_.size() == 1) return !is_place;
    if (ascends() || has_text_above_number() || counts_up_above_fraction(index)) return true;
    refuse(path_,
           line_name(*top_.first) + " may be a header or values (column=" + wanted +
               " is a name if it is a header, and a place if it is values)",
           "put a header of words above it, or in its place");
  }

  std::size_t by_number(std::string const& wanted) const {
    std::size_t const index = place_of(wanted);
    if (index < first_.size()) return index;
    std::string const meant = did_you_mean(wanted, names(), "");
    refuse(path_, "has no column '" + wanted + "' (" + (meant.empty() ? "" : meant + " ") + columns() + ")",
           "name one of them, or its number from 1");
  }

  bool is_header(std::size_t index, std::string const& wanted) const {
    std::string const& field = first_[index];
    if (is_number(field)) {
      if (wanted.empty() && field == "0" && comment_.empty() && !second_.empty() && is_fraction(second_[0]))
        refuse(path_,
               line_name(*top_.first) +
                   " holds 0 above fractions (pandas writes it above a column without a name)",
               "give column=0 if it is such a header, column=1 if it is a value");
      return holds_labels() && (has_text_above_number() || counts_up_above_fraction(index));
    }
    if (is_missing(field)) return has_text() || (holds_labels() && has_text_above_number());
    if (starts_as_number(field)) {
      CellProblem const problem = problem_of(field);
      refuse(path_,
             line_name(*top_.first) + ", column " + std::to_string(index + 1) + ": '" +
                 excerpt(field, shown_bytes) + "' " + problem.what,
             problem.advice + "; if it is a header, give column=" + excerpt(field, shown_bytes));
    }
    return true;
  }

  /// Names alone: text, or whole numbers, all different. Only the first may be empty, as pandas leaves it.
  bool holds_labels() const {
    for (std::size_t i = 0; i < first_.size(); ++i)
      if (first_[i].empty() ? i > 0 : is_fraction(first_[i])) return false;
    Names sorted = first_;
    std::sort(sorted.begin(), sorted.end());
    return std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
  }

  /// True where whole numbers increase from left to right, as those that number columns do.
  bool ascends() const {
    std::optional<double> before;
    for (std::string const& field : first_) {
      if (!is_whole(field)) continue;
      std::optional<double> const number = delay_of(field);
      if (!number || (before && *number <= *before)) return false;
      before = number;
    }
    return true;
  }

  static bool is_text(std::string const& field) { return !is_missing(field) && !starts_as_number(field); }

  /// True for any number that is not made of digits alone.
  static bool is_fraction(std::string const& field) { return is_number(field) && !is_whole(field); }

  bool has_text() const { return std::any_of(first_.begin(), first_.end(), is_text); }

  bool has_text_above_number() const {
    for (std::size_t i = 0; i < std::min(first_.size(), second_.size()); ++i)
      if ((first_[i].empty() || is_text(first_[i])) && is_number(second_[i])) return true;
    return false;
  }

  /// 0, 1, 2 or 1, 2, 3, as programs number columns, behind that of the rows' own names, above times.
  bool counts_up_above_fraction(std::size_t index) const {
    std::size_t const begin = is_number(first_[0]) ? 0 : 1;
    if (first_.size() < begin + 2 || index >= second_.size() || !is_fraction(second_[index])) return false;
    std::size_t const lowest = first_[begin] == "1" ? 1 : 0;
    for (std::size_t i = begin; i < first_.size(); ++i)
      if (first_[i] != std::to_string(i - begin + lowest)) return false;
    return true;
  }

  /// True where the name finds its column again, also from a spec and in a table of results.
  static bool can_be_name(Names const& names, std::size_t index) {
    std::string const& name = names[index];
    return !name.empty() && name.find_first_of(":\t\r\n") == std::string::npos &&
           std::count(names.begin(), names.end(), name) == 1;
  }

  /// What the columns are likely to be called, before one of them is found.
  Names const& names() const {
    bool const has_number =
        std::any_of(first_.begin(), first_.end(), [](std::string const& name) { return is_number(name); });
    return comment_.empty() || !has_number ? first_ : comment_;
  }

  std::string columns() const {
    constexpr std::size_t shown = 12;
    std::string text = "its columns: ";
    for (std::size_t i = 0; i < std::min(names().size(), shown); ++i)
      text.append(i == 0 ? "" : ", ").append(excerpt(names()[i], shown_bytes));
    return names().size() > shown ? text + ", ..." : text;
  }

  Top const& top_;
  std::string const& path_;
  char separator_ = ',';
  Names first_, second_, comment_;  ///< the comment's are empty unless it may be a header
};

}  // namespace

Column find_column(Top const& top, std::string const& wanted, std::string const& path) {
  return Heading(top, path).find(wanted);
}

}  // namespace dsgd::table
