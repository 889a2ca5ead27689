#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsgd/draw.hpp"

namespace dsgd {

/// No sweep has more points: their results are kept in memory.
inline constexpr std::uint64_t max_points = 1'000'000;

/// "20", "1:20", "10:100:10", "1:1024:x2" and commas between them, as their union, ascending. Ranges include
/// both ends.
/// @param option  for messages, such as --workers
/// @throws Error usage for anything else, for values outside 1 .. most and for more than max_points
/// values
std::vector<std::uint64_t> parse_counts(std::string_view list, std::string_view option, std::uint64_t most);

/// Of --workers.
inline std::vector<std::uint64_t> parse_workers(std::string_view list, std::uint64_t most = max_workers) {
  return parse_counts(list, "--workers", most);
}

/// The shortest such list, about: "1:20,30:50:10". @param workers  ascending, without repetitions
std::string workers_text(std::span<std::uint64_t const> workers);

}  // namespace dsgd
