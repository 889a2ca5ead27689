/// Quantile functions without a closed form, as tables of cubics over the hazard E = -log P(X > x).
///
/// The range [min_hazard, max_hazard) is cut into octaves, an octave into 16 cells, a cell into as many equal
/// parts (a power of two) as it takes: smooth functions get by with the cells alone, and the bend that a
/// hyperexponential law has is followed as closely as the promised error asks. On each part stands the cubic
/// that has the function's values and slopes at both ends (Hermite). Cells and parts are found from the bits
/// of the hazard, and everything is + - * /, fma and portable_math.hpp: every machine gives the same bits.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/law/excess.hpp"

namespace dsgd {

/// A table as one array of doubles, so that it can be copied to a device as it is: first an entry per cell,
/// whose bits are the integer 2^5 first part + log2 parts; then four coefficients per part.
namespace quantile_table {

inline constexpr int cell_bits = 4;  ///< leading bits of the significand that number an octave's cells
inline constexpr std::uint32_t first_cell = (1023 - 126) << cell_bits;  ///< number of the cell of min_hazard
inline constexpr std::uint32_t cells = (126 + 7) << cell_bits;

/// log2 of the most parts of a cell: with cell_bits they make 22 of the 23 bits of a float32's fraction.
inline constexpr int max_depth = 18;

/// The most that a cubic may be off at the middle of its part, relative to the function.
inline constexpr double tolerance = 2e-9;

/// The quantile at a hazard.
/// @param table   as build() returns it; readable where this runs
/// @param hazard  in [min_hazard, max_hazard)
DSGD_HD double evaluate(double const* table, double hazard) {
  std::uint64_t const bits = portable::bits_from_double(hazard);
  // Indices are signed: g++ vectorises a gather with no others.
  auto const cell = static_cast<std::int64_t>((bits >> (52 - cell_bits)) - first_cell);
  std::uint64_t const entry = portable::bits_from_double(table[cell]);
  std::uint64_t const in_cell = bits << (12 + cell_bits);  // the significand's other bits, at the top
  std::uint64_t const depth = entry & 31u;
  std::uint64_t const part = (entry >> 5) + (in_cell >> 1 >> (63 - depth));
  auto const c = static_cast<std::int64_t>(cells + 4 * part);
  double const x = portable::double_from_bits(0x3ff0000000000000u | in_cell << depth >> 12) - 1.0;
  return std::fma(std::fma(std::fma(table[c + 3], x, table[c + 2]), x, table[c + 1]), x, table[c]);
}

/// A point of a quantile function.
struct Node {
  double hazard;
  double value;
  double slope;  ///< d value / d hazard
};

namespace detail {

/// The value in the middle of the cubic between two nodes.
inline double middle(Node const& a, Node const& b) {
  return std::fma(b.hazard - a.hazard, 0.125 * (a.slope - b.slope), 0.5 * (a.value + b.value));
}

/// True where the slopes are small enough for the cubic between two nodes to be monotone. Source: Fritsch and
/// Carlson 1980.
inline bool is_monotone(Node const& a, Node const& b) {
  double const steepest = 3.0 * (b.value - a.value);
  double const width = b.hazard - a.hazard;
  return a.slope * width <= steepest && b.slope * width <= steepest;
}

/// Appends the coefficients of the cubic between two nodes, over [0, 1).
inline void append_cubic(Node const& a, Node const& b, std::vector<double>& table) {
  double const width = b.hazard - a.hazard;
  double const left = a.slope * width;
  double const right = b.slope * width;
  double const rise = b.value - a.value;
  table.insert(table.end(), {a.value, left, 3.0 * rise - 2.0 * left - right, left + right - 2.0 * rise});
}

/// Halves all parts of a cell until each cubic is monotone and near the function.
/// @param nodes  of the cell: at first its two ends
template <class Quantile>
void refine(Quantile const& quantile, std::vector<Node>& nodes) {
  for (int depth = 0; depth < max_depth; ++depth) {
    std::vector<Node> halved{nodes.front()};
    bool fine = true;
    for (std::size_t i = 1; i < nodes.size(); ++i) {
      Node const& a = nodes[i - 1];
      Node const& b = nodes[i];
      Node const between = quantile.at(a.hazard + 0.5 * (b.hazard - a.hazard), a);
      fine =
          fine && is_monotone(a, b) && std::fabs(middle(a, b) - between.value) <= tolerance * between.value;
      halved.insert(halved.end(), {between, b});
    }
    if (fine) return;
    nodes = std::move(halved);
  }
}

}  // namespace detail

namespace detail {

inline double cell_start(std::uint32_t cell) {
  return portable::double_from_bits(std::uint64_t{first_cell + cell} << (52 - cell_bits));
}

/// The nodes between cells, each from its neighbour: from below up to 1 and from above down to it, because an
/// error of the probability grows relative to P(X <= x) on the way down and to P(X > x) on the way up.
template <class Quantile>
std::vector<Node> cell_ends(Quantile const& quantile) {
  std::vector<Node> ends(cells + 1);
  constexpr std::uint32_t one = 126u << cell_bits;
  ends.front() = quantile.first();
  for (std::uint32_t i = 1; i < one; ++i) ends[i] = quantile.at(cell_start(i), ends[i - 1]);
  ends.back() = quantile.last();
  for (std::uint32_t i = cells - 1; i >= one; --i) ends[i] = quantile.at(cell_start(i), ends[i + 1]);
  return ends;
}

}  // namespace detail

/// Builds the table of a quantile function.
/// @param quantile  has  Node first() const  at min_hazard,  Node last() const  at max_hazard, and
///                  Node at(double hazard, Node const& near) const, given any node up to a cell away
template <class Quantile>
std::vector<double> build(Quantile const& quantile) {
  std::vector<double> table(cells);
  std::vector<Node> const ends = detail::cell_ends(quantile);
  for (std::uint32_t cell = 0; cell < cells; ++cell) {
    std::vector<Node> nodes{ends[cell], ends[cell + 1]};
    detail::refine(quantile, nodes);
    std::uint64_t const first_part = (table.size() - cells) / 4;
    auto const depth = static_cast<std::uint64_t>(std::bit_width(nodes.size() - 1) - 1);
    table[cell] = portable::double_from_bits(first_part << 5 | depth);
    for (std::size_t i = 1; i < nodes.size(); ++i) detail::append_cubic(nodes[i - 1], nodes[i], table);
  }
  return table;
}

/// The table of a quantile function, built when it is first asked for and kept until the program ends: any
/// number of samplers, laws and threads share it, and no pointer to it dangles.
/// @param quantile  ordered by <, as its parameters are
template <class Quantile>
std::vector<double> const& shared(Quantile const& quantile) {
  static std::mutex building;
  static std::map<Quantile, std::vector<double>> tables;
  std::lock_guard const lock(building);
  auto const found = tables.find(quantile);
  return found != tables.end() ? found->second : tables.emplace(quantile, build(quantile)).first->second;
}

}  // namespace quantile_table

/// A tabulated quantile function in units of time, as samplers have it.
struct TabulatedQuantile {
  double const* data;
  std::uint32_t size;  ///< doubles in the table
  double scale;        ///< time units

  DSGD_HD double at(double hazard) const { return scale * quantile_table::evaluate(data, hazard); }

  /// The table that is read; it lives until the program ends.
  std::span<double const> table() const { return {data, size}; }

  /// The same quantiles from a copy of the table, such as one in device memory.
  HazardSampler<TabulatedQuantile> with_table(double const* copy) const { return {{copy, size, scale}}; }
};

template <class Quantile>
TabulatedQuantile tabulated(Quantile const& quantile, double scale) {
  std::vector<double> const& table = quantile_table::shared(quantile);
  return {table.data(), static_cast<std::uint32_t>(table.size()), scale};
}

}  // namespace dsgd
