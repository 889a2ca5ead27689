#pragma once

#include <string>
#include <string_view>

#include "exact_values/exact_values.hpp"

namespace dsgd {

/// The table that people read.
std::string exact_table(ExactDocument const& document);

/// Schema dsgd.exact/1.
std::string exact_json(ExactDocument const& document);

/// A header and a row for each point. What is not known is empty, and what is infinite is inf.
std::string exact_csv(ExactDocument const& document);

std::string exact_markdown(ExactDocument const& document);

/// One of these. @param format  name of an OutputFormat
std::string exact_text(ExactDocument const& document, std::string_view format);

}  // namespace dsgd
