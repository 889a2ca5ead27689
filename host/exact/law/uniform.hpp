#pragma once

#include <cmath>

#include "exact/law/rise.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// Uniform on [low, high].
struct Uniform {
  double low, high;

  double lower() const { return low; }
  double upper() const { return high; }
  double tail_index() const { return infinite; }
  double mean() const { return low + (high - low) / 2; }
  double variance() const { return (high - low) * (high - low) / 12; }
  double cumulative_hazard(double x) const {
    if (x <= low) return 0;
    if (x >= high) return infinite;
    return x - low < high - x ? -std::log1p(-(x - low) / (high - low)) : -std::log((high - x) / (high - low));
  }
  double at_hazard(double e) const { return low - (high - low) * std::expm1(-e); }
  double rise(double, HazardStep step) const {
    return -(high - low) * std::exp(-step.from) * std::expm1(-step.by);
  }
  double density(double x) const { return x < low || x > high ? 0 : 1 / (high - low); }
  double limited_mean(double x) const {
    if (x <= low) return x;
    return x >= high ? mean() : low + (x - low) * (1 - (x - low) / (2 * (high - low)));
  }
  double excess_mean(double x) const {
    if (x <= low) return mean() - x;
    return x >= high ? 0 : (high - x) * (high - x) / (2 * (high - low));
  }
};

}  // namespace dsgd::exact
