/// Every runtime by its definition, one iteration or replication at a time.
#pragma once

#include <cstdint>

#include "dsgd/engine.hpp"

namespace dsgd {

/// Adds one iteration, or one replication where clocks are followed.
void add_unit(Stream stream, std::uint64_t unit, Observable const& observable, Summary& summary);

}  // namespace dsgd
