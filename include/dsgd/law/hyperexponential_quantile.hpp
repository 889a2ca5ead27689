/// Quantiles of the hyperexponential law, computed with portable_math.hpp alone: every machine gives the same
/// bits.
#pragma once

#include <algorithm>
#include <utility>

#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/law/excess.hpp"
#include "dsgd/law/quantile_table.hpp"

namespace dsgd {

/// The hyperexponential law whose slow rate is 1, as a quantile function, for quantile_table::build().
class HyperexponentialQuantile {
 public:
  /// @param slow   probability of the slow rate, in [1e-6, 1 - 1e-6]
  /// @param ratio  fast rate / slow rate, in [1, 1e4]
  HyperexponentialQuantile(double slow, double ratio)
      : slow_(slow), fast_(1.0 - slow), beyond_(ratio - 1.0) {}

  friend bool operator<(HyperexponentialQuantile const& a, HyperexponentialQuantile const& b) {
    return std::pair(a.slow_, a.beyond_) < std::pair(b.slow_, b.beyond_);
  }

  quantile_table::Node first() const { return at(min_hazard); }
  quantile_table::Node last() const { return at(max_hazard); }
  quantile_table::Node at(double hazard, quantile_table::Node const&) const { return at(hazard); }

 private:
  /// -log P(X > x), relatively accurate: P = exp(-x) (slow + fast exp(-(ratio - 1) x)).
  double hazard_at(double x) const {
    double const y = beyond_ * x;
    return x - (y < 0.7 ? portable::log1p(fast_ * portable::expm1(-y))
                        : portable::log(slow_ + fast_ * portable::exp(-y)));
  }

  /// The derivative of hazard_at().
  double hazard_rate(double x) const {
    double const fast = fast_ * portable::exp(-beyond_ * x);
    return 1.0 + beyond_ * fast / (fast + slow_);
  }

  /// The quantile at a hazard. The hazard is concave in x, so that its tangents at 0 and at infinity give a
  /// lower bound of x, and Newton's iteration climbs from there until rounding stops it.
  quantile_table::Node at(double hazard) const {
    double x = std::max(hazard / (1.0 + beyond_ * fast_), hazard + portable::log(slow_));
    for (int i = 0; i < 100; ++i) {
      double const next = x + (hazard - hazard_at(x)) / hazard_rate(x);
      if (!(next > x)) break;
      x = next;
    }
    return {hazard, x, 1.0 / hazard_rate(x)};
  }

  double slow_, fast_;  ///< probabilities
  double beyond_;       ///< ratio - 1
};

}  // namespace dsgd
