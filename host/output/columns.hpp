/// The columns of a result: one list for CSV, JSON, Markdown and help.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "output/document.hpp"

namespace dsgd {

using Cell = std::variant<std::monostate, std::string, std::uint64_t, double>;

struct Column {
  std::string_view name;
  std::string_view unit;  ///< empty for text and pure numbers
  std::string_view meaning;
  Cell (*value)(ResultRow const&);
};

/// In the order in which they are written.
std::span<Column const> result_columns();

/// Empty for an absent value; numbers in their shortest form.
std::string cell_text(Cell const& cell);

}  // namespace dsgd
