/// What errors of single words do to the means that the program estimates: E[max] and E[min] over m workers.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

#include "dsgd/draw/address.hpp"
#include "simd.hpp"

namespace dsgd::test {

inline constexpr int worker_counts = 21;  ///< m = 2^0 .. 2^20

/// Entry i: of m = 2^i workers, in the unit of the delays.
using PerWorkerCount = std::array<double, worker_counts>;

struct Bias {
  PerWorkerCount maximum{}, minimum{};

  Bias& operator+=(Bias const& other) {
    for (std::size_t i = 0; i < worker_counts; ++i) {
      maximum[i] += other.maximum[i];
      minimum[i] += other.minimum[i];
    }
    return *this;
  }
};

namespace detail {

/// sums[i] += errors of 2^i workers, weighted with the probability that of their words the one at distance
/// x from an end, x = first, first + step, ..., is the nearest to that end:
/// ((N - x) / N)^m (1 - (1 - 1 / (N - x))^m), N = 2^32. Both factors go from m to 2 m by one multiplication.
template <std::uint32_t lanes>
__attribute__((always_inline)) inline void add_weighted(double first, double step, double const* errors,
                                                        std::uint32_t count, PerWorkerCount& sums) {
  double const nearest = step > 0 ? first : first + step * (count - 1);
  int relevant = 1;  // beyond, the probability that a word of this block is the nearest is below 1e-30
  for (double rest = (0x1p32 - nearest) / 0x1p32; relevant < worker_counts && rest > 1e-30; ++relevant) {
    rest *= rest;
  }
  double partial[worker_counts][lanes] = {};
  for (std::uint32_t i = 0; i < count; i += lanes) {
    double farther[lanes], here[lanes], error[lanes];
    for (std::uint32_t l = 0; l < lanes; ++l) {
      double const remaining = 0x1p32 - (first + step * static_cast<std::int32_t>(i + l));
      farther[l] = remaining * 0x1p-32;
      here[l] = 1.0 / remaining;
      error[l] = errors[i + l];
    }
    for (int j = 0; j < relevant; ++j) {
      for (std::uint32_t l = 0; l < lanes; ++l) {
        partial[j][l] += farther[l] * here[l] * error[l];
        farther[l] *= farther[l];
        here[l] *= 2.0 - here[l];
      }
    }
  }
  for (std::size_t j = 0; j < worker_counts; ++j) {
    for (double const p : partial[j]) sums[j] += p;
  }
}

}  // namespace detail

/// Adds what the mean errors of `count` words from `first_word` on contribute. @pre count is 1 or a multiple
/// of 64
__attribute__((always_inline)) inline void add_word_errors(std::uint32_t first_word, double const* errors,
                                                           std::uint32_t count, Bias& bias) {
  // the longest delay is that of the smallest word, the shortest that of the largest
  double const from_below = first_word, from_above = ~first_word;
  if (count == 1) {
    detail::add_weighted<1>(from_below, 1.0, errors, count, bias.maximum);
    detail::add_weighted<1>(from_above, -1.0, errors, count, bias.minimum);
  } else {
    detail::add_weighted<64>(from_below, 1.0, errors, count, bias.maximum);
    detail::add_weighted<64>(from_above, -1.0, errors, count, bias.minimum);
  }
}

/// Bias of the mean of -log u at the nearest of `workers` words to an end, of `words` there are, because
/// equal words share their tail word: u is then uniform within the word's cell and not distributed like the
/// nearest of m. Sum over the first `cells` of minus the covariance, within the cell, of -log u and the
/// density; both linear but for -log u in the first cell at u = 0. What is left out is a share of about
/// workers / words.
/// @{
inline double shared_tail_bias_of_maximum(double workers, double words, std::uint32_t cells) {
  double sum = 0.25;  // first cell: integral of log(y) (y - 1/2) over [0, 1]
  for (std::uint32_t k = 1; k < cells; ++k) {
    double const middle = k + 0.5;
    sum += std::exp((workers - 2) * std::log1p(-middle / words)) / (12.0 * middle);
  }
  return -workers * (workers - 1) / (words * words) * sum;
}

inline double shared_tail_bias_of_minimum(double workers, double words, std::uint32_t cells) {
  double sum = 0.0;
  for (std::uint32_t k = 0; k < cells; ++k) {
    sum += std::exp((workers - 3) * std::log1p(-(k + 0.5) / words)) / (12.0 * words);
  }
  return workers * (workers - 1) / (words * words) * sum;
}
/// @}

/// Variance of the maximum of `workers` Exponential(1) delays: the sum of 1 / i^2.
inline double harmonic2(std::uint32_t workers) {
  double sum = 0.0;
  for (std::uint32_t i = workers; i > 0; --i) sum += 1.0 / (static_cast<double>(i) * i);
  return sum;
}

}  // namespace dsgd::test
