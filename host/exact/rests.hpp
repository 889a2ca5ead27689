#pragma once

#include <optional>
#include <span>

#include "exact/fleet.hpp"

namespace dsgd::exact {

/// In the long run a worker at any moment has a rest of its delay before it: P(rest > x) = 1 - E[min(X, x)] /
/// E[X]. Mean of the least of a fleet's rests, `infinite` where it does not exist.
/// @return nothing for laws with atoms, whose workers may stay in step for ever, and laws without mean
std::optional<double> mean_least_rest(std::span<Group const> fleet);

}  // namespace dsgd::exact
