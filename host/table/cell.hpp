/// One field of a table: the delay in it, or why there is none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dsgd::table {

inline constexpr double max_delay = 1e36;       ///< so that 32-bit numbers hold what is left of it
inline constexpr std::size_t shown_bytes = 40;  ///< the most that a message shows of a field

/// Why a field is refused, and what to do about it.
struct CellProblem {
  std::string what;    ///< "is empty (every row needs a value)"
  std::string advice;  ///< "fill it in, or delete the row"
};

/// @return  the number in a field without blanks around it, where it is in [0, max_delay]; -0 is 0
std::optional<double> delay_of(std::string_view field);

/// @pre delay_of(field) has no value
CellProblem problem_of(std::string_view field);

/// True for a number in full, also for one that no delay can be (nan, -1, 1e999).
bool is_number(std::string_view field);

/// True for digits alone.
bool is_whole(std::string_view field);

/// True for what people and programs write where a value is missing, such as NA; also for nothing at all.
bool is_missing(std::string_view field);

/// True where a number begins the field, such as 0.5s or 1,234.5.
bool starts_as_number(std::string_view field);

/// How a number with commas is written without them: "1.5" for 1,5, "1234.5" for 1,234.5 and 1.234,5, both
/// where 1,234 leaves it open.
/// @return  nothing where the text is no such number
std::optional<std::string> without_commas(std::string_view text);

}  // namespace dsgd::table
