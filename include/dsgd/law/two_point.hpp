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

/// The two-point law: a usual delay or, with a given probability, a longer one. It is the simplest model of
/// stragglers.
struct TwoPoint {
  double low = 1.0;           ///< time units
  double high = 2.0;          ///< time units
  double probability = 0.25;  ///< that the delay is high
  double shift = 0.0;         ///< added to every delay, time units

  static constexpr std::string_view name = "two-point";
  static constexpr std::string_view meaning = "high with the given probability, else low";
  static constexpr bool memoryless = false;

  /// The probability is kept to 2^-64 where it or its complement is below 2^-12, else to 2^-32. high - low is
  /// kept as a float32: to 6e-8 of itself.
  static constexpr auto parameters() {
    return std::tuple_cat(
        std::make_tuple(
            Parameter{"low", &TwoPoint::low, 0.0, 1e36, "the usual delay, time units"},
            Parameter{"high", &TwoPoint::high, 1e-36, 1e36, "the longer delay, time units"},
            Parameter{"probability", &TwoPoint::probability, 1e-15, 1.0 - 1e-15, "of the longer delay"}),
        shift_parameter<TwoPoint>());
  }
  std::string problem() const {
    if (!(low < high)) return "low is not below high";
    if (sampler().rise == 0.0f) return "high - low is below 1e-38, too small for 32-bit numbers";
    return {};
  }

  struct Sampler {
    std::uint64_t high_below;  ///< the delay is high where the bits of u are below this
    double high_above;         ///< the delay is high where the hazard is above this
    float rise;                ///< high - low, time units

    DSGD_HD float excess(std::uint32_t k, std::uint32_t t) const {
      return survival_bits(k, t) < high_below ? rise : 0.0f;
    }

    DSGD_HD double at(double hazard) const { return hazard > high_above ? static_cast<double>(rise) : 0.0; }
    DSGD_HD float excess_at(double hazard) const { return hazard > high_above ? rise : 0.0f; }
  };

  Sampler sampler() const {
    return {static_cast<std::uint64_t>(probability * 0x1p64), -portable::log(probability),
            to_excess(high - low)};
  }
  double origin() const { return low + shift; }
};

}  // namespace dsgd
