/// Tables of points as people read them on a terminal: what all rows share is said once, and the rest is made to
/// fit 80 columns.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "output/grid.hpp"

namespace dsgd {

/// A column, and what it says in each row. Columns "law" and "strategy" may become headings of rows.
struct TableColumn {
  std::string name;
  Align align = Align::right;
  /// What a column says of its rows: whose they are, what was found, or what is told where there is room.
  enum class Role { point, result, extra } role = Role::result;
  std::vector<std::string> cells = {};

  bool is_constant() const;
  std::size_t width() const;
};

using Columns = std::vector<TableColumn>;

/// What is said once above a table.
struct Fact {
  std::string name, value;
};

/// What is the same in every row leaves the columns, but for the mean. A single row keeps its results.
std::vector<Fact> take_constants(Columns& columns);

/// Takes the column of that name out, where there is one.
std::optional<TableColumn> take(Columns& columns, std::string const& name);

/// A line for each fact, or several where it is long.
std::string facts_text(std::vector<Fact> const& facts);

/// A grid, or several under headings. Columns that do not fit are left out, from the right.
struct FittedGrid {
  std::string text;
  std::vector<std::string> shown;  ///< names of the columns
  std::string left_out;            ///< a line that names them; empty where all are there
};

/// @pre there is a column
FittedGrid fitted_grid(Columns columns);

/// In whichever form of so many digits is shorter, as numbers may have many zeros in front.
/// @param digits  1 to 17
std::string short_number(double value, int digits);

}  // namespace dsgd
