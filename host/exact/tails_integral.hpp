#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "exact/beta_tails.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// A distribution by its two tails, for those without a quantile function.
struct TailFunction {
  std::function<Tails(double)> at;
  std::vector<double> breaks;  ///< ascending: the lower end, then wherever the tails are not smooth
  double reach;                ///< beyond this the upper tail only falls; above the median
  double tail_index;           ///< tail index of the upper tail
};

/// Moments by mean = c + integral of P(X > x) above c - integral of P(X <= x) below it, c the median, and by
/// the integrals of 2 |x - c| times these tails for E[(X - c)^2]: adaptive Gauss-Kronrod quadrature over
/// panels that double in width and end at the breaks. Relative error of the mean below 1e-11, of the variance
/// below 1e-10.
/// @return nothing where that takes too long; no variance where the standard deviation is below 1e-6 of the
///         mean, as the tails know x to 16 digits and no more
std::optional<Moments> moments_of(TailFunction const& tails);

}  // namespace dsgd::exact
