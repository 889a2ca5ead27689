/// How sums of an engine become times in the unit of the law.
#pragma once

#include <variant>

#include "dsgd/observable.hpp"

namespace dsgd {

/// The step from summed times to runtimes: offset + scale * time.
struct TimeScale {
  double offset, scale;

  double operator()(double time) const { return offset + scale * time; }
};

/// The time scale of a point's sums, minimum and maximum.
inline TimeScale time_scale(Point const& point, Observable const& observable) {
  double const scale_of_delay = scale(point.strategy, point.workers);
  double offset = meets(point.strategy) ? point.communication : 0;
  if (auto const* const sum = std::get_if<SlowestSum>(&observable.runtime)) {
    offset += communication(point.strategy);
    return {origin(point) + offset / sum->steps, 1.0 / sum->steps};
  }
  auto const* const clocks = std::get_if<Clocks>(&observable.runtime);
  if (clocks == nullptr || all_restart(clocks->rule)) offset += scale_of_delay * origin(point);
  return {offset, scale_of_delay};
}

/// The time scale of what a point's histogram counts: how far runtimes are above its origin.
inline TimeScale histogram_scale(Point const& point, Observable const& observable) {
  TimeScale const time = time_scale(point, observable);
  return {time(static_cast<double>(observable.histogram_origin)), time.scale};
}

}  // namespace dsgd
