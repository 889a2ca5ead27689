#pragma once

#include "exact/law/rise.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// Density proportional to (x - shift)^(shape - 1) exp(-rate (x - shift)). The shift is there for sums of
/// shifted exponential delays.
struct Gamma {
  double shape, rate;
  double shift = 0;

  double lower() const { return shift; }
  double upper() const { return infinite; }
  double tail_index() const { return infinite; }
  double mean() const { return shift + shape / rate; }
  double variance() const { return shape / (rate * rate); }
  double cumulative_hazard(double x) const;
  double at_hazard(double e) const;
  double rise(double start, HazardStep step) const;
  double density(double x) const;
  double limited_mean(double x) const;
  double excess_mean(double x) const;
};

}  // namespace dsgd::exact
