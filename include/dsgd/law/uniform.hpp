#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/law/excess.hpp"
#include "dsgd/law/shift.hpp"
#include "dsgd/parameter.hpp"

namespace dsgd {

/// The uniform law: every delay between two ends is equally likely.
struct Uniform {
  double low = 0.0;    ///< shortest delay, time units
  double high = 1.0;   ///< longest delay, time units
  double shift = 0.0;  ///< added to every delay, time units

  static constexpr std::string_view name = "uniform";
  static constexpr std::string_view meaning = "every delay from low to high is equally likely";
  static constexpr bool memoryless = false;

  static constexpr auto parameters() {
    return std::tuple_cat(
        std::make_tuple(Parameter{"low", &Uniform::low, 0.0, 1e36, "shortest delay, time units"},
                        Parameter{"high", &Uniform::high, 1e-30, 1e36, "longest delay, time units"}),
        shift_parameter<Uniform>());
  }
  std::string problem() const { return low < high ? range_problem(sampler()) : "low is not below high"; }

  struct Sampler {
    double width;  ///< high - low, time units

    /// The excess, without a logarithm: 1 - u = (~survival_bits + 1/2) / 2^64.
    DSGD_HD float excess(std::uint32_t k, std::uint32_t t) const {
      double const bits = static_cast<double>(~survival_bits(k, t)) + 0.5;
      return to_excess(width * (bits * 0x1p-64));
    }

    DSGD_HD double at(double hazard) const { return width * -portable::expm1(-hazard); }
    DSGD_HD float excess_at(double hazard) const { return to_excess(at(hazard)); }
  };

  Sampler sampler() const { return {high - low}; }
  double origin() const { return low + shift; }
};

}  // namespace dsgd
