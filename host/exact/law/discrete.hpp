/// Laws with atoms. Their cumulative hazard is a step function.
#pragma once

#include <span>
#include <vector>

#include "exact/moments.hpp"

namespace dsgd::exact {

struct Constant {
  double value;

  double lower() const { return value; }
  double upper() const { return value; }
  double tail_index() const { return infinite; }
  double mean() const { return value; }
  double variance() const { return 0; }
  double cumulative_hazard(double x) const { return x < value ? 0 : infinite; }
  std::vector<double> all_values() const { return {value}; }
};

struct TwoPoint {
  double low, high;
  double probability;  ///< probability of high

  double lower() const { return low; }
  double upper() const { return high; }
  double tail_index() const { return infinite; }
  double mean() const { return low + (high - low) * probability; }
  double variance() const { return (high - low) * (high - low) * probability * (1 - probability); }
  double cumulative_hazard(double x) const;
  std::vector<double> all_values() const { return {low, high}; }
};

/// A law under which all its values are equally likely.
struct Empirical {
  std::span<double const> values;  ///< ascending, at least one; must outlive this

  double lower() const { return values.front(); }
  double upper() const { return values.back(); }
  double tail_index() const { return infinite; }
  double mean() const;
  double variance() const;
  double cumulative_hazard(double x) const;
  std::vector<double> all_values() const { return {values.begin(), values.end()}; }
};

}  // namespace dsgd::exact
