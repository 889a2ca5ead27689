#pragma once

#include <optional>

#include "dsgd/point.hpp"

namespace dsgd {

/// A tail too heavy for ticks: what is typical would be lost in the quantum that the longest delays need.
struct Unresolved {
  int span;              ///< log2 of the longest, but for one of 2^50, over what is typical
  bool between_updates;  ///< is that a time between updates? Otherwise a delay or a runtime
};

/// Longest over typical that a point may have, log2: a quantum is at most 2^-8 of what is typical then, and
/// rounding to it changes a mean by less than 10^-6 of itself.
inline constexpr int max_span = 54;

/// @return  nothing where ticks tell a point's runtimes apart, nor for order statistics without a mean, whose
///          quantiles do without ticks
std::optional<Unresolved> find_unresolved(Point const& point);

/// Can a runtime that is a sum of delays, or an order statistic's typical one, be no 32-bit number?
enum class FloatRange { inside, too_long, too_short };

/// Sums of delays beyond 2^127 are infinite as 32-bit numbers. Order statistics below 2^-126 are 0: where a
/// typical one is above 2^-110, less than 2^-16 of the mean is lost in them, times the probability that it
/// happens at all.
FloatRange float_range(Point const& point);

/// Is an order statistic's spread below 2^-20 of its excess, but not 0? Float32 runtimes would round it away,
/// and with it the mean by more than its standard error.
bool hardly_varies(Point const& point);

}  // namespace dsgd
