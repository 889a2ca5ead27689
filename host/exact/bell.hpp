#pragma once

#include <functional>
#include <optional>

#include "exact/moments.hpp"

namespace dsgd::exact {

/// A value and the density, up to a constant factor, with which it is taken.
struct WeightedValue {
  double weight, value;
};

/// Moments of start + value(s), where s has a density proportional to weight(s). Both must be analytic near
/// the real line, and the weight a bell around 0 with weight(0) of order 1. The step of the trapezoidal rule
/// is halved until two sums agree. The variance is the central second moment: nothing cancels.
/// @param start  a typical value, from which the others are measured
/// @param step   first step; half the width of the bell or less
/// @param reach  the right end is not looked for before this
/// @return       nothing where the sums do not converge
std::optional<Moments> bell_moments(std::function<WeightedValue(double)> const& at, double start, double step,
                                    double reach);

/// The same mean alone, of values without a spread too: the sums agree where it is known to 1e-17 of itself.
/// @pre values >= 0
/// @return  nothing where the sums do not converge
std::optional<double> bell_mean(std::function<WeightedValue(double)> const& at, double step, double reach);

}  // namespace dsgd::exact
