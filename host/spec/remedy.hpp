/// Advice where the values of a law are at odds with each other: which values of one parameter would do.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>

#include "spec/parameters.hpp"

namespace dsgd {

/// What is wrong among the values of a law or strategy, if it can say so; else empty.
template <class T>
std::string problem_of(T const& filled) {
  if constexpr (requires { filled.problem(); })
    return filled.problem();
  else
    return {};
}

/// Adds what would do in place of a parameter's value, if a value in its range does: "give a=2 or less".
void append_remedy(std::string& text, std::string_view key, double value, double low, double high,
                   std::function<bool(double)> const& will_do);

/// @param filled  has a problem
/// @return        "give a=2 or less, or b=3 or more"; without numbers where no single parameter helps
template <class T>
std::string remedy_of(T const& filled) {
  std::string text;
  for_each_parameter<T>([&](auto const& parameter) {
    if constexpr (std::is_same_v<std::decay_t<decltype(filled.*parameter.value)>, double>) {
      auto const will_do = [&](double value) {
        T other = filled;
        other.*parameter.value = value;
        return problem_of(other).empty();
      };
      append_remedy(text, parameter.key, filled.*parameter.value, parameter.low, parameter.high, will_do);
    }
  });
  return text.empty() ? "change its values" : text;
}

}  // namespace dsgd
