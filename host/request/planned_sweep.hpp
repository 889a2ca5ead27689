/// From what is asked for to the points that it comes down to.
#pragma once

#include <string>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "request/request.hpp"

namespace dsgd {

/// A request and its points, ready to be run.
struct PlannedSweep {
  SweepRequest request;
  std::vector<PlannedPoint> points;  ///< at least one
  std::vector<std::string>
      warnings;  ///< of points that are left out or are not what users may think: a line each
};

/// Plans the points that can be computed. @pre no list of the sweep is empty; quantiles have histograms
/// @throws Error usage where no point remains, saying why the first cannot be; where draws are both common and
/// of order statistics
PlannedSweep plan_sweep(SweepRequest request);

}  // namespace dsgd
