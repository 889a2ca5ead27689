#include "table/cell.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <utility>

#include "text/number.hpp"

namespace dsgd::table {
namespace {

constexpr double no_delay = std::numeric_limits<double>::quiet_NaN();

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Without the sign + that std::from_chars does not know.
std::string_view without_plus(std::string_view text) {
  if (text.starts_with('+') && text.find_first_of("+-", 1) != 1) text.remove_prefix(1);
  return text;
}

/// Where a number that begins the text ends, and what it is.
struct Number {
  std::size_t bytes = 0;  ///< 0 where there is none
  double value = 0;
  bool out_of_range = false;
};

Number number_in(std::string_view text) {
  std::string_view const unsigned_text = without_plus(text);
  Number number;
  auto const [end, error] =
      std::from_chars(unsigned_text.data(), unsigned_text.data() + unsigned_text.size(), number.value);
  if (error == std::errc::invalid_argument) return number;
  number.bytes = static_cast<std::size_t>(end - text.data());
  number.out_of_range = error == std::errc::result_out_of_range;
  return number;
}

/// The decimal exponent of a number's first digit that is not 0, as far as it tells large from small.
/// @pre text is a number other than 0, nan or inf
long exponent_of(std::string_view text) {
  std::size_t const e = text.find_first_of("eE");
  std::string_view const digits = text.substr(0, e);
  std::size_t const first = digits.find_first_of("123456789");
  std::size_t const point = std::min(digits.find('.'), digits.size());
  long const place = static_cast<long>(point) - static_cast<long>(first);
  if (e == std::string_view::npos) return place;
  std::string_view const power = without_plus(text.substr(e + 1));
  long exponent = 0;
  auto const [end, error] = std::from_chars(power.data(), power.data() + power.size(), exponent);
  constexpr long far = std::numeric_limits<long>::max() / 2;
  if (error == std::errc::result_out_of_range) exponent = power.front() == '-' ? -far : far;
  return exponent + place;
}

CellProblem problem_of_number(std::string_view field, Number const& number) {
  if (std::isnan(number.value))
    return {"is not a number", "a delay must be one", "correct it, or delete the row"};
  if (field.front() == '-') return {"is negative", "a delay is 0 or more", "correct it, or delete the row"};
  if (number.out_of_range && exponent_of(field) < 0)
    return {"is too small", "64-bit numbers end at " + shortest(std::numeric_limits<double>::denorm_min()),
            "write 0, or use a smaller unit of time"};
  if (std::isinf(number.value))
    return {"is infinite", "a delay must be finite", "correct it, or delete the row"};
  return {"is above " + shortest(max_delay), "too large for 32-bit numbers", "use a larger unit of time"};
}

/// Digits in groups of three, as in 1'234'567; the first group may be shorter.
bool is_grouped(std::string_view text, char separator) {
  std::size_t const first = text.find(separator);
  if (first == 0 || first > 3 || (text.size() - first) % 4 != 0) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const separates = i >= first && (i - first) % 4 == 0;
    if (separates ? text[i] != separator : !is_digit(text[i])) return false;
  }
  return true;
}

std::string without(std::string_view text, char removed) {
  std::string result(text);
  std::erase(result, removed);
  return result;
}

/// True for numbers with blanks between them, as columns of other programs have.
bool is_several_numbers(std::string_view field) {
  std::size_t count = 0;
  while (!field.empty()) {
    std::size_t const end = std::min(field.find_first_of(" \t"), field.size());
    if (!is_number(field.substr(0, end))) return false;
    ++count;
    field.remove_prefix(std::min(field.find_first_not_of(" \t", end), field.size()));
  }
  return count > 1;
}

/// How a number is written without an apostrophe, blank or underscore between thousands; nothing where it has
/// none.
std::optional<std::string> without_thousands(std::string_view field) {
  for (char const separator : {'\'', ' ', '_'}) {
    std::size_t const point = std::min(field.find('.'), field.size());
    std::string plain = without(field, separator);
    if (is_grouped(field.substr(0, point), separator) && is_number(plain)) return plain;
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> delay_of(std::string_view field) {
  double const value = delay_or_nan(field);
  return std::isnan(value) ? std::nullopt : std::optional(value);
}

/// The digits and the power of ten below them are exact as doubles: their quotient is the nearest one.
char const* read_short_number(char const* begin, char const* end, double& value) {
  constexpr std::ptrdiff_t most = 15;
  static constexpr std::array<double, most + 1> powers{1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                       1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  std::uint64_t number = 0;  // where it overflows, there are too many digits
  char const* at = begin;
  for (; at != end && is_digit(*at); ++at) number = 10 * number + static_cast<std::uint64_t>(*at - '0');
  std::ptrdiff_t digits = at - begin, decimals = 0;
  if (at != end && *at == '.') {
    char const* const first = ++at;
    for (; at != end && is_digit(*at); ++at) number = 10 * number + static_cast<std::uint64_t>(*at - '0');
    decimals = at - first;
    digits += decimals;
  }
  if (digits == 0 || digits > most) return nullptr;
  value = static_cast<double>(number) / powers[static_cast<std::size_t>(decimals)];
  return at;
}

double delay_or_nan(std::string_view field) {
  double value = 0;
  char const* const field_end = field.data() + field.size();
  if (read_short_number(field.data(), field_end, value) == field_end && !field.empty()) return value;
  std::string_view const text = without_plus(field);
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || !(value >= 0 && value <= max_delay)) return no_delay;
  return value + 0.0;  // -0 + 0 = 0
}

bool is_number(std::string_view field) {
  Number const number = number_in(field);
  return number.bytes > 0 && number.bytes == field.size();
}

bool is_whole(std::string_view field) {
  return !field.empty() && std::all_of(field.begin(), field.end(), is_digit);
}

bool is_missing(std::string_view field) {
  constexpr std::array<std::string_view, 12> words{"",     "na",   "n/a",     "#n/a", "<na>", "nan",
                                                   "null", "none", "missing", "-",    "--",   "?"};
  constexpr std::size_t longest = 7;
  if (field.size() > longest || (!field.empty() && is_digit(field.front()))) return false;  // nearly always
  std::string text(field);
  std::transform(text.begin(), text.end(), text.begin(), lower);
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool begins_with_spreadsheet_error(std::string_view row) {
  constexpr std::array<std::string_view, 7> errors{"#n/a",  "#div/0!", "#name?", "#null!",
                                                   "#num!", "#ref!",   "#value!"};
  std::string field(row.substr(0, row.find_first_of(",;\t ")));
  std::transform(field.begin(), field.end(), field.begin(), lower);
  return std::find(errors.begin(), errors.end(), field) != errors.end();
}

bool starts_as_number(std::string_view field) {
  std::size_t const digit = field.find_first_not_of("+-.,");
  return digit <= 2 && is_digit(field[digit]);
}

std::optional<std::string> with_point(std::string_view field) {
  std::size_t const comma = field.find(',');
  if (comma == std::string_view::npos || field.find('.') != std::string_view::npos) return std::nullopt;
  std::string text(field);
  text[comma] = '.';
  return is_number(text) ? std::optional(std::move(text)) : std::nullopt;
}

bool may_be_thousands(std::string_view field) { return !field.starts_with('0') && is_grouped(field, ','); }

bool has_blanks_between_thousands(std::string_view text) {
  return is_grouped(text.substr(0, text.find('.')), ' ') && is_number(without(text, ' '));
}

std::optional<std::string> without_commas(std::string_view text) {
  std::size_t const comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  std::size_t const point = text.find('.');
  std::string_view const before_point = text.substr(0, point);
  if (is_grouped(before_point, ',') && is_number(without(text, ','))) {
    bool const open = point == std::string_view::npos && text.rfind(',') == comma;
    std::string const thousands = without(text, ',');
    std::string with_point(text);
    with_point[comma] = '.';
    return open ? thousands + " or " + with_point : thousands;
  }
  std::string_view const before_comma = text.substr(0, comma);
  bool const thousands = is_grouped(before_comma, '.');
  std::string plain = thousands ? without(text, '.') : std::string(text);
  std::replace(plain.begin(), plain.end(), ',', '.');
  bool const one_comma = text.find(',', comma + 1) == std::string_view::npos;
  return one_comma && is_number(plain) ? std::optional(plain) : std::nullopt;
}

CellProblem problem_of(std::string_view field) {
  std::string const fill_in = "fill in the value, or delete the row";
  if (field.empty()) return {"is empty", "every row needs a value", fill_in, "missing", "skip"};
  if (is_missing(field))
    return {"is a missing value", "every row needs a number", fill_in, "missing", "skip"};
  Number const number = number_in(field);
  if (number.bytes > 0 && number.bytes == field.size()) return problem_of_number(field, number);
  if (auto const plain = without_commas(field))
    return {"has a comma", "numbers have a decimal point and no separators of thousands", "write " + *plain,
            with_point(field) ? "decimal" : "", "comma"};
  if (auto const plain = without_thousands(field))
    return {"has separators of thousands", "numbers have none", "write " + *plain};
  if (is_several_numbers(field))
    return {"is several numbers", "commas, semicolons or tabs separate fields, blanks do not",
            "put commas between them", "separator", "space"};
  std::string_view const rest =
      field.substr(std::min(field.find_first_not_of(" \t", number.bytes), field.size()));
  bool const letter = !rest.empty() && ((lower(rest[0]) >= 'a' && lower(rest[0]) <= 'z') || rest[0] == '%' ||
                                        static_cast<unsigned char>(rest[0]) >= 0x80);
  if (number.bytes > 0 && letter && is_digit(field[number.bytes - 1]) &&
      field.find_first_of(".0123456789", number.bytes) == std::string_view::npos)
    return {"has a unit", "a delay is a number without one",
            "remove it, and write all numbers in the same unit"};
  return {"is not a number", "a delay must be one", "correct it, or delete the row"};
}

}  // namespace dsgd::table
