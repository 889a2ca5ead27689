#include "exact/law/discrete.hpp"

#include <algorithm>
#include <cmath>

namespace dsgd::exact {

double TwoPoint::cumulative_hazard(double x) const {
  if (x < low) return 0;
  return x < high ? -std::log(probability) : infinite;
}

double Empirical::mean() const {
  // Values are counted from the middle one, so that no digits of small differences are lost.
  double const middle = values[values.size() / 2];
  double sum = 0;
  for (double const value : values) sum += value - middle;
  return middle + sum / static_cast<double>(values.size());
}

double Empirical::variance() const {
  double const center = mean();
  double sum = 0;
  for (double const value : values) sum += (value - center) * (value - center);
  return sum / static_cast<double>(values.size());
}

double Empirical::cumulative_hazard(double x) const {
  auto const above = static_cast<double>(values.end() - std::upper_bound(values.begin(), values.end(), x));
  auto const all = static_cast<double>(values.size());
  return above > all / 2 ? -std::log1p((above - all) / all) : -std::log(above / all);
}

}  // namespace dsgd::exact
