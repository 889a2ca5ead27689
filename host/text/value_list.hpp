/// Lists of numbers, in options and in specs; of whole numbers: `2,4,8`, `1:8`, `1:64:8` (with a step), `1:1024:x2` (with
/// a factor), commas between them. `..` may stand for each `:` of a range.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dsgd/parameter.hpp"

namespace dsgd {

/// How many values a list may have, and all the specs of an option together.
inline constexpr std::size_t max_list_entries = 1'000'000;

/// The parts of a list between commas. @throws Error usage, naming `what`, for an empty part of several
std::vector<std::string_view> split_list(std::string_view text, std::string_view what);

/// Ranges include both ends.
/// @param what  the option or key, for messages
/// @return what the list names, ascending, without repetitions
/// @throws Error usage, naming `what` and either the range of values or how a list is written; also for more
/// than max_list_entries values
std::vector<std::uint64_t> parse_count_list(std::string_view text, std::string_view what, std::uint64_t low,
                                            std::uint64_t high);

/// Real numbers: `1.5,2,2.5`, `1:9:2` (with a step, which ranges need here), `1:1024:x2` (with a factor).
/// @return what the list names, ascending, without repetitions
/// @throws Error usage as parse_count_list()
std::vector<double> parse_real_list(std::string_view text, std::string_view what, double low, double high);

/// The same of numbers in [0, 1], which may be percentages: `0.25,0.5` or `25%,50%`.
std::vector<double> parse_fraction_list(std::string_view text, std::string_view what, double low,
                                        double high);

/// Counts as above and percentages in (0, 100], with up to six decimals.
/// @return counts, then percentages; both ascending, without repetitions
std::vector<Share> parse_share_list(std::string_view text, std::string_view what, std::uint32_t low,
                                    std::uint32_t high);

/// The one text of a share: "8", "90%", "12.5%".
std::string share_text(Share share);

/// Specs between commas. A comma before a digit does not separate: it continues the list before it.
std::vector<std::string_view> split_specs(std::string_view option_value);

}  // namespace dsgd
