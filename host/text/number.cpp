#include "text/number.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <system_error>

#include "dsgd/error.hpp"
#include "dsgd/expects.hpp"

namespace dsgd {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A decimal number taken apart: (-1)^negative * digits * 10^exponent.
struct Decimal {
  bool negative = false;
  std::string digits;
  long exponent = 0;
  std::string plain;  ///< the number without underscores, for std::from_chars
};

/// Digits of `text` from `at`, with single underscores between them left out.
std::string scan_digits(std::string_view text, std::size_t& at) {
  std::string digits;
  while (at < text.size()) {
    bool const separator =
        text[at] == '_' && !digits.empty() && at + 1 < text.size() && is_digit(text[at + 1]);
    if (!is_digit(text[at]) && !separator) break;
    if (!separator) digits += text[at];
    ++at;
  }
  return digits;
}

/// -? (0 | [1-9] digits) (. digits)? ([eE] [+-]? digits)?, the whole part optional before a point.
/// @param scale  a power of ten that the number is multiplied by
std::optional<Decimal> scan_decimal(std::string_view text, int scale = 0) {
  Decimal number;
  std::size_t at = 0;
  number.negative = text.starts_with('-');
  at += number.negative;

  std::string const whole = scan_digits(text, at);
  if (whole.size() > 1 && whole.front() == '0') return std::nullopt;  // 010 is 8 to some and 10 to others
  std::string fraction;
  if (at < text.size() && text[at] == '.') {
    fraction = scan_digits(text, ++at);
    if (fraction.empty()) return std::nullopt;
  } else if (whole.empty()) {
    return std::nullopt;
  }

  long exponent = 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    bool const minus = ++at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    std::string const digits = scan_digits(text, at);
    if (digits.empty() || digits.size() > 6) return std::nullopt;
    exponent = std::stol(digits) * (minus ? -1 : 1);
  }
  if (at != text.size()) return std::nullopt;
  exponent += scale;

  number.digits = whole + fraction;
  number.exponent = exponent - static_cast<long>(fraction.size());
  number.plain = (number.negative ? "-" : "") + (whole.empty() ? "0" : whole) +
                 (fraction.empty() ? "" : "." + fraction) + "e" + std::to_string(exponent);
  return number;
}

/// The integer that a decimal number is, saturated above 2^64; nothing when it has a fractional part.
struct Whole {
  std::uint64_t value;
  bool too_large;
};

std::optional<Whole> to_whole(Decimal number) {
  while (number.exponent < 0 && !number.digits.empty() && number.digits.back() == '0') {
    number.digits.pop_back();
    ++number.exponent;
  }
  std::size_t const first = number.digits.find_first_not_of('0');
  if (first == std::string::npos) return Whole{0, false};
  if (number.exponent < 0) return std::nullopt;
  number.digits.erase(0, first);
  if (number.digits.size() + static_cast<std::size_t>(number.exponent) > 20) return Whole{0, true};
  number.digits.append(static_cast<std::size_t>(number.exponent), '0');
  std::uint64_t value = 0;
  auto const result =
      std::from_chars(number.digits.data(), number.digits.data() + number.digits.size(), value);
  return Whole{value, result.ec != std::errc{}};
}

struct RealForm {
  std::string_view examples;
  int scale;  ///< the number that is written counts 10^scale
};

/// @param text    as typed, for messages
/// @param number  the part of it that is the number
double parse_scaled(std::string_view text, std::string_view number, std::string_view what, double low,
                    double high, RealForm const& form) {
  std::string const range = "give a number from " + shortest(low) + " to " + shortest(high);
  if (text.empty())
    throw Error(ExitCode::usage, std::string(what) + " is empty", "a number is needed", range);
  std::optional<Decimal> const decimal = scan_decimal(number, form.scale);
  if (!decimal)
    throw Error(ExitCode::usage, quoted(what, text) + " is not a number",
                "forms: " + std::string(form.examples), range);
  double value = 0;
  char const* const end = decimal->plain.data() + decimal->plain.size();
  auto const result = std::from_chars(decimal->plain.data(), end, value);
  if (result.ec != std::errc{} || !(value >= low && value <= high))
    throw Error(ExitCode::usage, quoted(what, text) + " is out of range",
                "accepted: " + shortest(low) + " to " + shortest(high), "give a number in this range");
  return value;
}

/// The nearest number with so many decimals; never -0.
double round_to_decimals(double value, int decimals) {
  if (std::abs(value) >= 1e12) return value;  // no decimals there anyway
  std::array<char, 32> text{};
  auto const written =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, decimals);
  double rounded = 0;
  std::from_chars(text.data(), written.ptr, rounded);
  return rounded + 0.0;  // -0 + 0 = 0
}

}  // namespace

std::string quoted(std::string_view what, std::string_view text) {
  return std::string(what) + " '" + std::string(text) + "'";
}

std::uint64_t parse_count(std::string_view text, std::string_view what, std::uint64_t low,
                          std::uint64_t high) {
  std::string const range = "give a whole number from " + std::to_string(low) + " to " + std::to_string(high);
  if (text.empty())
    throw Error(ExitCode::usage, std::string(what) + " is empty", "a number is needed", range);
  std::optional<Decimal> const number = scan_decimal(text);
  if (!number)
    throw Error(ExitCode::usage, quoted(what, text) + " is not a whole number", "forms: 5000, 1e9, 1_000_000",
                range);
  std::optional<Whole> const whole = to_whole(*number);
  if (!whole)
    throw Error(ExitCode::usage, quoted(what, text) + " is not a whole number", "it has a fractional part",
                range);
  bool const negative = number->negative && whole->value != 0;
  if (negative || whole->too_large || whole->value < low || whole->value > high)
    throw Error(ExitCode::usage, quoted(what, text) + " is out of range",
                "accepted: " + std::to_string(low) + " to " + std::to_string(high),
                "give a whole number in this range");
  return whole->value;
}

double parse_real(std::string_view text, std::string_view what, double low, double high) {
  return parse_scaled(text, text, what, low, high, {"2, 0.25, 1e-6", 0});
}

double parse_share(std::string_view text, std::string_view what, double low, double high) {
  std::string_view const number = text.ends_with('%') ? text.substr(0, text.size() - 1) : text;
  return parse_scaled(text, number, what, low, high, {"0.25, 1e-6, 25%", text.ends_with('%') ? -2 : 0});
}

bool is_number(std::string_view text) { return scan_decimal(text).has_value(); }

std::string counted(std::uint64_t count, std::string_view what) {
  std::string text = std::to_string(count);
  return text.append(" ").append(what).append(count == 1 ? "" : "s");
}

std::string shortest(double value) {
  DSGD_EXPECTS(std::isfinite(value));
  std::array<char, 32> text{};
  auto const result = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), result.ptr};
}

std::string significant(double value, int digits) {
  DSGD_EXPECTS(std::isfinite(value) && digits >= 1 && digits <= 17);
  std::array<char, 64> text{};
  auto const result =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific, digits - 1);
  std::string scientific(text.data(), result.ptr);
  int const exponent = std::stoi(scientific.substr(scientific.find('e') + 1));
  if (exponent < -5 || exponent >= digits) return scientific;
  auto const fixed = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed,
                                   digits - 1 - exponent);
  return {text.data(), fixed.ptr};
}

std::string percent_text(double share, int digits) {
  if (share < 1 && round_to_digits(100 * share, digits) >= 100) return "< 100 %";
  return significant(100 * share, digits) + " %";
}

double round_to_12_digits(double value) { return round_to_digits(value, 12); }

double round_to_digits(double value, int digits) {
  std::array<char, 32> text{};
  auto const written =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific, digits - 1);
  double rounded = 0;
  std::from_chars(text.data(), written.ptr, rounded);
  return rounded;
}

double round_to_4_decimals(double value) { return round_to_decimals(value, 4); }
double round_to_12_decimals(double value) { return round_to_decimals(value, 12); }

}  // namespace dsgd
