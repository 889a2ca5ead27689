#pragma once

#include <functional>

#include "exact/beta_tails.hpp"

namespace dsgd::exact {

/// E[(X - mean)^2; X > mean + distance], the part of the variance that lies so far out: to about 5 %, enough
/// to compare it with the whole.
/// @param tails     P(X <= x), P(X > x)
/// @param mean      mean of X
/// @param distance  > 0, in the unit of X; what lies beyond 2^60 of it is left out
double variance_beyond(std::function<Tails(double)> const& tails, double mean, double distance);

}  // namespace dsgd::exact
