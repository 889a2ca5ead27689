#pragma once

#include <cstdint>

#include "dsgd/point.hpp"

namespace dsgd {

/// Mean time of an update of replayed steps on clocks, time units, over windows of whole passes through the steps: what a shorter
/// window measures depends on the steps that it begins at, and would differ between tables for that reason alone.
/// Tables of many steps have shorter windows, which hold many of them.
/// @pre the fleet replays steps, and the runtime follows clocks
double mean_of_passes(Point const& point, std::uint64_t seed);

}  // namespace dsgd
