#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "dsgd/strategy/list.hpp"

namespace dsgd::test {

namespace detail {

template <std::size_t... I>
std::vector<Strategy> strategies_of(std::index_sequence<I...>) {
  return {Strategy{std::in_place_index<I>}...};
}

}  // namespace detail

/// One strategy of each kind, whose number is this.
inline std::vector<Strategy> every_strategy(std::uint32_t number) {
  std::vector<Strategy> all =
      detail::strategies_of(std::make_index_sequence<std::variant_size_v<Strategy>>());
  for (Strategy& strategy : all)
    std::visit(
        [number](auto& s) {
          if constexpr (requires { s.k; }) s.k = Share{number};
          if constexpr (requires { s.spare; }) s.spare = Share{number};
          if constexpr (requires { s.stragglers; }) s.stragglers = Share{number};
          if constexpr (requires { s.steps; }) s.steps = number;
          if constexpr (requires { s.staleness; }) s.staleness = number;
          if constexpr (requires { s.time; }) s.time = 0.5 * number;
          if constexpr (requires { s.after; }) s.after = 0.25 * number;
        },
        strategy);
  return all;
}

}  // namespace dsgd::test
