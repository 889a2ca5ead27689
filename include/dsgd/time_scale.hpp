/// From what an engine adds up to times of the law.
#pragma once

#include <variant>

#include "dsgd/observable.hpp"

namespace dsgd {

/// From what is summed to runtimes: offset + scale * time.
struct TimeScale {
  double offset, scale;

  double operator()(double time) const { return offset + scale * time; }
};

inline TimeScale time_scale(Point const& point, Observable const& observable) {
  double const scale_of_delay = scale(point.strategy, point.workers);
  double offset = meets(point.strategy) ? point.communication : 0;
  if (auto const* const sum = std::get_if<SlowestSum>(&observable.runtime)) {
    offset += communication(point.strategy);
    return {origin(point) + offset / sum->steps, 1.0 / sum->steps};
  }
  auto const* const clocks = std::get_if<Clocks>(&observable.runtime);
  if (clocks == nullptr || clocks->rule == Clocks::Rule::restart) offset += scale_of_delay * origin(point);
  return {offset, scale_of_delay};
}

/// The same for what a histogram counts.
inline TimeScale histogram_scale(Point const& point, Observable const& observable) {
  TimeScale const time = time_scale(point, observable);
  return {time(static_cast<double>(observable.histogram_origin)), time.scale};
}

}  // namespace dsgd
