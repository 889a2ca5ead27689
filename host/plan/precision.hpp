/// The precision that a sweep will have, from exact variances: nothing is drawn.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "dsgd/planned_point.hpp"

namespace dsgd {

/// Half of the 95 % interval to be expected, as a share of the mean.
/// @return nothing where mean or variance are unknown or infinite, or the interval comes from runtimes that
/// depend on each other
std::optional<double> expected_precision(PlannedPoint const& planned);

/// How precise the points of a sweep will be: the best and the worst of them.
struct Precision {
  struct Extreme {
    std::size_t point;  ///< its number
    double half_width;  ///< relative, as expected_precision() gives it
  };
  std::size_t looked_at = 0;           ///< points, of all
  std::size_t unknown = 0;             ///< points of them of which expected_precision() gives nothing
  std::optional<Extreme> best, worst;  ///< of those that it gives something of
};

/// Looks at all points where that takes no longer than `seconds`, else at as many as it can, spread over all.
/// @pre there is a point
Precision expected_precision(std::span<PlannedPoint const> points, double seconds);

}  // namespace dsgd
