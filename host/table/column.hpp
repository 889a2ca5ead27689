/// Which column of a table holds the values, and whether its first row names columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "table/rows.hpp"

namespace dsgd::table {

/// A row that is kept.
struct KeptRow {
  std::string text;
  std::uint64_t line = 0;
  bool quoted = false;

  explicit KeptRow(Row const& row) : text(row.text), line(row.line), quoted(row.quoted) {}
  operator Row() const { return {text, line, quoted}; }
};

/// What the decision is made from.
struct Top {
  std::optional<KeptRow> comment;  ///< the last of those before the first row, without its '#'
  std::optional<KeptRow> first;    ///< of the rows that are neither empty nor a comment
  std::optional<KeptRow> second;
};

struct Column {
  std::size_t index = 0;   ///< from 0
  std::size_t fields = 1;  ///< in each row; an empty one more may follow
  char separator = ',';    ///< comma, semicolon or tab
  bool first_is_header = false;
  bool named_by_number = false;  ///< its header is a number
  std::string name;              ///< its header where that names it alone, else its number from 1
};

/// A name beats a number. The first row is a header where a column is asked for by a name in it, or where its
/// field of the column is no number. A row of numbers is one only if all are whole and different, and either
/// increase and are asked for by name, or what stands below says so. A comment with as many fields as the
/// first row, right above it, is a header as well.
/// @param wanted  name, or number from 1; may be empty where there is one column
/// @pre top.first has a value
/// @throws Error usage for columns that are not there, or twice, or left open, for headers that may be
/// values, and for rows whose fields more than one separator may separate
Column find_column(Top const& top, std::string const& wanted, std::string const& path);

}  // namespace dsgd::table
