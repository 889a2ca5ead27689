#include "fit/sample.hpp"

#include <algorithm>
#include <cmath>

#include "dsgd/expects.hpp"

namespace dsgd::fit {

double Sample::lower_spread() const {
  double const spread = values[values.size() / 2] - smallest();
  return spread > 0 ? spread : largest() - smallest();
}

double resolution_of(std::vector<double> const& values) {
  DSGD_EXPECTS(!values.empty());
  constexpr int digits = 10;
  constexpr double tolerance = 4e-15;  // of a quotient: value, unit and division are rounded once each
  double const largest = *std::max_element(values.begin(), values.end());
  if (largest == 0) return 0;
  int const top = static_cast<int>(std::floor(std::log10(largest)));
  for (int exponent = top; exponent > top - digits; --exponent) {
    double const unit = std::pow(10.0, exponent);
    auto const is_multiple = [unit](double value) {
      double const quotient = value / unit;
      return std::abs(quotient - std::round(quotient)) <= tolerance * quotient;
    };
    if (std::all_of(values.begin(), values.end(), is_multiple)) return unit;
  }
  return 0;
}

Sample make_sample(std::vector<double> values, double resolution) {
  std::sort(values.begin(), values.end());
  DSGD_EXPECTS(values.size() >= 2 && values.front() >= 0 && values.front() < values.back());
  return {std::move(values), resolution};
}

}  // namespace dsgd::fit
