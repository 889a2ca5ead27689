#include "exact/law/log_logistic.hpp"

#include <algorithm>
#include <boost/math/constants/constants.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

#include "dsgd/expects.hpp"
#include "exact/law/policy.hpp"

namespace dsgd::exact {
namespace {

constexpr double pi = boost::math::constants::pi<double>();
constexpr double far_hazard = 40;  ///< exp(-far_hazard) is nothing beside 1

/// log(P(X <= x) / P(X > x)) where the cumulative hazard is e > 0.
double log_odds(double e) { return e < far_hazard ? std::log(std::expm1(e)) : e; }

/// sin(pi / shape), exact also where it vanishes at shape 1.
double sine(double shape) { return std::sin(pi * (std::min(1.0, shape - 1) / shape)); }

/// sin b - b cos b = b^3 (1/3 - b^2/30 + ...), without cancellation. @pre 0 < b < pi / 2
double sine_beyond_chord(double b) {
  DSGD_EXPECTS(0 < b && b < pi / 2);
  if (b > 0.5) return std::sin(b) - b * std::cos(b);
  double term = b;  // (-1)^n b^(2n + 1) / (2n + 1)!
  double sum = 0;
  for (int n = 1; n < 10; ++n) {
    term *= -b * b / (2 * n * (2 * n + 1));
    sum -= 2 * n * term;
  }
  return sum;
}

}  // namespace

double LogLogistic::mean() const { return shape <= 1 ? infinite : scale * (pi / shape) / sine(shape); }

/// (2b / sin 2b - (b / sin b)^2) scale^2, b = pi / shape
double LogLogistic::variance() const {
  if (shape <= 2) return infinite;
  double const b = pi / shape;
  double const cosine = std::sin(pi * ((shape - 2) / (2 * shape)));  // cos b, exact also where it vanishes
  return scale * scale * b * sine_beyond_chord(b) / (sine(shape) * sine(shape) * cosine);
}

double LogLogistic::at_hazard(double e) const { return scale * std::exp(log_odds(e) / shape); }

/// Near the start, the odds grow by (exp(to) - 1) / (exp(from) - 1) = 1 + (exp(by) - 1) / (1 - exp(-from)).
double LogLogistic::rise(double start, HazardStep step) const {
  double const ratio = step.to / step.from;
  double log_ratio = log_odds(step.to) - log_odds(step.from);
  if (std::min(step.from, step.to) > far_hazard)
    log_ratio = step.by;
  else if (ratio > 0.5 && ratio < 2)
    log_ratio = std::log1p(std::expm1(step.by) / -std::expm1(-step.from));
  return start * std::expm1(log_ratio / shape);
}

double LogLogistic::density(double x) const {
  if (x <= 0) return 0;
  double const odds = std::pow(x / scale, shape);
  return shape / x / (1 + odds) / (1 + 1 / odds);
}

/// The integral of P(X > t) for t up to x is an incomplete beta function. It is taken of the smaller
/// probability.
double LogLogistic::limited_mean(double x) const {
  DSGD_EXPECTS(shape > 1);
  if (x <= 0) return x;
  double const a = 1 / shape;
  double const odds = std::pow(x / scale, shape);  // P(X <= x) / P(X > x)
  return mean() * (odds < 1 ? boost::math::ibeta(a, 1 - a, odds / (1 + odds), Policy())
                            : boost::math::ibetac(1 - a, a, 1 / (1 + odds), Policy()));
}

double LogLogistic::excess_mean(double x) const {
  DSGD_EXPECTS(shape > 1);
  if (x <= 0) return mean() - x;
  double const a = 1 / shape;
  double const odds = std::pow(x / scale, shape);
  return mean() * (odds < 1 ? boost::math::ibetac(a, 1 - a, odds / (1 + odds), Policy())
                            : boost::math::ibeta(1 - a, a, 1 / (1 + odds), Policy()));
}

}  // namespace dsgd::exact
