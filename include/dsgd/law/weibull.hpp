#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/law/excess.hpp"
#include "dsgd/law/shift.hpp"
#include "dsgd/parameter.hpp"

namespace dsgd {

/// Weibull's law. The longer a worker has been at it, the sooner it is done for shape > 1, the later for
/// shape < 1.
struct Weibull {
  double scale = 1.0;  ///< the delay that is exceeded with probability 1 / e, time units
  double shape = 2.0;
  double shift = 0.0;  ///< added to every delay, time units

  static constexpr std::string_view name = "weibull";
  static constexpr std::string_view meaning =
      "P(X > x) = exp(-(x / scale)^shape); mean scale Gamma(1 + 1 / shape)";
  static constexpr bool memoryless = false;

  /// Above shape 1e6 the relative spread, 1.28 / shape, would come near to what 32-bit numbers resolve.
  static constexpr auto parameters() {
    return std::tuple_cat(std::make_tuple(Parameter{"scale", &Weibull::scale, 1e-30, 1e30,
                                                    "delay exceeded with probability 1/e, time units"},
                                          Parameter{"shape", &Weibull::shape, 0.25, 1e6,
                                                    "1 is exponential; the smaller, the heavier the tail"}),
                          shift_parameter<Weibull>());
  }
  std::string problem() const { return range_problem(sampler()); }

  struct Quantile {
    double scale;  ///< time units
    double inverse_shape;

    /// scale E^(1 / shape)
    DSGD_HD double at(double hazard) const {
      return scale * portable::exp(portable::log(hazard) * inverse_shape);
    }
  };

  using Sampler = HazardSampler<Quantile>;
  Sampler sampler() const { return {{scale, 1.0 / shape}}; }
  double origin() const { return shift; }
};

}  // namespace dsgd
