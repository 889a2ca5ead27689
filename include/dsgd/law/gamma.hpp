#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "dsgd/law/excess.hpp"
#include "dsgd/law/gamma_quantile.hpp"
#include "dsgd/law/quantile_table.hpp"
#include "dsgd/law/shift.hpp"
#include "dsgd/parameter.hpp"

namespace dsgd {

/// The gamma law. For a whole shape it is Erlang's law, of the sum of that many exponential delays.
struct Gamma {
  double shape = 2.0;
  double rate = 2.0;   ///< shape / mean, per unit of time
  double shift = 0.0;  ///< added to every delay, time units

  static constexpr std::string_view name = "gamma";
  static constexpr std::string_view meaning =
      "density proportional to x^(shape - 1) exp(-rate x); mean shape / rate";
  static constexpr bool memoryless = false;

  /// In this range of shapes tables keep their tolerance (quantile_table.hpp).
  static constexpr auto parameters() {
    return std::tuple_cat(
        std::make_tuple(Parameter{"shape", &Gamma::shape, 0.25, 1e6,
                                  "1 is exponential, n the sum of n exponential delays"},
                        Parameter{"rate", &Gamma::rate, 1e-30, 1e30, "shape / mean delay, per unit of time"}),
        shift_parameter<Gamma>());
  }
  std::string problem() const { return range_problem(sampler()); }

  using Sampler = HazardSampler<TabulatedQuantile>;
  Sampler sampler() const { return {tabulated(GammaQuantile(shape), 1.0 / rate)}; }
  double origin() const { return shift; }
};

}  // namespace dsgd
