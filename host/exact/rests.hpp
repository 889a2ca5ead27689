#pragma once

#include <optional>
#include <span>

#include "exact/fleet.hpp"

namespace dsgd::exact {

/// Mean of the least rest of a delay among the workers of a fleet, at any moment in the long run, where
/// P(rest > x) = 1 - E[min(X, x)] / E[X]. It is `infinite` where it does not exist.
/// @return nothing for laws with atoms, whose workers may stay in step for ever, and laws without mean
std::optional<double> mean_least_rest(std::span<Group const> fleet);

}  // namespace dsgd::exact
