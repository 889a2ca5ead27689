/// What is known exactly about a point.
#pragma once

#include <optional>

#include "closed_form/moments.hpp"
#include "dsgd/point.hpp"

namespace dsgd {

/// Exact moments of the runtime of one iteration.
/// @return nothing where neither a closed form nor a quadrature is known, never a guess
std::optional<Moments> exact_runtime(Point const& point);

}  // namespace dsgd
