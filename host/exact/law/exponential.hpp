#pragma once

#include <cmath>

#include "exact/law/rise.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// S(x) = exp(-rate (x - shift)) beyond the shift.
struct ShiftedExponential {
  double shift, rate;

  double lower() const { return shift; }
  double upper() const { return infinite; }
  double tail_index() const { return infinite; }
  double mean() const { return shift + 1 / rate; }
  double variance() const { return 1 / (rate * rate); }
  double cumulative_hazard(double x) const { return x <= shift ? 0 : rate * (x - shift); }
  double at_hazard(double e) const { return shift + e / rate; }
  double rise(double, HazardStep step) const { return step.by / rate; }
  double density(double x) const { return x < shift ? 0 : rate * std::exp(-rate * (x - shift)); }
  double limited_mean(double x) const {
    return x <= shift ? x : shift - std::expm1(-rate * (x - shift)) / rate;
  }
  double excess_mean(double x) const {
    return x <= shift ? shift - x + 1 / rate : std::exp(-rate * (x - shift)) / rate;
  }
};

/// The law without memory.
inline ShiftedExponential exponential(double rate) { return {0.0, rate}; }

}  // namespace dsgd::exact
