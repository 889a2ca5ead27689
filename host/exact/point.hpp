/// What is known exactly about a point.
#pragma once

#include <optional>

#include "dsgd/point.hpp"
#include "dsgd/time_scale.hpp"
#include "exact/moments.hpp"

namespace dsgd {

/// Exact moments of the runtime of one iteration.
/// @return nothing where neither a closed form nor a quadrature is known, never a guess
std::optional<Moments> exact_runtime(Point const& point);

/// Turns what the strategy makes of the delays, their shifts included, into the runtime: offset + scale * time.
/// @param form  runtime(point)
TimeScale scale_of_runtime(Point const& point, Runtime const& form);

/// Index with which P(runtime > x) falls like x^-index: there is a mean where this exceeds 1, a variance
/// where it exceeds 2, also where neither is known. Infinite where it falls faster than any power.
double runtime_tail_index(Point const& point);

/// Long-run mean of the updates between a gradient's model and the one that it is applied to.
/// @return nothing where every update restarts all workers, and where it is not known
std::optional<double> exact_staleness(Point const& point);

/// False where copies begin once others have arrived, and where measured steps have no times of them: what they come to is
/// not known.
bool has_known_copies(Point const& point, Copied const& copied);

}  // namespace dsgd
