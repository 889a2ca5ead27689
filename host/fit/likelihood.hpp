/// The likelihood of a density and a shift.
#pragma once

#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "fit/density/density.hpp"
#include "fit/sample.hpp"

namespace dsgd::fit {

template <class Density>
class Likelihood {
 public:
  explicit Likelihood(Sample const& sample) : values_(sample.values), logs_(sample.values.size()) {
    take_logs(0);
  }

  /// Mean log likelihood of a value.
  /// @param at        coordinates
  /// @param shift     below the smallest value where the density needs positive values
  /// @param gradient  to be set: derivatives by the coordinates and, last, by the shift
  double operator()(std::span<double const> at, double shift, std::span<double> gradient) {
    if (shift != shift_) take_logs(shift);
    for (double& slope : gradient) slope = 0;
    Density const density(at, values_.front() - shift);
    double sum = 0;
    for (std::size_t i = 0; i < values_.size(); ++i)
      sum += density.add(values_[i] - shift, logs_[i], gradient);
    auto const count = static_cast<double>(values_.size());
    for (double& slope : gradient) slope /= count;
    gradient[Density::size] *= -1;
    return sum / count;
  }

 private:
  void take_logs(double shift) {
    for (std::size_t i = 0; i < values_.size(); ++i) logs_[i] = std::log(values_[i] - shift);
    shift_ = shift;
  }

  std::span<double const> values_;
  std::vector<double> logs_;  ///< of values - shift_
  double shift_ = 0;
};

/// Traits of the values beyond a shift.
inline Traits traits_of(Sample const& sample, double shift) {
  Traits traits{};
  traits.y.reserve(sample.values.size());
  for (double const value : sample.values) traits.y.push_back(value - shift);
  double sum = 0, logs = 0, squares = 0;
  for (double const y : traits.y) sum += y;
  for (double const y : traits.y) logs += std::log(y);
  traits.mean = sum / sample.count();
  traits.mean_log = logs / sample.count();
  for (double const y : traits.y) squares += std::pow(std::log(y) - traits.mean_log, 2);
  traits.sd_log = std::sqrt(squares / sample.count());
  return traits;
}

}  // namespace dsgd::fit
