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

/// Pareto's law of the first kind: a heavy tail. The K-th smallest of m delays has a mean only where
/// shape (m - K + 1) > 1, and a variance only where that is > 2.
struct Pareto {
  double scale = 1.0;  ///< shortest delay, time units
  double shape = 3.0;  ///< exponent of the tail
  double shift = 0.0;  ///< added to every delay, time units

  static constexpr std::string_view name = "pareto";
  static constexpr std::string_view meaning =
      "P(X > x) = (scale / x)^shape from scale on; mean scale shape / (shape - 1) where shape > 1";
  static constexpr bool memoryless = false;

  /// problem() keeps the longest delays finite: at scale 1 that is a shape of 0.55 or more.
  static constexpr auto parameters() {
    return std::tuple_cat(
        std::make_tuple(
            Parameter{"scale", &Pareto::scale, 1e-30, 1e30, "shortest delay, time units"},
            Parameter{"shape", &Pareto::shape, 0.3, 1e6, "exponent of the tail: the smaller, the heavier"}),
        shift_parameter<Pareto>());
  }
  std::string problem() const { return range_problem(sampler()); }

  struct Quantile {
    double scale;  ///< time units
    double inverse_shape;

    /// The delay beyond the scale: scale (exp(E / shape) - 1).
    DSGD_HD double at(double hazard) const { return scale * portable::expm1(hazard * inverse_shape); }
  };

  using Sampler = HazardSampler<Quantile>;
  Sampler sampler() const { return {{scale, 1.0 / shape}}; }
  double origin() const { return scale + shift; }
};

}  // namespace dsgd
