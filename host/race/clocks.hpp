/// Strategies whose workers go on from job to job, by the definition.
#pragma once

#include "dsgd/runtime.hpp"
#include "race/replication.hpp"

namespace dsgd {

/// Follows the workers' clocks, arrival by arrival, until nothing is left to measure. @throws Stopped
void follow(Clocks const& clocks, RaceReplication& replication);

}  // namespace dsgd
