#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <tuple>

#include "dsgd/arithmetic/normal_quantile.hpp"
#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/law/excess.hpp"
#include "dsgd/law/shift.hpp"
#include "dsgd/parameter.hpp"

namespace dsgd {

/// Lognormal law: the product of many small random factors.
struct Lognormal {
  double mu = 0.0;     ///< mean of log X, X in time units
  double sigma = 0.5;  ///< standard deviation of log X
  double shift = 0.0;  ///< added to every delay, time units

  static constexpr std::string_view name = "lognormal";
  static constexpr std::string_view meaning =
      "log X is normal with mean mu and standard deviation sigma; mean exp(mu + sigma^2 / 2)";
  static constexpr bool memoryless = false;

  /// The relative spread is sigma: below 1e-6 it would come near to what 32-bit numbers resolve. problem()
  /// keeps delays normal and finite: they reach to exp(mu + 9.2 sigma).
  static constexpr auto parameters() {
    return std::tuple_cat(
        std::make_tuple(
            Parameter{"mu", &Lognormal::mu, -80.0, 80.0, "mean of the delay's natural logarithm"},
            Parameter{"sigma", &Lognormal::sigma, 1e-6, 9.0, "standard deviation of the delay's logarithm"}),
        shift_parameter<Lognormal>());
  }
  std::string problem() const { return range_problem(sampler()); }

  struct Quantile {
    double mu, sigma;

    /// exp(mu + sigma z) with P(Z > z) = exp(-E)
    DSGD_HD double at(double hazard) const {
      return portable::exp(std::fma(sigma, portable::normal_quantile_at(hazard), mu));
    }
  };

  using Sampler = HazardSampler<Quantile>;
  Sampler sampler() const { return {{mu, sigma}}; }
  double origin() const { return shift; }
};

}  // namespace dsgd
