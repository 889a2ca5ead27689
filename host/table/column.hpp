/// Which column of a table holds the values, and whether its first row names columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "table/cell.hpp"
#include "table/first_row.hpp"
#include "table/refuse.hpp"
#include "table/top.hpp"

namespace dsgd::table {

struct Column {
  std::size_t index = 0;   ///< from 0
  std::size_t fields = 1;  ///< in each row; an empty one more may follow
  char separator = ',';    ///< comma, semicolon, tab or blank
  bool first_is_header = false;
  bool named_by_number = false;  ///< its header is a number
  std::string name;              ///< its header where that names it alone, else its number from 1
};

/// What to do about a field, with the key that mends it.
inline std::string advice_of(CellProblem const& problem, Source const& source) {
  if (problem.key.empty()) return problem.advice;
  return problem.advice + ", or give " + source.key(problem.key) + problem.value;
}

/// How a table is written, where that is known beforehand.
struct Notation {
  /// ',', ';', '\t', or ' ' for any number of blanks; else as the first rows say.
  std::optional<char> separator;
  /// Else a comma counts only where it separates no fields.
  std::optional<Decimal> decimal;
};

/// What the first rows say of a table.
///
/// A name beats a number. The first row is a header where a column is asked for by a name in it, or where its
/// field of the column is no number. A row of numbers is one only if all are whole and different, and either
/// increase and are asked for by name, or what stands below says so. A comment with as many fields as the
/// first row, right above it, is a header as well.
class Heading {
 public:
  /// Keeps references to both. @pre top.first has a value
  /// @throws Error usage for rows whose fields more than one separator may separate
  Heading(Top const& top, Source const& source, Notation notation = {});

  char separator() const { return separator_; }

  /// Finds a column of times.
  /// @param wanted  name, or number from 1; may be empty where one column alone has numbers
  /// @param taken   columns that are something else
  /// @throws Error usage for columns that are not there, or twice, or left open, and for headers that may be
  /// values
  Column find(std::string const& wanted, std::vector<std::size_t> const& taken = {}) const;

  /// Finds all columns but those taken and those that number the rows by their names, such as step.
  /// @throws Error usage as find(), and where less than two are left
  std::vector<Column> find_all(std::vector<std::size_t> const& taken) const;

  /// A column whose texts tell rows apart.
  struct Label {
    std::size_t index;
    bool names_header;  ///< true where the first row holds its name, and so is a header
  };

  /// @throws Error usage for columns that are not there, or twice
  Label find_label(std::string const& wanted) const;

  /// The names that stand in a text with '+' between them; one that holds a '+' where a column is called so.
  std::vector<std::string> split_names(std::string const& text) const;

  /// The columns whose names say that they tell workers apart, such as rank.
  std::vector<std::size_t> find_worker_columns() const;

  /// The columns whose names are no numbers and do not number rows, and in which the second row has a text. None
  /// without a second row.
  std::vector<std::size_t> find_text_columns() const;

  /// A column's header where that names it alone, else its number from 1.
  /// @param first_is_header  as the columns of times say
  std::string name_of(std::size_t index, bool first_is_header) const;

  /// The same for lists of names in a spec, whose signs no name may hold there.
  std::string label_of(std::size_t index, bool first_is_header) const;

  /// @throws Error usage where what label_of() gives would not find the column again
  void require_label(std::size_t index, bool first_is_header) const;

 private:
  /// Where a name is.
  struct Found {
    enum What { nowhere, there, repeated, name_or_place };
    What what = nowhere;
    std::size_t index = 0;  ///< of the column, from 0
    bool in_comment = false;
  };

  Found look_up(std::string const& wanted) const;
  std::optional<Found> by_name(std::string const& wanted) const;
  /// What a whole number in the first row is where a column is asked for by it.
  Found::What what_number_is(std::size_t index, std::string const& wanted) const;
  /// True where a column's header finds it again.
  bool has_name(std::size_t index, bool first_is_header) const;
  /// The same in a list of names.
  bool has_label(std::size_t index, bool first_is_header) const;
  /// @throws Error usage where a column's number finds another one
  void require_number(std::size_t index) const;
  std::size_t place_of(std::string const& number) const;
  std::size_t by_number(std::string const& wanted) const;
  void refuse_half_of_number(std::size_t index, std::vector<std::size_t> const& taken) const;
  std::size_t only_numbers(std::vector<std::size_t> const& taken) const;
  bool is_header(std::size_t index, std::string const& wanted) const;
  Names const& names() const;
  std::string columns() const;

  Top const& top_;
  Source const& source_;
  char separator_ = ',';
  Names first_, second_, comment_;  ///< the comment's are empty unless it may be a header
};

}  // namespace dsgd::table
