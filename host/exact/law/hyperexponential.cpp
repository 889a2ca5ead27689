#include "exact/law/hyperexponential.hpp"

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

double Hyperexponential::cumulative_hazard(double x) const { return x <= 0 ? 0 : continued_hazard(x); }

double Hyperexponential::continued_hazard(double x) const {
  double const below = probability * std::expm1(-rate1 * x) + (1 - probability) * std::expm1(-rate2 * x);
  if (below > -0.5) return -std::log1p(below);
  double const slow = slow_rate();
  return slow * x - std::log(probability * std::exp((slow - rate1) * x) +
                             (1 - probability) * std::exp((slow - rate2) * x));
}

double Hyperexponential::first_share(double x) const {
  double const slow = slow_rate();
  double const first = probability * std::exp((slow - rate1) * x);
  double const second = (1 - probability) * std::exp((slow - rate2) * x);
  return first / (first + second);
}

double Hyperexponential::at_hazard(double e) const {
  // The hazard rate falls: tangents lie above the cumulative hazard, so that after one step x ascends to the
  // solution.
  double x = 0;
  for (int i = 0; i < 200; ++i) {
    double const first = first_share(x);
    double const hazard_rate = first * rate1 + (1 - first) * rate2;
    double const next = x + (e - continued_hazard(x)) / hazard_rate;
    if ((i > 0 && next <= x) || std::abs(next - x) <= 1e-16 * std::abs(next)) return next;
    x = next;
  }
  return x;
}

double Hyperexponential::rise(double start, HazardStep step) const {
  // What is left of a delay that has lasted so long is hyperexponential too, with the shares that are left.
  return Hyperexponential{first_share(start), rate1, rate2}.at_hazard(step.by);
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
