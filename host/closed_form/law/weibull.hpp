#pragma once

#include <cmath>

#include "closed_form/moments.hpp"

namespace dsgd::exact {

/// S(x) = exp(-(x / scale)^shape).
struct Weibull {
  double scale, shape;

  double lower() const { return 0; }
  double upper() const { return infinite; }
  double tail_index() const { return infinite; }
  double mean() const;
  double variance() const;
  double cumulative_hazard(double x) const { return x <= 0 ? 0 : std::pow(x / scale, shape); }
  double at_hazard(double e) const { return scale * std::pow(e, 1 / shape); }
  double rise(double e0, double x0, double de) const { return x0 * std::expm1(std::log1p(de / e0) / shape); }
  double density(double x) const;
  double limited_mean(double x) const;
  double excess_mean(double x) const;
};

}  // namespace dsgd::exact
