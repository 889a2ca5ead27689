#pragma once

#include <string>
#include <vector>

namespace dsgd {

using GridRow = std::vector<std::string>;

enum class Align { left, right };

/// Rows under a header, columns padded to a common width (in bytes: the cells are ASCII), two spaces apart.
std::string aligned(GridRow const& header, std::vector<Align> const& alignment,
                    std::vector<GridRow> const& rows);

}  // namespace dsgd
