#include "exact/law/lognormal.hpp"

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <numbers>

#include "exact/law/policy.hpp"

namespace dsgd::exact {
namespace {

constexpr double sqrt2 = std::numbers::sqrt2;

double normal_survival(double z) { return std::erfc(z / sqrt2) / 2; }

double normal_density(double z) { return std::exp(-z * z / 2) * std::numbers::inv_sqrtpi / sqrt2; }

/// The z that a normal number exceeds with probability exp(-e).
double normal_at_hazard(double e) {
  if (e < std::numbers::ln2) return -sqrt2 * boost::math::erfc_inv(-2 * std::expm1(-e), Policy());
  return sqrt2 * boost::math::erfc_inv(2 * std::exp(-e), Policy());
}

}  // namespace

double Lognormal::mean() const { return std::exp(mu + sigma * sigma / 2); }

double Lognormal::variance() const { return mean() * mean() * std::expm1(sigma * sigma); }

double Lognormal::cumulative_hazard(double x) const {
  if (x <= 0) return 0;
  double const z = (std::log(x) - mu) / sigma;
  return z < 0 ? -std::log1p(-normal_survival(-z)) : -std::log(normal_survival(z));
}

double Lognormal::at_hazard(double e) const { return std::exp(mu + sigma * normal_at_hazard(e)); }

double Lognormal::rise(double start, HazardStep step) const {
  auto const slope = [](double e) { return std::exp(-e) / normal_density(normal_at_hazard(e)); };
  double const z = (std::log(start) - mu) / sigma;
  return start * std::expm1(sigma * rise_of(normal_at_hazard, slope, z, step));
}

double Lognormal::density(double x) const {
  if (x <= 0) return 0;
  return normal_density((std::log(x) - mu) / sigma) / (sigma * x);
}

double Lognormal::limited_mean(double x) const {
  if (x <= 0) return x;
  double const z = (std::log(x) - mu) / sigma;
  return x * normal_survival(z) + mean() * normal_survival(sigma - z);
}

double Lognormal::excess_mean(double x) const {
  if (x <= 0) return mean() - x;
  double const z = (std::log(x) - mu) / sigma;
  return mean() * normal_survival(z - sigma) - x * normal_survival(z);
}

}  // namespace dsgd::exact
