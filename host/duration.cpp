#include "duration.hpp"

#include <cmath>

#include "dsgd/error.hpp"
#include "number.hpp"
#include "split.hpp"

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

/// Hours, minutes and seconds, or minutes and seconds. All but the first are below 60, of two digits.
double parse_clock(std::string_view text, std::string_view what) {
  double seconds = 0;
  bool first = true;
  for (std::string_view part : split(text, ':')) {
    if (part.size() == 2 && part.front() == '0') part.remove_prefix(1);  // as in 01:05:00
    seconds = 60 * seconds + static_cast<double>(parse_count(part, what, 0, first ? 1'000'000 : 59));
    first = false;
  }
  return seconds;
}

}  // namespace

double parse_duration(std::string_view text, std::string_view what) {
  std::string const named = std::string(what) + " '" + std::string(text) + "'";
  std::size_t const parts = split(text, ':').size();
  double const unit = text.empty() ? 0 : seconds_of_unit(text.back());
  double seconds = 0;
  if (parts == 2 || parts == 3) {
    seconds = parse_clock(text, what);
  } else if (parts == 1 && unit != 0) {
    seconds = unit * parse_real(text.substr(0, text.size() - 1), what, 0, longest);
  } else {
    throw Error(ExitCode::usage,
                named + " is no time (its unit is missing, or unknown): write 90s, 30m, 2h or 1:30:00");
  }
  if (!(seconds > 0 && seconds <= longest))
    throw Error(
        ExitCode::usage,
        named + " is out of range (accepted: above 0 up to 1e9 seconds): write 90s, 30m, 2h or 1:30:00");
  return seconds;
}

std::string duration_text(double seconds) {
  if (!(seconds < 3.6e8)) return "years";
  auto const whole = static_cast<long>(std::ceil(seconds));
  auto const two = [](long n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) return std::to_string(whole / 60) + ":" + two(whole % 60);
  return std::to_string(whole / 3600) + ":" + two(whole / 60 % 60) + ":" + two(whole % 60);
}

}  // namespace dsgd
