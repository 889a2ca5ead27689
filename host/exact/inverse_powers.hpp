#pragma once

#include <cstdint>

namespace dsgd::exact {

/// Sum of i^-power over first <= i <= last, without cancellation: relative error below 1e-15 for powers up to
/// 4, below 1e-13 up to 16.
/// @pre 1 <= first <= last < 2^63, 1 <= power <= 16
double inverse_power_sum(std::uint64_t first, std::uint64_t last, int power);

}  // namespace dsgd::exact
