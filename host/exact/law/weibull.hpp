#pragma once

#include <cmath>

#include "exact/law/rise.hpp"
#include "exact/moments.hpp"

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
  double rise(double start, HazardStep step) const {
    double const ratio = step.to / step.from;
    double const log_ratio = ratio < 0.5 || ratio > 2 ? std::log(ratio) : std::log1p(step.by / step.from);
    return start * std::expm1(log_ratio / shape);
  }
  double density(double x) const;
  double limited_mean(double x) const;
  double excess_mean(double x) const;
};

}  // namespace dsgd::exact
