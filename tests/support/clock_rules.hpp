/// The rules of clocks that every engine follows.
#pragma once

#include <cstddef>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/clock/rule/list.hpp"

namespace dsgd::test {

/// Each rule of the list that says when a worker begins its next job.
inline std::vector<ClockRule> counted_rules() {
  std::vector<ClockRule> rules;
  auto const add = [&]<class Rule>(std::in_place_type_t<Rule>) {
    if constexpr (CountedRule<Rule>) rules.push_back(Rule{});
  };
  [&]<std::size_t... number>(std::index_sequence<number...>) {
    (add(std::in_place_type<std::variant_alternative_t<number, ClockRule>>), ...);
  }
  (std::make_index_sequence<std::variant_size_v<ClockRule>>());
  return rules;
}

}  // namespace dsgd::test
