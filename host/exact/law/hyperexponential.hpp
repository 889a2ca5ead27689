#pragma once

#include "exact/law/rise.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// Exponential(rate1) with the given probability, else exponential(rate2).
struct Hyperexponential {
  double probability, rate1, rate2;

  double lower() const { return 0; }
  double upper() const { return infinite; }
  double tail_index() const { return infinite; }
  double mean() const { return probability / rate1 + (1 - probability) / rate2; }
  double variance() const;
  double cumulative_hazard(double x) const;
  double at_hazard(double e) const;
  double rise(double start, HazardStep step) const;
  double density(double x) const;
  double limited_mean(double x) const;
  double excess_mean(double x) const;

  /// The rate of the longest delays.
  double slow_rate() const;

 private:
  /// The formula of the cumulative hazard, which holds below 0, too: rise() may go back from its start.
  double continued_hazard(double x) const;

  /// Share of rate1 among the delays longer than x.
  double first_share(double x) const;
};

}  // namespace dsgd::exact
