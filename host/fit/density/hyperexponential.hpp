#pragma once

#include <algorithm>

#include "dsgd/law/hyperexponential.hpp"
#include "fit/density/density.hpp"

namespace dsgd::fit {

/// Coordinates: log odds of the faster rate, log of the slower rate, log of faster / slower rate. rate1 is the
/// faster one: the law has two names for each distribution, and a fit needs one.
class HyperexponentialDensity {
 public:
  using Law = Hyperexponential;
  static constexpr std::size_t size = 3;
  static constexpr bool needs_positive = false;
  inline static std::array<double, size> const lower{-std::log(1e6 - 1), -widest, 0};
  inline static std::array<double, size> const upper{std::log(1e6 - 1), widest,
                                                     std::log(0.999 * Law::max_ratio)};
  static constexpr std::array<ParameterForm<size>, 3> parameters{
      {{Link::logistic, {1, 0, 0}}, {Link::exponential, {0, 1, 1}}, {Link::exponential, {0, 1, 0}}}};

  /// As if the three shortest quarters were all of rate1, and the others all of rate2.
  static std::array<double, size> start(Traits const& traits) {
    std::size_t const cut = traits.y.size() * 3 / 4;
    double fast = 0;
    for (std::size_t i = 0; i < cut; ++i) fast += traits.y[i];
    auto const below = static_cast<double>(cut), count = static_cast<double>(traits.y.size());
    double const slow_mean = (traits.mean * count - fast) / (count - below);
    double const ratio = slow_mean * below / fast;
    return {std::log(3.0), -std::log(slow_mean), std::log(std::clamp(ratio, 1.5, 100.0))};
  }
  static Law law(std::span<double const> at, double) {
    return {linked(Link::logistic, at[0]), std::exp(at[1] + at[2]), std::exp(at[1])};
  }

  /// The density jumps at its lower end.
  static bool shift_is_regular(std::span<double const>) { return false; }

  HyperexponentialDensity(std::span<double const> at, double)
      : probability_(linked(Link::logistic, at[0])),
        fast_rate_(std::exp(at[1] + at[2])),
        slow_rate_(std::exp(at[1])),
        fast_constant_(-std::log1p(std::exp(-at[0])) + at[1] + at[2]),
        slow_constant_(-std::log1p(std::exp(at[0])) + at[1]) {}

  double add(double y, double, std::span<double> gradient) const {
    double const fast = fast_constant_ - fast_rate_ * y;
    double const slow = slow_constant_ - slow_rate_ * y;
    double const smaller = std::exp(-std::abs(fast - slow));
    double const share = (fast > slow ? 1 : smaller) / (1 + smaller);  // of the faster rate among delays of y
    double const fast_part = share * (1 - fast_rate_ * y);
    gradient[0] += share - probability_;
    gradient[1] += fast_part + (1 - share) * (1 - slow_rate_ * y);
    gradient[2] += fast_part;
    gradient[3] -= share * fast_rate_ + (1 - share) * slow_rate_;
    return std::max(fast, slow) + std::log1p(smaller);
  }

 private:
  double probability_, fast_rate_, slow_rate_, fast_constant_, slow_constant_;
};

}  // namespace dsgd::fit
