#pragma once

#include <array>
#include <string_view>
#include <variant>
#include <vector>

#include "support/points.hpp"

namespace dsgd {

namespace detail {
template <class... L>
std::vector<Law> laws_of(std::variant<L...> const&) {
  return {L{}...};
}
}  // namespace detail

/// Every law of the list as it is by default, and exponential ones whose quanta lie at the ends of their
/// range.
inline std::vector<Law> test_laws() {
  std::vector<Law> laws = detail::laws_of(Law{});
  for (double const rate : {1e-36, 1.0 / 3, 1e18}) laws.push_back(Exponential{rate});
  return laws;
}

inline std::string_view law_name(Law const& law) {
  return std::visit([](auto const& l) -> std::string_view { return l.name; }, law);
}

}  // namespace dsgd
