/// Tables of measured times in files: a column of times with columns that tell workers and steps apart, or a
/// column per worker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "table/column.hpp"
#include "table/conditions.hpp"
#include "table/kinds.hpp"
#include "table/labels.hpp"
#include "table/refuse.hpp"

namespace dsgd::table {

inline constexpr std::uint64_t max_bytes = std::uint64_t{1} << 30;
inline constexpr std::size_t max_values = 100'000'000;

/// What is done about cells without a value, such as NA.
enum class Missing { refuse, skip };

/// Which part of a file is wanted. Columns are headers or numbers from 1, the header first.
struct Selection {
  std::string column = {};  ///< of times; may be empty where one column alone has numbers
  std::string worker = {};  ///< column that tells workers apart, or several between '+'; empty for none
  std::string step = {};    ///< column that tells steps apart; empty for none
  std::string columns =
      {};  ///< a wide table's columns instead, commas between them, or * for all; empty for none
  std::vector<Condition> where = {};  ///< all of them must hold
  std::uint64_t skip = 0;             ///< rows that are left out at the start; with a step column, steps
  Missing missing = Missing::refuse;
  Notation notation = {};
  bool notices_workers = false;  ///< true to read workers from columns that nobody named, where there are any
};

/// Measured times.
struct Table {
  /// In [0, max_delay], time units, in the file's order: one of each row, or of each row and column of a wide
  /// table [row, column], with NaN for what is missing there.
  std::vector<double> values;
  std::vector<std::string> columns;  ///< the names of the columns of times: a header, or a number from 1
  bool named_by_number = false;      ///< true where the header of the first is a number
  Labels workers, steps;             ///< empty where no column tells them apart
  std::string worker, step;          ///< the names of those columns
  std::vector<Condition> where;      ///< as given, columns by their names
  Labels noticed;                    ///< workers by the columns that nobody named; empty where there are none
  std::string noticed_columns;       ///< their names, with '+' between them
  /// Some columns of text that nobody named and that name no workers, of which rows have a few texts; none of a
  /// wide table.
  std::vector<Kinds> kinds;
  /// How many rows the skipped ones are, counted at the start of those that are taken; nothing where skipped
  /// steps are not the first rows.
  std::optional<std::uint64_t> skipped_rows = 0;
  std::size_t missing = 0;   ///< cells left out that have no value
  std::size_t comments = 0;  ///< lines left out that begin with '#', those above the first row aside
  std::string sha256;        ///< of the whole file, 64 hexadecimal digits
};

/// Reads a file in one pass. Fields are as table/rows.hpp says; rows that are empty or begin with '#' count
/// for nothing, except as table/column.hpp says and where that is #N/A or the like. Every row has as many
/// fields as the first; one empty field at its end is no more than a separator too many.
/// @throws Error file where the file cannot be read; usage, naming line and column and the key that mends it,
/// where it holds anything else than numbers >= 0 in the columns of times of a row that is taken, has longer
/// or shorter rows, is no text, is too large, has less than two times, or has no such column
Table read_table(Source const& source, Selection const& selection);

}  // namespace dsgd::table
