#pragma once

#include <cstdint>
#include <vector>

#include "exact/law/list.hpp"

namespace dsgd::exact {

/// Adds places between which the tails of the extremes of n delays are smooth on the scale of their distance:
/// atoms, ends of the support, and quantiles from the least of n delays to the largest.
void add_breaks(Law const& law, std::uint64_t n, std::vector<double>& breaks);

/// The values in ascending order, each once.
std::vector<double> ascending(std::vector<double> values);

}  // namespace dsgd::exact
