#include "exact/law/weibull.hpp"

#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/zeta.hpp>
#include <cmath>

#include "dsgd/expects.hpp"
#include "exact/law/policy.hpp"

namespace dsgd::exact {
namespace {

/// log(Gamma(1 + 2 a) / Gamma(1 + a)^2): the linear terms of the two series cancel and are left out.
/// @pre a <= 1/8
double log_square_ratio(double a) {
  DSGD_EXPECTS(a <= 0.125);
  double sum = 0;
  double power = 1;  // (-2 a)^n
  for (int n = 1; n < 40; ++n) {
    power *= -2 * a;
    if (n > 1) sum += boost::math::zeta(static_cast<double>(n)) / n * power * (1 - std::ldexp(2.0, -n));
  }
  return sum;
}

}  // namespace

double Weibull::mean() const { return scale * std::tgamma(1 + 1 / shape); }

double Weibull::variance() const {
  double const a = 1 / shape;
  double const square = mean() * mean();
  if (a > 0.125) return scale * scale * std::tgamma(1 + 2 * a) - square;
  return square * std::expm1(log_square_ratio(a));
}

double Weibull::density(double x) const {
  if (x < 0) return 0;
  double const power = std::pow(x / scale, shape);
  return shape / x * power * std::exp(-power);
}

double Weibull::limited_mean(double x) const {
  if (x <= 0) return x;
  double const hazard = cumulative_hazard(x);
  return x * std::exp(-hazard) + mean() * boost::math::gamma_p(1 + 1 / shape, hazard, Policy());
}

double Weibull::excess_mean(double x) const {
  if (x <= 0) return mean() - x;
  double const hazard = cumulative_hazard(x);
  return mean() * boost::math::gamma_q(1 + 1 / shape, hazard, Policy()) - x * std::exp(-hazard);
}

}  // namespace dsgd::exact
