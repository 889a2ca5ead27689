/// Exact values of the slowest sum of delays, for workers that take several steps before they meet.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "exact/fleet.hpp"
#include "exact/law/list.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// Largest of m sums of n delays (local-sgd, before communication). Any law for n = 1 or m = 1; otherwise
/// those laws whose sums have a known law: (shifted) exponential, gamma, constant, two-point up to 10^6
/// steps, uniform up to 12.
/// @return nothing for other laws
std::optional<Moments> slowest_sum_moments(Law const& law, std::uint64_t workers, std::uint64_t n);

/// Largest sum of n delays of workers that are not alike.
/// @return nothing where some group's sum has no law of the list (uniform and two-point delays)
std::optional<Moments> slowest_sum_moments(std::span<Group const> fleet, std::uint64_t n);

}  // namespace dsgd::exact
