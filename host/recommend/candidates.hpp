/// The strategies that are compared where a user names none.
#pragma once

#include <cstdint>
#include <vector>

#include "dsgd/strategy/list.hpp"

namespace dsgd {

/// sync, backup with spares up to a quarter of the workers, and async, k-async and k-batch-async; where
/// communication takes time local-sgd in place of these, as their workers do not wait for it. Numbers of spares and gradients are spread evenly where there are many.
/// @param workers  >= 1
std::vector<Strategy> default_candidates(std::uint64_t workers, bool has_communication);

}  // namespace dsgd
