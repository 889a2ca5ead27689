#pragma once

#include <cstdint>
#include <span>

#include "dsgd/observable.hpp"
#include "dsgd/point.hpp"

namespace dsgd {

/// Finds when the first jobs of a replication end, if it starts at the end of a job and all workers have
/// worked for ever: one worker begins a job, the others are in the middle of one. From there the times
/// between arrivals have their long-run law at once, whatever the delays: k of them take k E[X] / m on
/// average.
/// Source: Palm probabilities of superposed renewal processes; Daley and Vere-Jones, "An Introduction to the
/// Theory of Point Processes", 2003, 3.4 and 13.
/// @param ticks  one for each worker, filled in
/// @pre observable.runtime holds Clocks, observable.residuals is there, ticks has one element per worker
void find_first_arrivals(Stream stream, std::uint64_t replication, Observable const& observable,
                         std::span<std::uint64_t> ticks);

}  // namespace dsgd
