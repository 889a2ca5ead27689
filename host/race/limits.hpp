/// What cannot be raced.
#pragma once

#include <string>

#include "dsgd/point.hpp"
#include "dsgd/race/task.hpp"

namespace dsgd {

/// @param option  by which the last of the times is given
/// @throws Error usage where a worker would come to no end, or to none soon, and where copies would take times of
/// steps in which they were not measured
void require_race(Point const& point, RaceMeasures const& measures, std::string const& option);

}  // namespace dsgd
