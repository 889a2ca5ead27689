#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>

#include "dsgd/law/excess.hpp"
#include "dsgd/law/hyperexponential_quantile.hpp"
#include "dsgd/law/quantile_table.hpp"
#include "dsgd/law/shift.hpp"
#include "dsgd/parameter.hpp"

namespace dsgd {

/// A mixture of two exponential laws: fast workers, some of which are slow today.
struct Hyperexponential {
  double probability = 0.75;  ///< that the delay has rate1
  double rate1 = 2.0;         ///< per unit of time
  double rate2 = 0.5;         ///< per unit of time
  double shift = 0.0;         ///< added to every delay, time units

  static constexpr std::string_view name = "hyperexponential";
  static constexpr std::string_view meaning =
      "exponential with rate1 with the given probability, else with rate2; mean p / rate1 + (1 - p) / rate2";
  static constexpr bool memoryless = false;

  static constexpr double max_ratio = 1e4;  ///< larger rate / smaller rate; beyond it tables become too large

  /// The ranges of the rates keep delays 32-bit numbers.
  static constexpr auto parameters() {
    return std::tuple_cat(
        std::make_tuple(
            Parameter{"probability", &Hyperexponential::probability, 1e-6, 1.0 - 1e-6, "of rate1"},
            Parameter{"rate1", &Hyperexponential::rate1, 1e-30, 1e30, "per unit of time"},
            Parameter{"rate2", &Hyperexponential::rate2, 1e-30, 1e30, "per unit of time"}),
        shift_parameter<Hyperexponential>());
  }
  std::string problem() const {
    bool const is_too_large = std::max(rate1, rate2) > max_ratio * std::min(rate1, rate2);
    return is_too_large ? "one rate is over 10000 times the other" : "";
  }

  using Sampler = HazardSampler<TabulatedQuantile>;
  Sampler sampler() const {
    bool const first_is_fast = rate1 >= rate2;
    double const slow_rate = std::min(rate1, rate2);
    double const slow_probability = first_is_fast ? 1.0 - probability : probability;
    return {tabulated(HyperexponentialQuantile(slow_probability, std::max(rate1, rate2) / slow_rate),
                      1.0 / slow_rate)};
  }
  double origin() const { return shift; }
};

}  // namespace dsgd
