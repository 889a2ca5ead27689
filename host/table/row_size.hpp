/// Rows that are longer or shorter than the first.
#pragma once

#include <cstdint>

#include "table/column.hpp"
#include "table/refuse.hpp"
#include "table/rows.hpp"

namespace dsgd::table {

/// @param fields      of the row, not as many as the column says
/// @param column      the first of times: a number whose comma separates two fields is likeliest there
/// @param first_line  that of the first row
/// @throws Error usage, always
[[noreturn]] void refuse_row_size(Source const& source, Row const& row, Fields const& fields,
                                  Column const& column, std::uint64_t first_line);

}  // namespace dsgd::table
