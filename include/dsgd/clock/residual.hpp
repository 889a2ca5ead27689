/// Residuals of delays: what is left, at any moment, of the job of a worker that has worked for ever.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "dsgd/arithmetic/wide_unsigned.hpp"
#include "dsgd/draw/address.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/law/delay_cells.hpp"

namespace dsgd {

/// The law of a residual: P(residual > y) is the integral of P(X > x) from y on, over E[X]. It is the height
/// of a point that is uniform under the graph of the quantile function. Points are drawn under a staircase
/// above the graph, and those above the graph are thrown away; so the law is exact for every delay that never
/// increases with u. An object is made on the host; its bytes are as good on a device. Source: Cox, "Renewal
/// Theory", 1962, 5.2.
class Residual {
 public:
  static constexpr std::uint64_t thrown_away = ~std::uint64_t{0};  ///< larger than every height

  /// @param delay  function of DelayWords, ticks; never increases with their position
  template <class Delay>
  explicit Residual(Delay const& delay) {
    std::array<uint128, cells> area;
    uint128 total = 0;
    std::uint64_t next = delay(words_at(0));
    for (std::uint32_t cell = 0; cell < cells; ++cell) {
      longest_[cell] = next;
      next = delay(words_at(cell_end(cell)));
      area[cell] = total += uint128{cell_width(cell)} * longest_[cell];
      auto const middle = static_cast<double>(longest_[cell]) / 2 + static_cast<double>(next) / 2;
      mean_ += static_cast<double>(cell_width(cell)) * 0x1p-64 * middle;
    }
    longest_[cells] = next;
    int const excess_bits =
        std::max(0, 64 - static_cast<int>(std::countl_zero(static_cast<std::uint64_t>(total >> 64))));
    for (std::uint32_t cell = 0; cell < cells; ++cell)
      area_[cell] = static_cast<std::uint64_t>(area[cell] >> excess_bits);
    for (std::uint64_t byte = 0; byte < 256; ++byte)
      first_cell_[byte] =
          static_cast<std::uint16_t>(std::upper_bound(area_, area_ + cells, target(byte << 56)) - area_);
  }

  /// Mean of the delay, ticks, exact to a few parts in 10^4.
  double mean() const { return mean_; }

  /// Draws a point under the staircase.
  /// @param words  four uniform words
  /// @param delay  the function of which the residual was made
  /// @return       the point's height, ticks; thrown_away where it is not below the delay
  template <class Delay>
  DSGD_HD std::uint64_t height(std::uint32_t const (&words)[4], Delay const& delay) const {
    if (area_[cells - 1] == 0) return 0;  // every delay is 0
    std::uint64_t const choice = std::uint64_t{words[0]} << 32 | words[1];
    std::uint32_t cell = first_cell_[words[0] >> 24];
    while (area_[cell] <= target(choice)) ++cell;
    auto const within = static_cast<std::uint64_t>(uint128{cell_width(cell)} * words[2] >> 32);
    auto const height = static_cast<std::uint64_t>(uint128{longest_[cell]} * words[3] >> 32);
    // Cells are narrow: most points lie below the shortest delay of their cell, the longest of the next cell.
    if (height >= longest_[cell + 1] && height >= delay(words_at(cell_begin(cell) + within)))
      return thrown_away;
    return height;
  }

 private:
  static constexpr std::uint32_t cells = delay_cells;

  /// The area under the staircase that a uniform choice out of 2^64 stands for, in the unit of area_.
  DSGD_HD std::uint64_t target(std::uint64_t choice) const {
    return static_cast<std::uint64_t>(uint128{choice} * area_[cells - 1] >> 64);
  }

  // Plain arrays, as devices know no others.
  std::uint64_t longest_[cells + 1];  ///< longest delay of a cell, ticks; the last is the shortest of all
  std::uint64_t area_[cells];         ///< under the staircase up to a cell's end, in a unit of its own
  std::uint16_t first_cell_[256];     ///< cell of the least choice whose highest byte is the index
  double mean_ = 0;
};

}  // namespace dsgd
