#pragma once

#include <cmath>
#include <cstdint>
#include <string_view>
#include <tuple>

#include "dsgd/arithmetic/portable_log.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/law/excess.hpp"
#include "dsgd/law/shift.hpp"
#include "dsgd/parameter.hpp"

namespace dsgd {

/// Exponential delay, the law of the notebook and the only continuous one without memory.
/// Source: inversion, Devroye, "Non-Uniform Random Variate Generation", 1986, II.2.
struct Exponential {
  double rate = 2.0;   ///< 1 / mean, per unit of time
  double shift = 0.0;  ///< added to every delay, time units

  static constexpr std::string_view name = "exponential";
  static constexpr std::string_view meaning = "P(X > x) = exp(-rate x); mean 1 / rate; without memory";
  static constexpr bool memoryless = true;

  /// The range keeps every delay a normal float32: E / rate with E in [2.7e-20, 45.1].
  static constexpr auto parameters() {
    return std::tuple_cat(std::make_tuple(Parameter{"rate", &Exponential::rate, 1e-36, 1e18,
                                                    "1 / mean delay, per unit of time"}),
                          shift_parameter<Exponential>());
  }

  /// Evaluates delays on host and device.
  struct Sampler {
    float scale_hi, scale_lo;  ///< 1 / rate, time units, as an unevaluated sum

    /// @param k, t  word and tail word of a draw; a small k is a long delay
    /// @return      delay beyond the law's origin, time units, > 0 and finite; never increases with k
    DSGD_HD float excess(std::uint32_t k, std::uint32_t t) const {
      float const e = neg_log_uniform(k, t);
      return std::fma(e, scale_hi, e * scale_lo);  // a rate rounded to float32 would bias the mean by 3e-8
    }

    /// 1 / rate, time units, to 48 bits.
    DSGD_HD double scale() const { return static_cast<double>(scale_hi) + static_cast<double>(scale_lo); }

    DSGD_HD double at(double hazard) const { return hazard * scale(); }
    DSGD_HD float excess_at(double hazard) const { return to_excess(at(hazard)); }
  };

  Sampler sampler() const {
    double const scale = 1.0 / rate;
    auto const hi = static_cast<float>(scale);
    return {hi, static_cast<float>(scale - static_cast<double>(hi))};
  }

  /// Lower end of the delays, time units; added once to what was summed.
  double origin() const { return shift; }
};

}  // namespace dsgd
