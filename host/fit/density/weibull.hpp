#pragma once

#include <algorithm>

#include "dsgd/law/weibull.hpp"
#include "fit/density/density.hpp"

namespace dsgd::fit {

/// Coordinates: log scale, log shape.
class WeibullDensity {
 public:
  using Law = Weibull;
  static constexpr std::size_t size = 2;
  static constexpr bool needs_positive = true;
  inline static std::array<double, size> const lower{-widest, std::log(0.25)};
  inline static std::array<double, size> const upper{widest, std::log(1e6)};
  static constexpr std::array<ParameterForm<size>, 2> parameters{
      {{Link::exponential, {1, 0}}, {Link::exponential, {0, 1}}}};

  /// Log delays have Gumbel's law for minima: standard deviation pi / (sqrt 6 shape).
  static std::array<double, size> start(Traits const& traits) {
    double const shape = std::clamp(1.2825498301618641 / traits.sd_log, 0.25, 1e6);
    return {traits.mean_log + 0.5772156649015329 / shape, std::log(shape)};
  }
  static Law law(std::span<double const> at, double) { return {std::exp(at[0]), std::exp(at[1])}; }

  /// Source: Smith, "Maximum likelihood estimation in a class of nonregular cases", Biometrika 1985.
  static bool shift_is_regular(std::span<double const> at) { return at[1] > std::log(2.0); }

  WeibullDensity(std::span<double const> at, double)
      : log_scale_(at[0]), log_shape_(at[1]), shape_(std::exp(at[1])) {}

  double add(double y, double log_y, std::span<double> gradient) const {
    double const z = shape_ * (log_y - log_scale_);
    double const power = std::exp(z);
    gradient[0] += shape_ * (power - 1);
    gradient[1] += 1 + z - z * power;
    gradient[2] += (shape_ * (1 - power) - 1) / y;
    return log_shape_ - log_y + z - power;
  }

 private:
  double log_scale_, log_shape_, shape_;
};

}  // namespace dsgd::fit
