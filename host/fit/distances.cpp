#include "fit/distances.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dsgd::fit {

Distances distances(Sample const& sample, FittedTails const& law) {
  std::size_t const size = sample.values.size();
  double const count = sample.count();
  // A law that ends at the smallest value gives it no probability: the logarithm of 0 must not decide alone.
  constexpr double fewest = 100;
  double const least_log = -2 * std::log(std::max(count, fewest));
  std::vector<double> log_below(size), log_above(size);
  double largest = 0;
  for (std::size_t i = 0; i < size; ++i) {
    double const hazard = law.cumulative_hazard(sample.values[i]);
    double const below = -std::expm1(-hazard);
    auto const rank = static_cast<double>(i);
    largest = std::max({largest, below - rank / count, (rank + 1) / count - below});
    log_below[i] = std::max(std::log(below), least_log);
    log_above[i] = std::max(-hazard, least_log);
  }
  double sum = 0;
  for (std::size_t i = 0; i < size; ++i)
    sum += (2 * static_cast<double>(i) + 1) * (log_below[i] + log_above[size - 1 - i]);
  return {largest, -count - sum / count};
}

}  // namespace dsgd::fit
