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
inline constexpr double max_trace_value = 1e36;

struct Trace {
  std::vector<double> values;  ///< in [0, max_trace_value], at least two, in the file's order
  std::string column;          ///< its header where that names it alone, else its number from 1
  std::string sha256;          ///< of the whole file, 64 hexadecimal digits
};

/// Reads commas between fields, double quotes around those that hold commas, LF or CR LF; empty lines count
/// for nothing. The first line is a header where its field of the column is no number.
/// @param column  number from 1 or header; may be empty where there is one column
/// @throws Error file where the file cannot be read; usage, naming the line, where it holds anything else
/// than numbers >= 0 in that column, is binary, too short or too large, or has no such column
Trace read_trace(std::string const& path, std::string const& column);

/// Reads the values of a law that names a file, and makes its parameters canonical.
/// @throws Error as read_trace(), and usage where the law's sha256 is given and is not the file's
void complete(Empirical& law);

}  // namespace dsgd
