/// Bounds of the statistical tests. Seeds are fixed, so a test passes for ever or never; the rates below are
/// the chances that a right program would have met a seed that fails.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace dsgd {

/// |z| of 200 tests stays below this but for a chance of 10^-6 in all (5 * 10^-9 each, two-sided normal).
inline constexpr double z_bound = 5.85;

/// sqrt(n) D of Kolmogorov and Smirnov stays below this but for a chance of 5 * 10^-9: 2 exp(-2 * 3.15^2).
inline constexpr double ks_bound = 3.15;

/// sqrt(n) D, D the largest distance between the empirical distribution and `distribution`.
template <class Distribution>
double kolmogorov_smirnov(std::vector<double> sample, Distribution const& distribution) {
  std::sort(sample.begin(), sample.end());
  auto const n = static_cast<double>(sample.size());
  double distance = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    double const p = distribution(sample[i]);
    distance = std::max({distance, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  return std::sqrt(n) * distance;
}

/// Correlation of two samples in standard errors: sqrt(n) r. @pre equal sizes
inline double correlation_z(std::vector<double> const& x, std::vector<double> const& y) {
  auto const n = static_cast<double>(x.size());
  double mean_x = 0;
  double mean_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / n;
    mean_y += y[i] / n;
  }
  double xx = 0;
  double yy = 0;
  double xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  return std::sqrt(n) * xy / std::sqrt(xx * yy);
}

}  // namespace dsgd
