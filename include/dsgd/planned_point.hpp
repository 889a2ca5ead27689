/// Points with what engines have to know of them.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/observable.hpp"
#include "dsgd/point.hpp"

namespace dsgd {

/// A point and its observable, made once. Copies share both, which never change and never move: samplers may
/// point into the point's law as long as one copy lives.
class PlannedPoint {
 public:
  /// @pre as observable() demands
  explicit PlannedPoint(Point point) : shared_(std::make_shared<Shared const>(std::move(point))) {}

  Point const& point() const { return shared_->point; }
  Observable const& observable() const { return shared_->observable; }

 private:
  struct Shared {
    explicit Shared(Point own) : point(std::move(own)), observable(dsgd::observable(point)) {}

    Point point;
    Observable observable;
  };

  std::shared_ptr<Shared const> shared_;
};

/// Plans several points, in their order.
inline std::vector<PlannedPoint> plan_points(std::vector<Point> points) {
  std::vector<PlannedPoint> planned;
  planned.reserve(points.size());
  for (Point& point : points) planned.emplace_back(std::move(point));
  return planned;
}

/// Independent pieces that a point's work divides into, numbered from 0: iterations, or replications where
/// clocks are followed.
inline std::uint64_t work_units(PlannedPoint const& planned) {
  Observable const& seen = planned.observable();
  return std::holds_alternative<Clocks>(seen.runtime) ? seen.plan.replications : planned.point().iterations;
}

/// Iterations of all units of a point: as many as were asked for, or more where clocks are followed, in whole
/// rounds.
inline std::uint64_t iterations_done(PlannedPoint const& planned) {
  Observable const& seen = planned.observable();
  bool const clocked = std::holds_alternative<Clocks>(seen.runtime);
  return clocked ? seen.plan.replications * seen.plan.updates : planned.point().iterations;
}

}  // namespace dsgd
