/// How long the jobs last that matter where workers go on from job to job.
#pragma once

#include <algorithm>
#include <cstdint>

#include "dsgd/draw/address.hpp"
#include "dsgd/law/delay_cells.hpp"

namespace dsgd {

/// Lengths of jobs, time units.
struct JobLengths {
  double mean;      ///< exact to a few parts in 10^4, or in 10^2 for laws of single values
  double longest;   ///< so long that E[max(job - longest, 0)] is at most job_share_left_out of the mean
  double variance;  ///< as exact as the mean, time units squared; 0 for equal delays
};

/// Share of its time that a worker spends in what is left of a job after a wait of JobLengths::longest, at
/// most. It is so small that a job that was under way before the wait hardly counts after it.
inline constexpr double job_share_left_out = 0x1p-12;

/// Lengths of jobs that take `origin` and an excess of the law. From position 0 on, where the longest delays
/// are, the mean of what exceeds the delay at a position only grows: it is found by sums over cells, each as
/// high as the longest delay in it, so that no job is taken for shorter than it is.
/// @param origin  >= 0, time units
template <class Sampler>
JobLengths job_lengths(Sampler const& law, double origin) {
  auto const delay = [&](std::uint64_t position) {
    DelayWords const words = words_at(position);
    return origin + static_cast<double>(law.excess(words.k, words.t));
  };
  double mean = 0, excess_mean = 0, square = 0;
  for (std::uint32_t cell = 0; cell < delay_cells; ++cell) {
    double const middle = delay(cell_begin(cell)) / 2 + delay(cell_end(cell)) / 2;
    double const width = static_cast<double>(cell_width(cell)) * 0x1p-64;
    mean += width * middle;
    excess_mean += width * (middle - origin);
    square += width * (middle - origin) * (middle - origin);
  }
  double longest = delay(0), time = 0;
  for (std::uint32_t cell = 0; cell < delay_cells; ++cell) {
    time += static_cast<double>(cell_width(cell)) * 0x1p-64 * delay(cell_begin(cell));
    double const next = delay(cell_end(cell));
    double const excess = time - static_cast<double>(cell_end(cell)) * 0x1p-64 * next;
    if (excess > job_share_left_out * mean) break;
    longest = next;
  }
  return {mean, longest, std::max(square - excess_mean * excess_mean, 0.0)};
}

}  // namespace dsgd
