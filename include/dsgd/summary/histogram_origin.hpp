/// Where the bins of a histogram begin: they are as narrow as runtimes differ, not as runtimes are long.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "dsgd/draw/address.hpp"
#include "dsgd/law/delay_cells.hpp"

namespace dsgd {

/// The shortest excess that a worker can draw, time units.
template <class Sampler>
double shortest_excess(Sampler const& law) {
  DelayWords const words = words_at(~std::uint64_t{0});
  return static_cast<double>(law.excess(words.k, words.t));
}

/// A time that the sum of `steps` excesses is below with a probability of 2^-60 at most; it is below the mean
/// by not far more than sums differ. With Y for what an excess is longer than the shortest,
/// P(sum <= n E[Y] - t) <= exp(-t^2 / (2 n E[Y^2])): Chernoff's bound, as e^-x <= 1 - x + x^2 / 2 for x >= 0.
/// @param steps  >= 1
/// @return       time units, >= 0
template <class Sampler>
double least_sum(Sampler const& law, std::uint64_t steps) {
  double const shortest = shortest_excess(law);
  double mean = 0, square = 0;  // at most E[Y], and at least E[Y^2]
  for (std::uint32_t cell = 0; cell < delay_cells; ++cell) {
    auto const longer = [&](std::uint64_t position) {
      DelayWords const words = words_at(position);
      return static_cast<double>(law.excess(words.k, words.t)) - shortest;
    };
    double const width = static_cast<double>(cell_width(cell)) * 0x1p-64;
    double const most = longer(cell_begin(cell));
    mean += width * longer(cell_end(cell));
    square += width * most * most;
  }
  auto const n = static_cast<double>(steps);
  constexpr double twice_log_of_2_to_60 = 83.2;
  return n * shortest + std::max(0.0, n * mean - std::sqrt(twice_log_of_2_to_60 * n * square));
}

/// The origin of a histogram: hardly less than the least runtime, so that rounded runtimes are not below it.
inline float histogram_origin(double least_runtime) {
  return static_cast<float>(least_runtime * (1 - 0x1p-22));
}

}  // namespace dsgd
