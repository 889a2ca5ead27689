#pragma once

#include <optional>

#include "dsgd/point.hpp"

namespace dsgd {

/// A tail too heavy for ticks: typical times would be lost in the quantum that the longest delays need.
struct Unresolved {
  int span;              ///< log2(longest / typical), where one of 2^50 is longer
  bool between_updates;  ///< true for times between updates, false for delays or runtimes
};

/// Largest log2(longest / typical) that a point may have: a quantum is then at most 2^-8 of a typical time,
/// and rounding to it changes a mean by less than 10^-6 of itself.
inline constexpr int max_span = 54;

/// Finds whether a point's tail is too heavy for ticks.
/// @return  nothing where ticks tell a point's runtimes apart, nor for order statistics without a mean, whose
///          quantiles do without ticks
std::optional<Unresolved> find_unresolved(Point const& point);

/// Tells whether sums of delays, or typical order statistics, are in the range of 32-bit numbers.
enum class FloatRange { inside, too_long, too_short };

/// Range of a point's runtimes. Sums of delays beyond 2^127 are infinite as 32-bit numbers. Order statistics
/// below 2^-126 are 0: where a typical one is above 2^-110, less than 2^-16 of the mean is lost in them,
/// times the probability that it happens at all.
FloatRange float_range(Point const& point);

/// True where an order statistic's spread is below 2^-20 of its excess, but not 0. Float32 runtimes would
/// round it away, and with it the mean by more than its standard error.
bool hardly_varies(Point const& point);

}  // namespace dsgd
