/// How sums of an engine become times in the unit of the law.
#pragma once

#include <cstdint>
#include <variant>

#include "dsgd/planned_point.hpp"

namespace dsgd {

/// The step from summed times to runtimes: offset + scale * time.
struct TimeScale {
  double offset, scale;

  double operator()(double time) const { return offset + scale * time; }
};

/// The time scale of a point's sums, minimum and maximum.
inline TimeScale time_scale(PlannedPoint const& planned) {
  Point const& point = planned.point();
  Runtime const& form = planned.observable().runtime;
  double const scale_of_delay = scale(point.strategy, point.workers());
  double offset = meets(point.strategy) ? point.communication : 0;
  if (auto const* const sum = std::get_if<SlowestSum>(&form)) {
    offset += communication(point.strategy);
    return {origin(point) + offset / sum->steps, 1.0 / sum->steps};
  }
  if (std::uint32_t const steps = steps_in_mean(point); steps != 0)
    return {origin(point) + (offset + communication(point.strategy)) / steps, 1};
  auto const* const clocks = std::get_if<Clocks>(&form);
  if (clocks == nullptr || all_restart(clocks->rule)) offset += scale_of_delay * origin(point);
  return {offset, scale_of_delay};
}

/// The time scale of what a point's histogram counts: how far runtimes are above its origin.
inline TimeScale histogram_scale(PlannedPoint const& planned) {
  TimeScale const time = time_scale(planned);
  return {time(static_cast<double>(planned.observable().histogram_origin)), time.scale};
}

}  // namespace dsgd
