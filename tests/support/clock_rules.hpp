/// The rules of clocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/clock/rule/list.hpp"

namespace dsgd::test {

/// Each rule of the list, and bounds of staleness that are met always, at times and seldom.
inline std::vector<ClockRule> every_rule() {
  std::vector<ClockRule> rules;
  [&]<std::size_t... number>(std::index_sequence<number...>) {
    (rules.emplace_back(std::in_place_index<number>), ...);
  }
  (std::make_index_sequence<std::variant_size_v<ClockRule>>());
  for (std::uint32_t const staleness : {1u, 6u}) rules.emplace_back(clock_rule::BoundedStaleness{staleness});
  return rules;
}

}  // namespace dsgd::test
