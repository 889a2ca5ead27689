#pragma once

#include <optional>

#include "dsgd/histogram.hpp"

namespace dsgd {

/// A quantile of what was counted, linear within its bin, with the order statistics that enclose it with 95 %
/// probability, whatever the distribution.
struct QuantileEstimate {
  double value;
  std::optional<double> low, high;  ///< absent where there are too few values to bound it
};

/// Source: David, Nagaraja, "Order Statistics", 3rd ed., 7.1 (binomial interval).
/// @param probability  in (0, 1)
/// @pre the histogram is not empty
QuantileEstimate quantile(Histogram const& histogram, double probability);

}  // namespace dsgd
