/// Maxima of smooth functions within a box, by NLopt.
#pragma once

#include <functional>
#include <span>
#include <vector>

namespace dsgd::fit {

using Coordinates = std::vector<double>;

struct Maximum {
  Coordinates at;
  double value;
};

/// A function and its gradient. @param gradient  to be set; as long as `at`
using SmoothFunction = std::function<double(std::span<double const> at, std::span<double> gradient)>;

/// A local maximum: the best point met on the way from `start`, by sequential quadratic programming.
/// Source: Kraft 1988, as NLopt has it.
/// @param function      of the order of 1, as are its changes where coordinates change by 1
/// @param lower, upper  ends of the box, included; `start` is moved into it
Maximum maximise(SmoothFunction const& function, Coordinates start, Coordinates const& lower,
                 Coordinates const& upper);

}  // namespace dsgd::fit
