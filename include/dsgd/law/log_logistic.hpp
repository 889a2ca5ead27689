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

/// The log-logistic law: like a lognormal one in its middle, with Pareto's tail. The K-th smallest of m
/// delays has a mean only where shape (m - K + 1) > 1, and a variance only where that is > 2.
struct LogLogistic {
  double scale = 1.0;  ///< median, time units
  double shape = 4.0;  ///< exponent of the tail
  double shift = 0.0;  ///< added to every delay, time units

  static constexpr std::string_view name = "log-logistic";
  static constexpr std::string_view meaning =
      "P(X > x) = 1 / (1 + (x / scale)^shape); mean scale (pi / shape) / sin(pi / shape) where shape > 1";
  static constexpr bool memoryless = false;

  /// Above shape 1e6 the relative spread, 1.8 / shape, would come near to what 32-bit numbers resolve; below
  /// 0.37 no scale keeps both the shortest and the longest delays among them.
  static constexpr auto parameters() {
    return std::tuple_cat(
        std::make_tuple(Parameter{"scale", &LogLogistic::scale, 1e-30, 1e30, "median, time units"},
                        Parameter{"shape", &LogLogistic::shape, 0.4, 1e6,
                                  "exponent of the tail: the smaller, the heavier"}),
        shift_parameter<LogLogistic>());
  }
  std::string problem() const { return range_problem(sampler()); }

  struct Quantile {
    double scale;  ///< time units
    double inverse_shape;

    /// scale ((1 - u) / u)^(1 / shape), where (1 - u) / u = exp(E) - 1
    DSGD_HD double at(double hazard) const {
      return scale * portable::exp(portable::log(portable::expm1(hazard)) * inverse_shape);
    }
  };

  using Sampler = HazardSampler<Quantile>;
  Sampler sampler() const { return {{scale, 1.0 / shape}}; }
  double origin() const { return shift; }
};

}  // namespace dsgd
