#pragma once

#include <string_view>
#include <tuple>

#include "dsgd/law/exponential.hpp"
#include "dsgd/parameter.hpp"

namespace dsgd {

/// The shifted exponential law: a fixed time and an exponential one after it. Source: Dutta et al., "Slow and
/// Stale Gradients Can Win the Race", AISTATS 2018, where it is the law of a worker that computes and is then
/// held up.
struct ShiftedExponential {
  double shift = 1.0;  ///< shortest delay, time units
  double rate = 1.0;   ///< 1 / (mean - shift), per unit of time

  static constexpr std::string_view name = "shifted-exponential";
  static constexpr std::string_view meaning = "shift + an exponential delay; mean shift + 1 / rate";
  static constexpr bool memoryless = false;

  /// Delays beyond the shift are those of the exponential law, in its range.
  static constexpr auto parameters() {
    return std::make_tuple(
        Parameter{"shift", &ShiftedExponential::shift, 0.0, 1e36, "shortest delay, time units"},
        Parameter{"rate", &ShiftedExponential::rate, 1e-36, 1e18, "1 / (mean - shift), per unit of time"});
  }

  using Sampler = Exponential::Sampler;
  Sampler sampler() const { return Exponential{rate}.sampler(); }
  double origin() const { return shift; }
};

}  // namespace dsgd
