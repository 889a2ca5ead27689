/// The first rows of a table, which show how it is written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

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

/// What separates fields, which column is meant and whether it has a header is decided from these.
struct Top {
  std::optional<KeptRow> comment;  ///< the last of those before the first row, without its '#'
  std::optional<KeptRow> first;    ///< of the rows that are neither empty nor a comment
  std::optional<KeptRow> second;
};

}  // namespace dsgd::table
