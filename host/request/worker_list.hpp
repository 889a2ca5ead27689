#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dsgd/draw/address.hpp"
#include "text/value_list.hpp"

namespace dsgd {

/// No sweep has more points: their results are kept in memory.
inline constexpr std::uint64_t max_points = max_list_entries;

/// Reads --workers: "20", "1:20", "10:100:10", "1:1024:x2" and so on, as parse_count_list() reads them.
/// @throws Error usage for anything else and for values outside 1 .. most
inline std::vector<std::uint64_t> parse_workers(std::string_view list, std::uint64_t most = max_workers) {
  return parse_count_list(list, "--workers", 1, most);
}

/// The shortest such list, about: "1:20,30:50:10". @param workers  ascending, without repetitions
std::string workers_text(std::span<std::uint64_t const> workers);

}  // namespace dsgd
