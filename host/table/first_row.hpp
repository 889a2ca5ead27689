/// What the fields of a table's first rows look like: names of columns, or values.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace dsgd::table {

using Names = std::vector<std::string>;

/// True for any number that is not made of digits alone.
bool is_fraction(std::string const& field);

/// Names alone: text, or whole numbers, all different. Only the first may be empty, as pandas leaves it.
bool holds_labels(Names const& first);

/// True where several whole numbers increase from left to right, as those that number columns do.
bool ascends(Names const& first);

bool has_text(Names const& first);

/// True where a column has text, or nothing, above a number.
bool has_text_above_number(Names const& first, Names const& second);

/// 0, 1, 2 or 1, 2, 3, as programs number columns, behind that of the rows' own names, above times.
/// @param index  of the column that has a time below
bool counts_up_above_fraction(Names const& first, Names const& second, std::size_t index);

}  // namespace dsgd::table
