/// What separates the fields of a table.
#pragma once

#include <string>
#include <vector>

#include "table/refuse.hpp"
#include "table/top.hpp"

namespace dsgd::table {

/// True where the last field is empty, as separators at the ends of rows make it.
bool ends_empty(std::vector<std::string> const& fields);

/// The only separator that stands in the first row; of several, the only one that gives both rows as many
/// fields.
/// @return  ',' also where fields are not separated; ' ' for any number of blanks
/// @throws Error usage where more than one is possible
/// @pre top.first has a value
char find_separator(Top const& top, Source const& source);

}  // namespace dsgd::table
