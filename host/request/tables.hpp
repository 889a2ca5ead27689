/// The tables of measured times that a sweep reads.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "dsgd/planned_point.hpp"
#include "dsgd/sweep.hpp"

namespace dsgd {

/// function(table) for each table of a law or replay, once or more, in the order of the laws.
template <class Function>
void for_each_table(Sweep const& sweep, Function&& function) {
  for (SweptFleet const& swept : sweep.fleets) {
    Fleet const& fleet = swept.fleet();
    if (fleet.replay()) {
      function(*fleet.replay());
      continue;
    }
    for (FleetGroup const& group : fleet.groups())
      if (auto const* const measured = std::get_if<Empirical>(&group.law)) function(*measured);
  }
}

/// Where tables are likely to mislead: pooled workers that differ, and maxima that are those of the sample. A
/// line each, which names the key that mends it.
std::vector<std::string> table_warnings(Sweep const& sweep, std::vector<PlannedPoint> const& points);
std::vector<std::string> table_warnings(Sweep const& sweep, std::vector<Point> const& points);

}  // namespace dsgd
