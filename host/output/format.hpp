/// The output formats: to add one, write a function and add a row to the table.
#pragma once

#include <string>
#include <string_view>

#include "output/document.hpp"

namespace dsgd {

struct OutputFormat {
  std::string_view name;  ///< as in --format, and as a file's extension
  std::string (*text)(Document const&);
  bool partial;  ///< can it say that a result is not complete?
};

/// @param explicit_format  the user's --format; empty to go by the path's extension
/// @throws Error usage when neither names a format
OutputFormat const& choose_format(std::string_view path, std::string_view explicit_format);

std::string csv_text(Document const& document);
std::string json_text(Document const& document);
std::string markdown_text(Document const& document);

/// The table that people read on the terminal.
std::string table_text(Document const& document);

}  // namespace dsgd
