#pragma once

#include <numbers>

#include "dsgd/law/lognormal.hpp"
#include "fit/density/density.hpp"

namespace dsgd::fit {

/// Coordinates: mu, log sigma.
class LognormalDensity {
 public:
  using Law = Lognormal;
  static constexpr std::size_t size = 2;
  static constexpr bool needs_positive = true;
  inline static std::array<double, size> const lower{-widest, std::log(1e-6)};
  inline static std::array<double, size> const upper{widest, std::log(10.0)};
  static constexpr std::array<ParameterForm<size>, 2> parameters{
      {{Link::identity, {1, 0}}, {Link::exponential, {0, 1}}}};

  /// The maximum itself.
  static std::array<double, size> start(Traits const& traits) {
    return {traits.mean_log, std::log(traits.sd_log)};
  }
  static Law law(std::span<double const> at, double) { return {at[0], std::exp(at[1])}; }

  /// The density vanishes at its lower end faster than any power.
  static bool shift_is_regular(std::span<double const>) { return true; }

  LognormalDensity(std::span<double const> at, double)
      : mu_(at[0]), log_sigma_(at[1]), inverse_sigma_(std::exp(-at[1])) {}

  double add(double y, double log_y, std::span<double> gradient) const {
    double const z = (log_y - mu_) * inverse_sigma_;
    gradient[0] += z * inverse_sigma_;
    gradient[1] += z * z - 1;
    gradient[2] -= (1 + z * inverse_sigma_) / y;
    return -log_y - log_sigma_ - half_log_two_pi - z * z / 2;
  }

 private:
  inline static double const half_log_two_pi = std::log(2 * std::numbers::pi) / 2;
  double mu_, log_sigma_, inverse_sigma_;
};

}  // namespace dsgd::fit
