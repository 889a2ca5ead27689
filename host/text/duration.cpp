#include "text/duration.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "dsgd/error.hpp"
#include "text/number.hpp"
#include "text/split.hpp"

namespace dsgd {
namespace {

constexpr double longest = 1e9;

double seconds_of_unit(char unit) {
  switch (unit) {
    case 's':
      return 1;
    case 'm':
      return 60;
    case 'h':
      return 3600;
    case 'd':
      return 86400;
    default:
      return 0;
  }
}

constexpr std::string_view duration_forms = "write 90s, 30m, 2h, 3d, 1:30:00 or 1-12:00:00";
constexpr std::uint64_t most_of_largest = 1'000'000;  ///< days, hours or minutes: whichever comes first

/// Numbers between colons, each worth 60 of the next. All but the first are below 60.
double parse_clock(std::string_view text, std::string_view what, std::uint64_t most_of_first) {
  double value = 0;
  std::uint64_t most = most_of_first;
  for (std::string_view part : split(text, ':')) {
    if (part.size() == 2 && part.front() == '0') part.remove_prefix(1);  // as in 01:05:00
    value = 60 * value + static_cast<double>(parse_count(part, what, 0, most));
    most = 59;
  }
  return value;
}

/// Days, a dash, and hours with minutes and seconds or without. Source: sbatch(1), --time.
double parse_with_days(std::string_view days, std::string_view clock, std::string_view what) {
  double seconds = parse_clock(clock, what, 23);
  for (std::size_t colons = split(clock, ':').size() - 1; colons < 2; ++colons) seconds *= 60;
  return seconds_of_unit('d') * static_cast<double>(parse_count(days, what, 0, most_of_largest)) + seconds;
}

/// @return nothing where it is none
std::optional<double> number_before_unit(std::string_view text, std::string_view what) {
  try {
    return parse_real(text.substr(0, std::max<std::size_t>(text.size(), 1) - 1), what, -1e300, 1e300);
  } catch (Error const&) {
    return std::nullopt;
  }
}

std::string with_unit(long count, std::string const& unit) { return std::to_string(count) + " " + unit; }

}  // namespace

double parse_duration(std::string_view text, std::string_view what) {
  std::string const named = std::string(what) + " '" + std::string(text) + "'";
  std::size_t const dash = text.find('-');
  std::size_t const parts = split(text, ':').size();
  double const unit = text.empty() ? 0 : seconds_of_unit(text.back());
  double seconds = 0;
  if (dash != std::string_view::npos && dash > 0 && parts <= 3 && unit == 0) {
    seconds = parse_with_days(text.substr(0, dash), text.substr(dash + 1), what);
  } else if (parts == 2 || parts == 3) {
    seconds = parse_clock(text, what, most_of_largest);
  } else if (std::optional<double> const number = number_before_unit(text, what); number && unit != 0) {
    seconds = unit * *number;
  } else {
    throw Error(ExitCode::usage, named + " is not a time", "its unit is missing or unknown",
                std::string(duration_forms));
  }
  if (!(seconds > 0 && seconds <= longest))
    throw Error(ExitCode::usage, named + " is out of range", "accepted: above 0 up to 1e9 seconds",
                std::string(duration_forms));
  return seconds;
}

std::string duration_text(double seconds) {
  constexpr double minute = 60, hour = 3600, day = 86400, year = 365.25 * day;
  if (!std::isfinite(seconds)) return "years";
  if (seconds >= 1e6 * year) return significant(seconds / year, 2) + " years";
  if (seconds >= 2 * year) return with_unit(std::lround(seconds / year), "years");
  double const step = seconds <= hour ? 1 : seconds <= day ? minute : hour;
  auto const whole = static_cast<long>(std::ceil(seconds / step) * step);
  long const days = whole / 86400, hours = whole / 3600 % 24, minutes = whole / 60 % 60, rest = whole % 60;
  if (days > 0)
    return with_unit(days, days == 1 ? "day" : "days") + (hours > 0 ? " " + with_unit(hours, "h") : "");
  if (hours > 0) return with_unit(hours, "h") + (minutes > 0 ? " " + with_unit(minutes, "min") : "");
  if (minutes > 0) return with_unit(minutes, "min") + (rest > 0 ? " " + with_unit(rest, "s") : "");
  return with_unit(rest, "s");
}

std::string short_duration_text(double seconds) {
  constexpr double longest_shown = 100 * 365.25 * 86400;
  if (!(seconds < longest_shown)) return "years";
  auto const whole = static_cast<long>(std::ceil(seconds));
  auto const two = [](long n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  if (whole < 60) return with_unit(whole, "s");
  if (whole < 3600) return std::to_string(whole / 60) + ":" + two(whole % 60);
  if (whole < 86400) return std::to_string(whole / 3600) + ":" + two(whole / 60 % 60) + ":" + two(whole % 60);
  return std::to_string(whole / 86400) + "d " + std::to_string(whole / 3600 % 24) + "h";
}

}  // namespace dsgd
