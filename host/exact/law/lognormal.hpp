#pragma once

#include "exact/law/rise.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// log X is normal with mean mu and standard deviation sigma.
struct Lognormal {
  double mu, sigma;

  double lower() const { return 0; }
  double upper() const { return infinite; }
  double tail_index() const { return infinite; }
  double mean() const;
  double variance() const;
  double cumulative_hazard(double x) const;
  double at_hazard(double e) const;
  double rise(double start, HazardStep step) const;
  double density(double x) const;
  double limited_mean(double x) const;
  double excess_mean(double x) const;
};

}  // namespace dsgd::exact
