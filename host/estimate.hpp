/// From integers to the numbers that users read: the one place where a summary becomes decimals.
#pragma once

#include <cstdint>
#include <optional>

#include "dsgd/point.hpp"
#include "dsgd/summary.hpp"

namespace dsgd {

/// All times in the unit of the law. What the data cannot give is absent.
struct Estimate {
  std::uint64_t iterations;
  double mean;
  std::optional<double> standard_error;       ///< absent for one iteration or no variance
  std::optional<double> ci95_low, ci95_high;  ///< Student-t interval of the mean, 12 significant digits
  std::optional<double> standard_deviation;   ///< of one iteration's runtime; absent for one iteration
  double minimum, maximum;
  std::optional<double> expected;  ///< exact mean, 12 significant digits
  std::optional<double> z;         ///< (mean - expected) / standard_error, 4 decimals
};

/// @pre summary.iterations >= 1
Estimate estimate(Point const& point, Summary const& summary);

}  // namespace dsgd
