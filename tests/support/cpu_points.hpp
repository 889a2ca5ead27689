#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "support/points.hpp"
#include "validate/samples.hpp"

namespace dsgd {

/// Every law of the list, and exponential ones whose quanta lie at the ends of their
/// range.
inline std::vector<Law> test_laws() {
  std::vector<Law> laws = sample_laws();
  std::vector<Law> const extreme{Exponential{1e-36}, Exponential{1.0 / 3}, Exponential{1e18}};
  laws.insert(laws.end(), extreme.begin(), extreme.end());
  return laws;
}

inline std::string_view law_name(Law const& law) {
  return std::visit([](auto const& l) -> std::string_view { return l.name; }, law);
}

}  // namespace dsgd
