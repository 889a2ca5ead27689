#pragma once

#include <limits>
#include <optional>

#include "dsgd/expects.hpp"

namespace dsgd {

/// Value of a moment that does not exist, as its integral diverges: it is known, unlike an absent moment.
inline constexpr double infinite = std::numeric_limits<double>::infinity();

/// Exact moments of a time. Relative error below 1e-11, of the mean and of the variance.
struct Moments {
  double mean;  ///< time units; `infinite` where it does not exist
  std::optional<double>
      variance;  ///< time units squared; `infinite` where it does not exist, absent if unknown
};

/// Moments of offset + factor X. @pre factor > 0
inline Moments transformed(Moments const& of_x, double offset, double factor) {
  DSGD_EXPECTS(factor > 0);
  Moments result{offset + factor * of_x.mean, std::nullopt};
  if (of_x.variance) result.variance = factor * factor * *of_x.variance;
  return result;
}

}  // namespace dsgd
