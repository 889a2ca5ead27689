/// One replication of a race, event by event: the definition. Any other way to compute it gives the same bits.
#pragma once

#include <cstdint>

#include "dsgd/engine/stop_check.hpp"
#include "dsgd/race/summary.hpp"
#include "dsgd/race/task.hpp"

namespace dsgd {

/// Adds one replication. All workers begin a job at time 0 with the start model, and go on as the strategy
/// says; of two that arrive at the same time the lower one counts as earlier. Times are doubles: a job ends
/// where adding its delay to its begin, once, ends. The error at a time is that after the last update not
/// later than it.
/// @throws Stopped
/// @pre replication < 2^32, delays are not always 0, and no worker has max_jobs until all is measured
void add_race(RaceTask const& task, std::uint64_t replication, RaceSummary& summary, StopCheck& stop);

}  // namespace dsgd
