/// The first steps of a table, which a user leaves out.
#pragma once

#include <cstdint>
#include <vector>

#include "table/read.hpp"

namespace dsgd::table {

/// Leaves out the rows of the first steps, and workers that have no others, and sets Table::skipped_rows.
/// @param steps   that are left out; all where there are fewer
/// @param places  of the table's rows among those of the file that meet its conditions, from 0
/// @pre the table has steps and one column of times
void leave_first_steps(Table& table, std::uint64_t steps, std::vector<std::uint64_t> const& places);

}  // namespace dsgd::table
