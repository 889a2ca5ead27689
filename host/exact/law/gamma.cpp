#include "exact/law/gamma.hpp"

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>

#include "exact/law/policy.hpp"

namespace dsgd::exact {

/// P and Q are the regularised incomplete gamma functions: P(X <= x) = P(shape, t), P(X > x) = Q(shape, t).
/// The smaller one is asked for.
double Gamma::cumulative_hazard(double x) const {
  if (x <= shift) return 0;
  double const t = rate * (x - shift);
  double const above = boost::math::gamma_q(shape, t, Policy());
  return above < 0.5 ? -std::log(above) : -std::log1p(-boost::math::gamma_p(shape, t, Policy()));
}

double Gamma::at_hazard(double e) const {
  double const t = e < std::numbers::ln2 ? boost::math::gamma_p_inv(shape, -std::expm1(-e), Policy())
                                         : boost::math::gamma_q_inv(shape, std::exp(-e), Policy());
  return shift + t / rate;
}

double Gamma::rise(double start, HazardStep step) const {
  auto const excess = [this](double e) { return Gamma{shape, rate}.at_hazard(e); };
  auto const slope = [&](double e) { return std::exp(-e) / Gamma{shape, rate}.density(excess(e)); };
  return rise_of(excess, slope, start - shift, step);
}

double Gamma::density(double x) const {
  if (x < shift) return 0;
  return rate * boost::math::gamma_p_derivative(shape, rate * (x - shift), Policy());
}

/// t times the density of shape is shape times the density of shape + 1, so that
/// E[min(T, t)] = t Q(shape, t) + shape P(shape + 1, t).
double Gamma::limited_mean(double x) const {
  if (x <= shift) return x;
  double const t = rate * (x - shift);
  return shift + (t * boost::math::gamma_q(shape, t, Policy()) +
                  shape * boost::math::gamma_p(shape + 1, t, Policy())) /
                     rate;
}

/// E[max(T - t, 0)] = shape Q(shape + 1, t) - t Q(shape, t), derived as E[min(T, t)] is.
double Gamma::excess_mean(double x) const {
  if (x <= shift) return mean() - x;
  double const t = rate * (x - shift);
  return (shape * boost::math::gamma_q(shape + 1, t, Policy()) -
          t * boost::math::gamma_q(shape, t, Policy())) /
         rate;
}

}  // namespace dsgd::exact
