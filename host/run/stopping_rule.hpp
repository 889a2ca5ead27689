/// Decides when a point is known well enough to be stopped.
#pragma once

#include <cstdint>
#include <optional>

#include "dsgd/planned_point.hpp"
#include "dsgd/summary/summary.hpp"

namespace dsgd {

/// Finds where a point may be stopped next, in units of its work: 4096, 5120, 6144, 7168, 8192, 10240, ...;
/// from 256 on where clocks are followed, since each replication is an average already. The numbers depend on
/// nothing but the point, so that a result depends on neither threads nor slices nor interruptions; their
/// steps are wide, so that looking often does not make intervals miss.
/// @return the first such number above `done`
std::uint64_t next_decision(PlannedPoint const& planned, std::uint64_t done);

/// True where a point may be stopped after so many units.
bool is_decision(PlannedPoint const& planned, std::uint64_t done);

/// True where half the 95 % interval is below `relative_error` of the mean; false where there is no interval.
/// The interval is not believed before a sample of this size must have seen the tail. Where the variance is
/// known exactly, the interval that follows from it must be as narrow. Where the distribution is known, too,
/// at most a fifth of the variance may lie so far out that one iteration would carry more than 1/32 of all
/// squared deviations; elsewhere no iteration of the sample may carry so much, and the sample must show half
/// of a variance that is known.
/// @param relative_error  > 0
bool is_precise(PlannedPoint const& planned, Summary const& summary, double relative_error);

/// After how many units is_precise() will probably hold, as far as exact values tell: the first decision at
/// which the exact interval is narrow enough and the tail seen, whatever the point's iterations are.
/// @return nothing where mean or variance are unknown or infinite, where nothing varies, and where iterations
/// depend on each other
std::optional<std::uint64_t> expected_decision(PlannedPoint const& planned, double relative_error);

}  // namespace dsgd
