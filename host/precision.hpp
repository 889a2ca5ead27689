/// When is a point known well enough to be stopped?
#pragma once

#include <cstdint>

#include "dsgd/point.hpp"
#include "dsgd/summary.hpp"

namespace dsgd {

/// Where a point may be stopped, in units of its work: 4096, 5120, 6144, 7168, 8192, 10240, ...; from 256 on
/// where clocks are followed, each of whose replications is an average already. Depends on nothing but the
/// point, so that a result depends on neither threads nor slices nor interruptions; the steps are wide, so
/// that looking often does not make intervals miss.
/// @return the first such number above `done`
std::uint64_t next_decision(Point const& point, std::uint64_t done);

/// May a point be stopped after so many units?
bool is_decision(Point const& point, std::uint64_t done);

/// Is half the 95 % interval below `relative_error` of the mean? Never where there is no interval. The
/// interval is not believed before the sample has seen the tail: where the exact variance is known, it counts
/// where it is the larger, and the sample must show half of it; and no iteration may carry more than 1/32 of
/// it alone, since rarer and longer ones are then to be expected.
/// @param relative_error  > 0
bool is_precise(Point const& point, Summary const& summary, double relative_error);

}  // namespace dsgd
