/// Delays whose tail is exponential: they have no memory, and waiting for few always pays.
#pragma once

#include <optional>

#include "dsgd/fleet.hpp"

namespace dsgd {

/// The same workers with gamma delays of the same shift and mean, and half the deviation of an exponential law.
/// @return nothing where a law has no exponential tail
std::optional<Fleet> with_gamma_delays(Fleet const& fleet);

}  // namespace dsgd
