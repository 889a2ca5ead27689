#pragma once

#include "exact/law/rise.hpp"

namespace dsgd::exact {

/// A law with the same time added to every delay.
template <class L>
struct Shifted {
  L law;
  double shift;  ///< > 0, time units

  double lower() const { return shift + law.lower(); }
  double upper() const { return shift + law.upper(); }
  double tail_index() const { return law.tail_index(); }
  double mean() const { return shift + law.mean(); }
  double variance() const { return law.variance(); }
  double cumulative_hazard(double x) const { return law.cumulative_hazard(x - shift); }
  double at_hazard(double e) const { return shift + law.at_hazard(e); }
  double rise(double start, HazardStep step) const { return law.rise(start - shift, step); }
  double density(double x) const { return law.density(x - shift); }
  double limited_mean(double x) const { return x <= shift ? x : shift + law.limited_mean(x - shift); }
  double excess_mean(double x) const {
    return x <= shift ? shift - x + law.excess_mean(0) : law.excess_mean(x - shift);
  }
};

}  // namespace dsgd::exact
