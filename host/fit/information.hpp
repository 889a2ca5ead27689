/// Intervals of parameters from the curvature of a likelihood at its maximum.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "fit/maximise.hpp"

namespace dsgd::fit {

/// The inverse of the observed information: the covariance of estimates.
class Covariance {
 public:
  /// @param function  mean log likelihood of a value, with its gradient
  /// @param at        its maximum
  /// @param steps     over which the gradient is nearly linear, one a coordinate
  /// @param count     of values
  /// @return          nothing where the likelihood has no strict maximum there
  static std::optional<Covariance> at_maximum(SmoothFunction const& function, Coordinates const& at,
                                              std::vector<double> const& steps, double count);

  /// Standard error of a linear form of the coordinates. @param weights  as many as coordinates
  double standard_error(std::vector<double> const& weights) const;

 private:
  std::vector<std::vector<double>> factor_;  ///< of the information, lower triangular
};

}  // namespace dsgd::fit
