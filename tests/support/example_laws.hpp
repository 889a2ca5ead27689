/// The laws to test with: those of the list, with all kinds of parameters.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <tuple>
#include <variant>
#include <vector>

#include "support/exact_laws.hpp"

namespace dsgd {

namespace detail {
template <class>
struct TestTypes;
template <class... L>
struct TestTypes<std::variant<L...>> {
  using type = testing::Types<L...>;
};

/// Some value in [low, high]: an end, or near the usual one, or anywhere on a logarithmic scale.
inline double some_value(std::mt19937_64& random, double usual, double low, double high) {
  double const share = static_cast<double>(random() >> 11) * 0x1p-53;
  auto const clamped = [&](double value) { return std::clamp(value, low, high); };
  auto const choice = random() % 8;
  if (choice == 0) return low;
  if (choice == 1) return high;
  if (low < 0) return clamped(usual + (choice < 6 ? 4.0 : high) * (2 * share - 1));
  if (choice < 6) return clamped((usual > 0 ? usual : 1.0) * std::pow(8.0, 2 * share - 1));
  double const start = std::log(low > 0 ? low : 1e-6);
  return clamped(std::exp(start + (std::log(high) - start) * share));
}
}  // namespace detail

/// The list of laws, for TYPED_TEST_SUITE.
using LawTypes = detail::TestTypes<Law>::type;

/// Laws with all kinds of parameters, in and at the ends of their ranges.
template <class L>
std::vector<L> example_laws() {
  std::vector<L> laws{L{}, Exact<L>::example()};
  std::mt19937_64 random(20260401);
  for (int attempt = 0; attempt < 1000 && laws.size() < 12; ++attempt) {
    L law;
    std::apply(
        [&](auto const&... p) {
          // Implied ones keep their defaults: a shift moves the origin alone (exact/law/shifted_test.cpp).
          ((p.presence == Presence::implied
                ? void()
                : void(law.*p.value = detail::some_value(random, law.*p.value, p.low, p.high))),
           ...);
        },
        L::parameters());
    if constexpr (requires { law.problem(); }) {
      if (!law.problem().empty()) continue;
    }
    laws.push_back(law);
  }
  return laws;
}

template <>
inline std::vector<Empirical> example_laws<Empirical>() {
  std::vector<double> many;
  for (int i = 0; i < 1000; ++i) many.push_back(1e6 + i * i % 997 * 0.125);
  return {Exact<Empirical>::example(), Exact<Empirical>::of({0, 1}), Exact<Empirical>::of({5, 5, 5}),
          Exact<Empirical>::of({1e-300, 1e36}), Exact<Empirical>::of(many)};
}

}  // namespace dsgd
