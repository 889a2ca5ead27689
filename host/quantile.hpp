#pragma once

#include <limits>
#include <optional>

#include "dsgd/histogram.hpp"

namespace dsgd {

/// What was counted lies between these.
struct ValueRange {
  double smallest = 0, largest = std::numeric_limits<double>::infinity();
};

/// A quantile of what was counted, linear within its bin's share of the range, with the order statistics that
/// enclose it with 95 % probability, whatever the distribution.
struct QuantileEstimate {
  double value;
  std::optional<double> low, high;  ///< absent where there are too few values to bound it
};

/// Source: David, Nagaraja, "Order Statistics", 3rd ed., 7.1 (binomial interval).
/// @param probability  in (0, 1)
/// @pre the histogram is not empty
QuantileEstimate quantile(Histogram const& histogram, double probability, ValueRange range = {});

}  // namespace dsgd
