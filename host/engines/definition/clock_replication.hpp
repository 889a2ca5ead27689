/// One replication of a strategy that follows the workers' clocks, event by event: the definition.
#pragma once

#include <cstdint>

#include "dsgd/engine/stop_check.hpp"
#include "dsgd/observable.hpp"
#include "dsgd/summary/summary.hpp"

namespace dsgd {

/// Adds the updates of one replication. All workers start as the plan says. Of arrivals at the same tick the
/// one of the lower worker counts as earlier.
/// @throws Stopped
/// @pre observable.runtime holds Clocks
void add_replication(Stream stream, std::uint64_t replication, Observable const& observable, Summary& summary,
                     StopCheck& stop);

/// To its end.
inline void add_replication(Stream stream, std::uint64_t replication, Observable const& observable,
                            Summary& summary) {
  StopCheck never;
  add_replication(stream, replication, observable, summary, never);
}

}  // namespace dsgd
