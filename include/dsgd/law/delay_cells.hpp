/// Cells of positions u in (0, 1), narrower towards 0, between whose ends a law's delays differ little.
#pragma once

#include <cstdint>

#include "dsgd/expects.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd {

/// Number of cells: eight to an octave of u, and one for what is left below 2^-61.
inline constexpr std::uint32_t delay_cells = 1 + 61 * 8;

/// Where a cell begins, in 2^-64. @pre cell < delay_cells
DSGD_HD std::uint64_t cell_begin(std::uint32_t cell) {
  DSGD_EXPECTS(cell < delay_cells);
  return cell == 0 ? 0 : std::uint64_t{8 + (cell - 1) % 8} << (cell - 1) / 8;
}

/// Width of a cell, in 2^-64. @pre cell < delay_cells
DSGD_HD std::uint64_t cell_width(std::uint32_t cell) {
  DSGD_EXPECTS(cell < delay_cells);
  return cell == 0 ? 8 : std::uint64_t{1} << (cell - 1) / 8;
}

/// Where the next cell begins, in 2^-64; for the last cell the largest 64-bit number.
inline std::uint64_t cell_end(std::uint32_t cell) {
  return cell + 1 < delay_cells ? cell_begin(cell + 1) : ~std::uint64_t{0};
}

}  // namespace dsgd
