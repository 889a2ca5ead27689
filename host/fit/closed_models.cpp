#include "fit/closed_models.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>

#include "fit/smooth_model.hpp"

namespace dsgd::fit {
namespace {

/// Where 2 n rate / estimate has a chi-squared law.
Interval rate_interval(double rate, double count, double degrees_of_freedom) {
  boost::math::chi_squared const distribution(degrees_of_freedom);
  double const low = boost::math::quantile(distribution, 0.025);
  double const high = boost::math::quantile(boost::math::complement(distribution, 0.025));
  return {rate * low / (2 * count), rate * high / (2 * count)};
}

}  // namespace

std::string_view ExponentialModel::law_name() const {
  return has_shift_ ? ShiftedExponential::name : Exponential::name;
}

std::optional<Fitted> ExponentialModel::fit(Sample const& sample, Fitted const*) const {
  double const shift = has_shift_ ? std::max(0.0, sample.smallest() - least_distance(sample, true)) : 0;
  double sum = 0;
  for (double const value : sample.values) sum += value - shift;
  double const rate = sample.count() / sum;
  Fitted fitted{Exponential{rate}, 0, sample.count() * (std::log(rate) - 1), has_shift_ ? 2u : 1u, {}};
  if (has_shift_) fitted.law = ShiftedExponential{shift, rate};
  return fitted;
}

/// All exact. The smallest value minus the shift is exponential and tells nothing of the other excesses, whose
/// sum has a gamma law of shape n - 1.
std::vector<FittedParameter> ExponentialModel::parameters(Sample const& sample, Fitted const& fitted) const {
  std::vector<FittedParameter> found = values_of(fitted);
  double const rate = found.back().value;
  found.back().interval = rate_interval(rate, sample.count(), 2 * sample.count() - (has_shift_ ? 2 : 0));
  if (has_shift_) {
    double const below = lower_end_bound(sample.count()) / (rate * (sample.count() - 1));
    found.front().interval = {std::max(0.0, sample.smallest() - below), sample.smallest()};
  }
  return found;
}

std::optional<Fitted> UniformModel::fit(Sample const& sample, Fitted const*) const {
  double const margin = least_distance(sample, true);
  Uniform const law{std::max(0.0, sample.smallest() - margin), sample.largest() + margin};
  return Fitted{law, 0, -sample.count() * std::log(law.high - law.low), 2, {}};
}

/// Exact: (high - largest) / (largest - smallest) exceeds q with probability (1 + q)^(1 - n).
std::vector<FittedParameter> UniformModel::parameters(Sample const& sample, Fitted const& fitted) const {
  std::vector<FittedParameter> found = values_of(fitted);
  double const range = sample.largest() - sample.smallest();
  double const beyond = range * std::expm1(-std::log(0.05) / (sample.count() - 1));
  found[0].interval = {std::max(0.0, sample.smallest() - beyond), sample.smallest()};
  found[1].interval = {sample.largest(), sample.largest() + beyond};
  return found;
}

}  // namespace dsgd::fit
