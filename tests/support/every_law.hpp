#pragma once

#include <cmath>
#include <variant>
#include <vector>

#include "dsgd/law/list.hpp"

namespace dsgd::test {

namespace detail {

template <class L>
L example_law() {
  L law{};
  if constexpr (requires { law.set_values(std::vector<double>{}); }) {
    std::vector<double> values;
    for (int i = 0; i < 1000; ++i) values.push_back(2 + std::sqrt(i));
    law.set_values(values);
  }
  return law;
}

template <class... L>
std::vector<Law> examples_of(std::variant<L...> const*) {
  return {Law(example_law<L>())...};
}

}  // namespace detail

/// Every law of the list, as it is by default.
inline std::vector<Law> every_law() { return detail::examples_of(static_cast<Law const*>(nullptr)); }

}  // namespace dsgd::test
