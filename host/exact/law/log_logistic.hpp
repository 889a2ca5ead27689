#pragma once

#include <cmath>

#include "exact/law/rise.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// S(x) = 1 / (1 + (x / scale)^shape).
struct LogLogistic {
  double scale, shape;

  double lower() const { return 0; }
  double upper() const { return infinite; }
  double tail_index() const { return shape; }
  double mean() const;
  double variance() const;
  double cumulative_hazard(double x) const { return x <= 0 ? 0 : std::log1p(std::pow(x / scale, shape)); }
  double at_hazard(double e) const;
  double rise(double start, HazardStep step) const;
  double density(double x) const;
  /// @pre shape > 1: there is a mean
  double limited_mean(double x) const;
  /// @pre shape > 1: there is a mean
  double excess_mean(double x) const;
};

}  // namespace dsgd::exact
