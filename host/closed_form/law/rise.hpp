#pragma once

#include <algorithm>
#include <cmath>

namespace dsgd::exact {

/// value(e0 + de) - value(e0), where the difference of the two would cancel by Gauss and Legendre's rule with
/// three nodes over the slope. Both may vary like a power of e near 0 and more slowly than exp(e).
/// @param value0  value(e0)
template <class Value, class Slope>
double rise_of(Value const& value, Slope const& slope, double e0, double value0, double de) {
  if (std::abs(de) > 0.01 * std::min(1.0, e0)) return value(e0 + de) - value0;
  double const half = de / 2;
  double const offset = half * std::sqrt(0.6);
  double const middle = e0 + half;
  return half * (5 * slope(middle - offset) + 8 * slope(middle) + 5 * slope(middle + offset)) / 9;
}

}  // namespace dsgd::exact
