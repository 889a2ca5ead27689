#pragma once

#include <cstdint>

namespace dsgd {

/// Half width of the central 95 % of a normal law, in standard deviations.
inline constexpr double normal_95 = 1.959963984540054;

/// Half width of the central 95 % interval of Student's t distribution. @param degrees_of_freedom  >= 1
double student_t_95(std::uint64_t degrees_of_freedom);

/// Distance from 0 that Student's t exceeds, on either side, with the given probability.
/// @param degrees_of_freedom  >= 1
/// @param probability         in (0, 1)
double student_t_bound(std::uint64_t degrees_of_freedom, double probability);

}  // namespace dsgd
