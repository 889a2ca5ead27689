/// One field of a table: the delay in it, or why there is none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dsgd::table {

inline constexpr double max_delay = 1e36;       ///< so that 32-bit numbers hold what is left of it
inline constexpr std::size_t shown_bytes = 40;  ///< the most that a message shows of a field

/// What stands before the decimals of a number.
enum class Decimal { point, comma };

/// What is wrong with a field, why, and what to do about it.
struct CellProblem {
  std::string what;                  ///< "is empty"
  std::string why;                   ///< "every row needs a value"
  std::string advice;                ///< "fill it in, or delete the row"
  std::string key = {}, value = {};  ///< of the table, which mend it as well; empty where none does
};

/// @return  the number in a field without blanks around it, where it is in [0, max_delay]; -0 is 0
std::optional<double> delay_of(std::string_view field);

/// The same, with NaN where there is none: the two parts of an optional are stored apart and loaded together,
/// which processors wait for.
double delay_or_nan(std::string_view field);

/// Reads a number of up to 15 digits with at most a point, as delay_of() does in twice the time.
/// @param begin, end  text that the number begins
/// @param value       set where there is one
/// @return            what follows it; null where none is there
char const* read_short_number(char const* begin, char const* end, double& value);

/// @pre delay_of(field) has no value
CellProblem problem_of(std::string_view field);

/// True for a number in full, also for one that no delay can be (nan, -1, 1e999).
bool is_number(std::string_view field);

/// True for digits alone.
bool is_whole(std::string_view field);

/// True for what people and programs write where a value is missing, such as NA; also for nothing at all.
bool is_missing(std::string_view field);

/// True where the first field of a row is what spreadsheets write for a value that is none, such as #N/A: such
/// a row is no comment.
/// @param row  begins with '#'
bool begins_with_spreadsheet_error(std::string_view row);

/// True where a number begins the field, such as 0.5s or 1,234.5.
bool starts_as_number(std::string_view field);

/// A number whose decimals stand behind a comma, with a point in its place: "1.5" for 1,5.
/// @return  nothing where the text is no such number
std::optional<std::string> with_point(std::string_view field);

/// True for digits in groups of three behind the first, as in 1,234: thousands, or a decimal comma. A group
/// that begins with 0 has no thousands.
bool may_be_thousands(std::string_view field);

/// True for a number whose thousands are set apart by blanks, as in 12 345.6.
bool has_blanks_between_thousands(std::string_view text);

/// How a number with commas is written without them: "1.5" for 1,5, "1234.5" for 1,234.5 and 1.234,5, both
/// where 1,234 leaves it open.
/// @return  nothing where the text is no such number
std::optional<std::string> without_commas(std::string_view text);

}  // namespace dsgd::table
