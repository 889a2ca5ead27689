#pragma once

#include <algorithm>
#include <cmath>

namespace dsgd::exact {

/// A difference of cumulative hazards, each of the three with its own relative accuracy.
struct HazardStep {
  double from, to;
  double by;  ///< to - from
};

/// value(step.to) - value(step.from). Where that would cancel, it is taken by Gauss and Legendre's rule with
/// three nodes over the slope. Both may vary like a power of e near 0, and more slowly than exp(e).
/// @param start  value(step.from)
template <class Value, class Slope>
double rise_of(Value const& value, Slope const& slope, double start, HazardStep step) {
  if (std::abs(step.by) > 0.01 * std::min(1.0, step.from)) return value(step.to) - start;
  double const half = step.by / 2;
  double const offset = half * std::sqrt(0.6);
  double const middle = step.from + half;
  return half * (5 * slope(middle - offset) + 8 * slope(middle) + 5 * slope(middle + offset)) / 9;
}

}  // namespace dsgd::exact
