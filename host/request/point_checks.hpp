/// What the points of a sweep have to pass, and what is said of one that does not.
#pragma once

#include <span>

#include "dsgd/error.hpp"
#include "dsgd/planned_point.hpp"
#include "dsgd/point.hpp"

namespace dsgd {

/// What a point has to pass, and the error where it does not. The error looks for what would help, which
/// takes longer than the check.
template <class Checked>
struct PointCheck {
  bool (*passes)(Checked const&);
  Error (*refusal)(Checked const&);
};

/// What a point has to pass before it can be planned, in the order in which one check needs the other.
std::span<PointCheck<Point> const> checks_of_points();

/// What it has to pass then.
std::span<PointCheck<PlannedPoint> const> checks_of_plans();

}  // namespace dsgd
