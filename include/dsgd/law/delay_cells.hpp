/// Cells of positions u in (0, 1), narrower towards 0, between whose ends a law's delays differ little.
#pragma once

#include <cstdint>

#include "dsgd/host_device.hpp"

namespace dsgd {

/// Eight to an octave of u, and one for what is left below 2^-61.
inline constexpr std::uint32_t delay_cells = 1 + 61 * 8;

/// Where a cell begins, in 2^-64. @pre cell < delay_cells
DSGD_HD std::uint64_t cell_begin(std::uint32_t cell) {
  return cell == 0 ? 0 : std::uint64_t{8 + (cell - 1) % 8} << (cell - 1) / 8;
}
DSGD_HD std::uint64_t cell_width(std::uint32_t cell) {
  return cell == 0 ? 8 : std::uint64_t{1} << (cell - 1) / 8;
}

/// Where the next one begins, in 2^-64; of the last one the largest number that there is.
inline std::uint64_t cell_end(std::uint32_t cell) {
  return cell + 1 < delay_cells ? cell_begin(cell + 1) : ~std::uint64_t{0};
}

}  // namespace dsgd
