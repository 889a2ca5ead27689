/// The values that laws are fitted to.
#pragma once

#include <vector>

namespace dsgd::fit {

struct Sample {
  std::vector<double> values;  ///< ascending, time units; at least two that differ
  double resolution =
      0;  ///< the unit in which they are written, a power of ten; 0 where it is too fine to matter

  double smallest() const { return values.front(); }
  double largest() const { return values.back(); }
  double count() const { return static_cast<double>(values.size()); }

  /// From the smallest value to the median, time units; to the largest where the median is the smallest.
  double lower_spread() const;
};

/// The largest power of ten of which all values are multiples; 0 where they have over ten digits.
/// @pre not empty; every value >= 0 and finite
double resolution_of(std::vector<double> const& values);

/// @param values      time units, in any order; every value >= 0 and finite
/// @param resolution  of the values, as resolution_of() says
Sample make_sample(std::vector<double> values, double resolution);

}  // namespace dsgd::fit
