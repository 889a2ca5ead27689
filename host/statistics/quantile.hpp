#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "dsgd/summary/histogram.hpp"

namespace dsgd {

/// Smallest and largest counted value.
struct ValueRange {
  double smallest = 0, largest = std::numeric_limits<double>::infinity();
};

/// A bin of a histogram and its ends: low <= value < high.
struct BinRange {
  std::uint32_t bin;
  double low, high;
};

/// Where a quantile lies, as far as counts tell.
struct QuantileBins {
  BinRange value;
  double within;  ///< share of the value's bin that lies below it, in [0, 1], as if it were evenly filled
  std::optional<BinRange> low, high;  ///< bins of the order statistics around it; absent for few values
};

/// Finds the bins of a quantile and of its 95 % interval.
/// Source: David, Nagaraja, "Order Statistics", 3rd ed., 7.1 (binomial interval).
/// @param probability  in (0, 1)
/// @pre the histogram is not empty
QuantileBins quantile_bins(Histogram const& histogram, double probability);

/// A quantile of what was counted, linear within its bin's share of the range, and an interval that holds it
/// with at least 95 % probability, whatever the distribution: from the lower end of the bin of one order
/// statistic to the upper end of that of another, since no more is known of them than their bins.
struct QuantileEstimate {
  double value;
  std::optional<double> low, high;  ///< absent where there are too few values to bound it
};

/// Estimates a quantile from its bins.
/// @param range  what no estimate exceeds
QuantileEstimate quantile(QuantileBins const& bins, ValueRange range = {});

}  // namespace dsgd
