#pragma once

#include <cmath>

#include "dsgd/expects.hpp"
#include "exact/law/rise.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// S(x) = (scale / x)^shape beyond the scale.
struct Pareto {
  double scale, shape;

  double lower() const { return scale; }
  double upper() const { return infinite; }
  double tail_index() const { return shape; }
  double mean() const { return shape <= 1 ? infinite : scale * shape / (shape - 1); }
  double variance() const {
    return shape <= 2 ? infinite : scale * scale * shape / ((shape - 1) * (shape - 1) * (shape - 2));
  }
  double cumulative_hazard(double x) const {
    return x <= scale ? 0 : shape * std::log1p((x - scale) / scale);
  }
  double at_hazard(double e) const { return scale * std::exp(e / shape); }
  double rise(double start, HazardStep step) const { return start * std::expm1(step.by / shape); }
  double density(double x) const { return x < scale ? 0 : shape / x * std::pow(scale / x, shape); }
  /// @pre shape > 1: there is a mean
  double limited_mean(double x) const {
    DSGD_EXPECTS(shape > 1);
    if (x <= scale) return x;
    return scale - scale / (shape - 1) * std::expm1((1 - shape) * std::log1p((x - scale) / scale));
  }
  /// @pre shape > 1: there is a mean
  double excess_mean(double x) const {
    DSGD_EXPECTS(shape > 1);
    return x <= scale ? scale - x + scale / (shape - 1) : x / (shape - 1) * std::pow(scale / x, shape);
  }
};

}  // namespace dsgd::exact
