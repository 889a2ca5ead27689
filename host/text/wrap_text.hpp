/// Text for a terminal of a given width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dsgd {

/// Columns of a terminal that nobody has made wider.
inline constexpr std::size_t line_width = 80;

/// Breaks lines that are wider, at spaces. What follows a name and two spaces or more goes on below itself;
/// other text as far in as it began. A word that is too long by itself stays whole.
/// @param text  ASCII
std::string wrapped(std::string_view text, std::size_t width = line_width);

}  // namespace dsgd
