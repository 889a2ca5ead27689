#pragma once

#include <variant>

#include "dsgd/clock/rule/list.hpp"
#include "engines/cpu/loops/tables/clocks.hpp"

namespace dsgd {

namespace detail {

inline LaneRule rule_of(clock_rule::Arrivals) { return LaneRule::at_once; }
inline LaneRule rule_of(clock_rule::Workers) { return LaneRule::at_update; }
inline LaneRule rule_of(clock_rule::Restart) { return LaneRule::all_at_update; }
inline LaneRule rule_of(clock_rule::Rounds) { return LaneRule::all_together; }
inline LaneRule rule_of(clock_rule::BoundedStaleness) { return LaneRule::within_bound; }

}  // namespace detail

/// Who begins a job under a rule, as the inner loops of clocks name it. A new rule does not compile until it is named here.
inline LaneRule lane_rule(ClockRule const& rule) {
  return std::visit([](auto const& r) { return detail::rule_of(r); }, rule);
}

}  // namespace dsgd
