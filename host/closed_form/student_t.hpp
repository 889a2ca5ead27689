#pragma once

#include <cstdint>

namespace dsgd {

/// Half width of the central 95 % interval of Student's t distribution. @param degrees_of_freedom  >= 1
double student_t_95(std::uint64_t degrees_of_freedom);

}  // namespace dsgd
