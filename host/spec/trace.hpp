/// Measured delays in files: a column of a CSV file, or one number per line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "dsgd/law/empirical.hpp"

namespace dsgd {

inline constexpr std::uint64_t max_trace_bytes = std::uint64_t{1} << 30;
inline constexpr std::size_t max_trace_values = 100'000'000;

struct Trace {
  std::vector<double> values;    ///< in [0, table::max_delay], at least two, in the file's order
  std::string column;            ///< its header where that names it alone, else its number from 1
  bool named_by_number = false;  ///< that header is a number
  std::size_t comments = 0;      ///< lines left out that begin with '#', those above the first row aside
  std::string sha256;            ///< of the whole file, 64 hexadecimal digits
};

/// Reads fields between commas, semicolons or tabs (table/rows.hpp); rows that are empty or begin with '#'
/// count for nothing, except as table/column.hpp says. Every row has as many fields as the first; one empty
/// field at its end is no more than a separator too many.
/// @param column  header or number from 1, the header first; may be empty where there is one column
/// @throws Error file where the file cannot be read; usage, naming line and column, where it holds anything
/// else than numbers >= 0 in that column, has longer or shorter rows, is no text, is too short or too large,
/// or has no such column
Trace read_trace(std::string const& path, std::string const& column);

}  // namespace dsgd
