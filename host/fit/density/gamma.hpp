#pragma once

#include <algorithm>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "dsgd/law/gamma.hpp"
#include "fit/density/density.hpp"

namespace dsgd::fit {

/// Coordinates: log shape, log rate.
class GammaDensity {
 public:
  using Law = Gamma;
  static constexpr std::size_t size = 2;
  static constexpr bool needs_positive = true;
  inline static std::array<double, size> const lower{std::log(0.25), -widest};
  inline static std::array<double, size> const upper{std::log(1e6), widest};
  static constexpr std::array<ParameterForm<size>, 2> parameters{
      {{Link::exponential, {1, 0}}, {Link::exponential, {0, 1}}}};

  /// Source: Minka, "Estimating a Gamma distribution", 2002: within 1.5 % of the maximum. A rate that belongs to
  /// a shape beyond the box would be so far off that no search comes back.
  static std::array<double, size> start(Traits const& traits) {
    double const s =
        std::max(std::log(traits.mean) - traits.mean_log, 1e-12);  // rounding may make it negative
    double const shape = std::clamp((3 - s + std::sqrt((s - 3) * (s - 3) + 24 * s)) / (12 * s), 0.25, 1e6);
    return {std::log(shape), std::log(shape / traits.mean)};
  }
  static Law law(std::span<double const> at, double) { return {std::exp(at[0]), std::exp(at[1])}; }

  /// Source: Smith 1985, as Weibull's.
  static bool shift_is_regular(std::span<double const> at) { return at[0] > std::log(2.0); }

  GammaDensity(std::span<double const> at, double)
      : shape_(std::exp(at[0])),
        rate_(std::exp(at[1])),
        log_rate_(at[1]),
        digamma_(boost::math::digamma(shape_)),
        log_constant_(shape_ * at[1] - boost::math::lgamma(shape_)) {}

  double add(double y, double log_y, std::span<double> gradient) const {
    gradient[0] += shape_ * (log_rate_ - digamma_ + log_y);
    gradient[1] += shape_ - rate_ * y;
    gradient[2] += (shape_ - 1) / y - rate_;
    return log_constant_ + (shape_ - 1) * log_y - rate_ * y;
  }

 private:
  double shape_, rate_, log_rate_, digamma_, log_constant_;
};

}  // namespace dsgd::fit
