/// Times of a clock, as users type and read them.
#pragma once

#include <string>
#include <string_view>

namespace dsgd {

/// 90s, 1.5h, 30m, 2d, or 1:30:00 and 1:30 (minutes and seconds), in seconds.
/// @throws Error usage, naming `what`, for anything else and for what is not in (0, 1e9] seconds
double parse_duration(std::string_view text, std::string_view what);

/// "1:02:03", "2:03" or "3 s".
std::string duration_text(double seconds);

}  // namespace dsgd
