/// Times of a clock, as users type and read them.
#pragma once

#include <string>
#include <string_view>

namespace dsgd {

/// In seconds: 90s, 1.5h, 30m, 3d; 1:30:00 (hours, minutes, seconds) and 1:30 (minutes, seconds); and Slurm's
/// forms with days, 1-12, 1-12:30 and 1-12:30:00.
/// @throws Error usage, naming `what`, for anything else and for what is not in (0, 1e9] seconds
double parse_duration(std::string_view text, std::string_view what);

/// In words, rounded up in its second unit: "67 days 2 h", "2 h 13 min", "5 min 3 s", "3 s", "12 years".
std::string duration_text(double seconds);

/// The same where there is little room: "67d 2h", "2:13:00", "5:03", "3 s".
std::string short_duration_text(double seconds);

}  // namespace dsgd
