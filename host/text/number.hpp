/// Numbers as users type and read them: strict parsing, and text that is the same on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dsgd {

/// A value and what it is of, as errors name them: "what 'text'".
std::string quoted(std::string_view what, std::string_view text);

/// A whole number such as 5000, 1e9, 1.5e3 or 1_000_000, in [low, high].
/// @param what  the option or key, for the message
/// @throws Error usage, naming `what` and the range
std::uint64_t parse_count(std::string_view text, std::string_view what, std::uint64_t low,
                          std::uint64_t high);

/// A decimal number such as 2, 0.25, .5 or 1e-6, in [low, high].
/// @throws Error usage, naming `what` and the range
double parse_real(std::string_view text, std::string_view what, double low, double high);

/// A number as parse_real() takes it, or in per cent: 0.01 and 1% are the same number.
/// @throws Error usage, naming `what` and the range
double parse_share(std::string_view text, std::string_view what, double low, double high);

/// Has the text the form of a decimal number, whatever its value?
bool is_number(std::string_view text);

/// "1 step", "2 steps". @param what  of which the plural ends in s
std::string counted(std::uint64_t count, std::string_view what);

/// The shortest text that reads back as the same number, in the C locale. @pre value is finite
std::string shortest(double value);

/// `digits` significant digits, trailing zeros kept: for tables. @pre value is finite, 1 <= digits <= 17
std::string significant(double value, int digits);

/// A share of a whole in per cent, "12.5 %", in so many significant digits; "< 100 %" where these would be those of
/// the whole. @pre share is finite
std::string percent_text(double share, int digits);

/// The nearest number with so many significant decimal digits, 1 to 17.
double round_to_digits(double value, int digits);

/// The same with 12: hides what C libraries differ in.
double round_to_12_digits(double value);

/// The nearest number with 4 decimals; never -0.
double round_to_4_decimals(double value);

/// The same with 12: hides what C libraries differ in, in a share of a whole.
double round_to_12_decimals(double value);

}  // namespace dsgd
