#include "closed_form/law/hyperexponential.hpp"

#include <algorithm>
#include <cmath>

namespace dsgd::exact {

double Hyperexponential::slow_rate() const {
  if (probability <= 0) return rate2;
  return probability >= 1 ? rate1 : std::min(rate1, rate2);
}

double Hyperexponential::variance() const {
  double const mean1 = 1 / rate1;
  double const mean2 = 1 / rate2;
  double const between = probability * (1 - probability) * (mean1 - mean2) * (mean1 - mean2);
  return probability * mean1 * mean1 + (1 - probability) * mean2 * mean2 + between;
}

double Hyperexponential::cumulative_hazard(double x) const {
  if (x <= 0) return 0;
  double const below = probability * std::expm1(-rate1 * x) + (1 - probability) * std::expm1(-rate2 * x);
  if (below > -0.5) return -std::log1p(below);
  double const slow = slow_rate();
  return slow * x - std::log(probability * std::exp((slow - rate1) * x) +
                             (1 - probability) * std::exp((slow - rate2) * x));
}

double Hyperexponential::at_hazard(double e) const {
  // The hazard rate falls, so Newton's tangents lie above the cumulative hazard and x ascends to the
  // solution.
  double x = 0;
  for (int i = 0; i < 200; ++i) {
    double const slope = x == 0 ? probability * rate1 + (1 - probability) * rate2
                                : density(x) * std::exp(cumulative_hazard(x));
    double const next = x + (e - cumulative_hazard(x)) / slope;
    if (!(next > x * (1 + 1e-15))) break;
    x = next;
  }
  return x;
}

double Hyperexponential::rise(double start, HazardStep step) const {
  auto const value = [this](double e) { return at_hazard(e); };
  auto const slope = [&](double e) { return std::exp(-e) / density(at_hazard(e)); };
  return rise_of(value, slope, start, step);
}

double Hyperexponential::density(double x) const {
  if (x < 0) return 0;
  return probability * rate1 * std::exp(-rate1 * x) + (1 - probability) * rate2 * std::exp(-rate2 * x);
}

double Hyperexponential::limited_mean(double x) const {
  if (x <= 0) return x;
  return -probability * std::expm1(-rate1 * x) / rate1 - (1 - probability) * std::expm1(-rate2 * x) / rate2;
}

double Hyperexponential::excess_mean(double x) const {
  if (x <= 0) return mean() - x;
  return probability * std::exp(-rate1 * x) / rate1 + (1 - probability) * std::exp(-rate2 * x) / rate2;
}

}  // namespace dsgd::exact
