/// The columns of a result: one list for CSV, JSON, Markdown and help.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "output/document.hpp"

namespace dsgd {

using Cell = std::variant<std::monostate, std::string, std::uint64_t, double>;

struct Column {
  std::string_view name;
  std::string_view unit;  ///< empty for text and pure numbers
  std::string_view meaning;
  Cell (*value)(ResultRow const&);
  int digits = 6;  ///< that readers want of its numbers; files have all
};

/// What every result has, in the order in which it is written.
std::span<Column const> result_columns();

/// A value that only some documents have.
struct NamedCell {
  std::string name;
  Cell value;
};

/// A column that only some results have.
struct RequestedColumn {
  std::string_view name;  ///< with P for the probability of a quantile
  std::string_view meaning;
};

/// What requested_cells() gives, for help.
std::span<RequestedColumn const> requested_columns();

/// What was asked for beside the columns: q0.5, q0.5_low, q0.5_high of each quantile; the time of some
/// updates in a row. The names are the same for all rows of a document.
std::vector<NamedCell> requested_cells(Document const& document, ResultRow const& row);

/// Empty for an absent value; numbers in their shortest form.
std::string cell_text(Cell const& cell);

/// A text as a cell of CSV, quoted where RFC 4180 asks for it.
std::string csv_cell(std::string const& text);

}  // namespace dsgd
