#pragma once

#include <algorithm>

#include "dsgd/law/log_logistic.hpp"
#include "fit/density/density.hpp"

namespace dsgd::fit {

/// Coordinates: log scale, log shape.
class LogLogisticDensity {
 public:
  using Law = LogLogistic;
  static constexpr std::size_t size = 2;
  static constexpr bool needs_positive = true;
  inline static std::array<double, size> const lower{-widest, std::log(0.4)};
  inline static std::array<double, size> const upper{widest, std::log(1e6)};
  static constexpr std::array<ParameterForm<size>, 2> parameters{
      {{Link::exponential, {1, 0}}, {Link::exponential, {0, 1}}}};

  /// Log delays have the logistic law: standard deviation pi / (sqrt 3 shape).
  static std::array<double, size> start(Traits const& traits) {
    return {traits.mean_log, std::log(1.8137993642342178 / traits.sd_log)};
  }
  static Law law(std::span<double const> at, double) { return {std::exp(at[0]), std::exp(at[1])}; }

  /// Near its lower end the density is a power of shape - 1, as Weibull's is.
  static bool shift_is_regular(std::span<double const> at) { return at[1] > std::log(2.0); }

  LogLogisticDensity(std::span<double const> at, double)
      : log_scale_(at[0]), log_shape_(at[1]), shape_(std::exp(at[1])) {}

  double add(double y, double log_y, std::span<double> gradient) const {
    double const z = shape_ * (log_y - log_scale_);
    double const tail = std::exp(-std::abs(z));
    double const slope = (z > 0 ? tail - 1 : 1 - tail) / (1 + tail);  // 1 - 2 P(X <= value)
    gradient[0] -= shape_ * slope;
    gradient[1] += 1 + z * slope;
    gradient[2] += (shape_ * slope - 1) / y;
    return log_shape_ - log_y + z - 2 * (std::max(z, 0.0) + std::log1p(tail));
  }

 private:
  double log_scale_, log_shape_, shape_;
};

}  // namespace dsgd::fit
