/// How long delays are, roughly, where a time that suits them is looked for.
#pragma once

#include "dsgd/fleet.hpp"

namespace dsgd {

/// Half of the delays are longer, time units.
double median_delay(Law const& law);

/// Mean of a delay, time units; the median where that is infinite.
double typical_delay(Law const& law);

/// What a worker's job takes, on average over the workers, time units.
double typical_delay(Fleet const& fleet);

}  // namespace dsgd
