/// Every runtime by its definition, one iteration or replication at a time.
#pragma once

#include <cstdint>

#include "dsgd/engine/engine.hpp"

namespace dsgd {

/// Adds one iteration, or one replication where clocks are followed. @throws Stopped
void add_unit(Stream stream, std::uint64_t unit, Observable const& observable, Summary& summary,
              StopCheck& stop);

/// Adds one iteration or replication and never stops early.
inline void add_unit(Stream stream, std::uint64_t unit, Observable const& observable, Summary& summary) {
  StopCheck never;
  add_unit(stream, unit, observable, summary, never);
}

}  // namespace dsgd
