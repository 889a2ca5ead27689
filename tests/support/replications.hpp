/// Clocks that are simulated beside what is known of them.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace dsgd::exact {

/// Times of the first arrivals of m clocks that start together.
inline std::vector<double> arrivals(std::size_t m, std::size_t count, std::function<double()> const& delay) {
  std::vector<double> next(m);
  for (double& t : next) t = delay();
  std::vector<double> times;
  while (times.size() < count) {
    auto const first = std::ranges::min_element(next);
    times.push_back(*first);
    *first += delay();
  }
  return times;
}

/// Distance of a simulated mean from the exact one in standard errors, from independent replications.
inline double z_score(std::vector<double> const& replications, double exact) {
  auto const n = static_cast<double>(replications.size());
  double sum = 0;
  double squares = 0;
  for (double const r : replications) sum += r;
  double const mean = sum / n;
  for (double const r : replications) squares += (r - mean) * (r - mean);
  return (mean - exact) / std::sqrt(squares / (n - 1) / n);
}

/// Bound of 6 standard errors: each comparison is false once in 5 10^8 (a little more often by Student's t).
inline constexpr double z_bound = 6;

}  // namespace dsgd::exact
