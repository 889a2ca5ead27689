/// One replication of a strategy that follows the workers' clocks, event by event: the definition.
#pragma once

#include <cstdint>

#include "dsgd/engine/stop_check.hpp"
#include "dsgd/observable.hpp"
#include "dsgd/summary/summary.hpp"

namespace dsgd {

/// Adds the updates of one replication. All workers start as the plan says. Of two workers that arrive at the
/// same tick the lower one counts as earlier.
/// @throws Stopped
/// @pre observable.runtime holds Clocks
void add_replication(Stream stream, std::uint64_t replication, Observable const& observable, Summary& summary,
                     StopCheck& stop);

/// Adds one replication and never stops early.
inline void add_replication(Stream stream, std::uint64_t replication, Observable const& observable,
                            Summary& summary) {
  StopCheck never;
  add_replication(stream, replication, observable, summary, never);
}

}  // namespace dsgd
