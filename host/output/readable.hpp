/// Results as people read them, in tables and reports: numbers of few digits, and specs that fit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "output/columns.hpp"

namespace dsgd {

/// Enough of a mean to see what the iterations of a day can resolve.
inline constexpr int digits_of_mean = 6;

/// A number with so many digits; what stands for an absent value is `absent`.
std::string readable(Cell const& cell, int digits, std::string_view absent);

/// The same spec with 12 digits of each hash of a file: they tell files apart, and the whole hash would fill
/// a line.
std::string short_spec(std::string spec);

/// The spec of a fleet in lines of at most `width` characters, where its parts are that short.
/// @param indent  put before each line but the first
std::string wrapped_spec(std::string_view spec, std::size_t width, std::string const& indent);

}  // namespace dsgd
