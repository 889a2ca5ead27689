#pragma once

#include <string>
#include <vector>

namespace dsgd {

using GridRow = std::vector<std::string>;

enum class Align { left, right };

/// Rows under a header, columns padded to a common width (in bytes: the cells are ASCII), two spaces apart.
std::string aligned(GridRow const& header, std::vector<Align> const& alignment,
                    std::vector<GridRow> const& rows);

/// Takes out what is the same in all of several rows, but for the first column.
/// @return  what was taken, a line for each column: "threads  2"
std::string take_constants(GridRow& header, std::vector<Align>& alignment, std::vector<GridRow>& rows);

}  // namespace dsgd
