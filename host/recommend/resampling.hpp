/// Tables of measured times with other rows: what might have been measured in their place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "dsgd/fleet.hpp"

namespace dsgd {

/// Whole steps where these are replayed; else the times of each table. Nothing depends on more than these.
/// @pre fleet.is_measured()
std::size_t measured_rows(Fleet const& fleet);

/// Numbers in [0, count) with which rows are drawn from those measured, in blocks of neighbours that go on at
/// the first row after the last.
/// @param stream  tells tables apart
/// @param block   rows in a row, in [1, count]
std::vector<std::uint32_t> drawn_rows(std::uint32_t count, std::uint32_t block, Stream stream,
                                      std::uint64_t replicate);

/// Length of the blocks in which rows are drawn so that what correlates neighbours is kept: 1 where the
/// correlation of neighbours is within chance. Source: Carlstein, "The Use of Subseries Values for Estimating
/// the Variance of a General Statistic from a Stationary Sequence", 1986, for a first-order autoregression.
/// @param series  what each row comes to, in the order of the rows
std::uint32_t block_length(std::vector<double> const& series);

/// The same steps in another order, some of them several times. @pre rows are of the table, two or more
Fleet replayed(Replay const& replay, std::vector<std::uint32_t> const& rows);

/// The fleet with the times of each table drawn again: groups of one table have the same of its times.
/// @pre fleet.replay() is null
Fleet with_drawn_times(Fleet const& fleet, Stream stream, std::uint64_t replicate);

}  // namespace dsgd
