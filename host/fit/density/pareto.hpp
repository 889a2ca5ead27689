#pragma once

#include <algorithm>

#include "dsgd/law/pareto.hpp"
#include "fit/density/density.hpp"

namespace dsgd::fit {

/// Coordinate: log shape. The scale of greatest likelihood is the smallest y, whatever the shape.
class ParetoDensity {
 public:
  using Law = Pareto;
  static constexpr std::size_t size = 1;
  static constexpr bool needs_positive = true;
  inline static std::array<double, size> const lower{std::log(0.3)};
  inline static std::array<double, size> const upper{std::log(1e6)};
  static constexpr std::array<ParameterForm<size>, 2> parameters{
      {{Link::smallest, {0}}, {Link::exponential, {1}}}};

  /// The maximum itself.
  static std::array<double, size> start(Traits const& traits) {
    return {-std::log(std::max(traits.mean_log - std::log(traits.y.front()), 1e-12))};
  }

  static Law law(std::span<double const> at, double smallest) { return {smallest, std::exp(at[0])}; }

  /// The smallest value tells the lower end so exactly that scale = smallest - shift and the shape are left.
  static bool shift_is_regular(std::span<double const>) { return true; }

  ParetoDensity(std::span<double const> at, double smallest)
      : shape_(std::exp(at[0])),
        inverse_smallest_(1 / smallest),
        log_smallest_(std::log(smallest)),
        log_shape_(at[0]) {}

  /// The last derivative is by y and the smallest y together, as a shift moves both.
  double add(double y, double log_y, std::span<double> gradient) const {
    double const above = log_smallest_ - log_y;
    gradient[0] += 1 + shape_ * above;
    gradient[1] += shape_ * inverse_smallest_ - (shape_ + 1) / y;
    return log_shape_ + shape_ * above - log_y;
  }

 private:
  double shape_, inverse_smallest_, log_smallest_, log_shape_;
};

}  // namespace dsgd::fit
