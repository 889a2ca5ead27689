/// Quantiles of the gamma law, computed with portable_math.hpp alone: every machine gives the same bits.
#pragma once

#include <array>
#include <cmath>

#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/law/excess.hpp"
#include "dsgd/law/quantile_table.hpp"

namespace dsgd {

/// The gamma law of rate 1 as a quantile function, for quantile_table::build(). The first and the last
/// quantile come from expansions of the distribution; from one quantile follows the next, because the density
/// between them integrates to the probability between them.
class GammaQuantile {
 public:
  /// @param shape  in [1/4, 10^6]
  explicit GammaQuantile(double shape)
      : shape_(shape),
        log_peak_(0.5 * portable::log(shape / 6.283185307179586477) - stirling_remainder(shape)) {}

  friend bool operator<(GammaQuantile const& a, GammaQuantile const& b) { return a.shape_ < b.shape_; }

  /// The quantile at min_hazard, by the series
  /// P(X <= x) = x f(x) / shape (1 + x / (shape + 1) (1 + x / (shape + 2) (1 + ...))) and Newton's iteration
  /// from below, which is monotone: log P is concave in log x.
  quantile_table::Node first() const {
    double const log_p = portable::log(min_hazard);
    double log_q = (log_p + portable::log(shape_) - log_peak_) / shape_ - 1.0;
    for (int i = 0; i < 100; ++i) {
      double const x = shape_ * portable::exp(log_q);
      double const sum = series(x);
      double const step = (log_p - log_mass(x) + portable::log(shape_ / sum)) * sum / shape_;
      log_q += step;
      if (std::fabs(step) < 1e-10) break;  // the next would be its square
    }
    return node(min_hazard, shape_ * portable::exp(log_q));
  }

  /// The quantile at max_hazard, by the continued fraction of P(X > x) / (x f(x)) and Newton's iteration.
  quantile_table::Node last() const {
    double x = shape_ + 16.0 * std::sqrt(shape_) + 100.0;
    for (int i = 0; i < 100; ++i) {
      double const mills = continued_fraction(x);  // P(X > x) / (x f(x))
      double const step = (max_hazard + log_mass(x) + portable::log(mills)) * x * mills;
      x += step;
      if (std::fabs(step) < 1e-10 * x) break;  // the next would be its square
    }
    return node(max_hazard, x);
  }

  /// The quantile at a hazard, by Newton's iteration from where the power law through `near` has that hazard.
  quantile_table::Node at(double hazard, quantile_table::Node const& near) const {
    double const power = near.hazard * near.slope / near.value;
    double x = near.value * portable::exp(power * portable::log(hazard / near.hazard));
    for (int i = 0; i < 100; ++i) {
      double const beyond = hazard - near.hazard + portable::log1p(-probability_between(near, x));
      double const step = beyond * node(hazard, x).slope;
      x += step;
      if (std::fabs(step) < 1e-10 * x) break;  // the next would be its square
    }
    return node(hazard, x);
  }

 private:
  /// log Gamma(shape) less Stirling's formula. Source: Abramowitz and Stegun 6.1.41, with
  /// Gamma(a + 1) = a Gamma(a).
  static double stirling_remainder(double shape) {
    double sum = 0;
    while (shape < 16.0) {
      sum += (shape + 0.5) * portable::log1p(1.0 / shape) - 1.0;
      shape += 1.0;
    }
    double const r = 1.0 / shape;
    double const w = r * r;
    double const series =
        1.0 / 12 +
        w * (-1.0 / 360 + w * (1.0 / 1260 + w * (-1.0 / 1680 + w * (1.0 / 1188 - w * 691.0 / 360360))));
    return sum + r * series;
  }

  /// log(x f(x)), where f is the density. It is computed relative to the peak, where large terms would
  /// cancel.
  double log_mass(double x) const {
    double const q = x / shape_;
    return shape_ * (portable::log(q) - (q - 1.0)) + log_peak_;
  }

  /// The sum 1 + x / (shape + 1) (1 + x / (shape + 2) (1 + ...)).
  double series(double x) const {
    double sum = 1.0;
    double term = 1.0;
    for (double n = shape_ + 1.0; term > 1e-17 * sum; n += 1.0) {
      term *= x / n;
      sum += term;
    }
    return sum;
  }

  /// P(X > x) / (x f(x)), by Lentz's method. Source: Abramowitz and Stegun 6.5.31. @pre x > shape
  double continued_fraction(double x) const {
    DSGD_EXPECTS(x > shape_);
    double b = x + 1.0 - shape_;
    double c = 1e300;
    double d = 1.0 / b;
    double value = d;
    for (double n = 1.0;; n += 1.0) {
      double const a = n * (shape_ - n);
      b += 2.0;
      d = 1.0 / (a * d + b);
      c = b + a / c;
      value *= c * d;
      if (std::fabs(c * d - 1.0) < 1e-16 || n > 1e6) return value;
    }
  }

  quantile_table::Node node(double hazard, double x) const {
    return {hazard, x, x * portable::exp(-hazard - log_mass(x))};
  }

  /// P(near < X < x) / P(X > near), by Gauss and Legendre's formula of 10 points; negative where x is the
  /// smaller.
  double probability_between(quantile_table::Node const& near, double x) const {
    constexpr std::array<std::array<double, 2>, 5> points{{{0.1488743389816312109, 0.2955242247147528702},
                                                           {0.4333953941292471908, 0.2692667193099963551},
                                                           {0.6794095682990244062, 0.2190863625159820440},
                                                           {0.8650633666889845107, 0.1494513491505805931},
                                                           {0.9739065285171717200, 0.0666713443086881376}}};
    double const center = 0.5 * (near.value + x);
    double const half = 0.5 * (x - near.value);
    double sum = 0;
    for (auto const& [offset, weight] : points)
      for (double const y : {center - half * offset, center + half * offset})
        sum += weight * portable::exp(near.hazard + log_mass(y)) / y;
    return half * sum;
  }

  double shape_;
  double log_peak_;  ///< log(x f(x)) at x = shape
};

}  // namespace dsgd
