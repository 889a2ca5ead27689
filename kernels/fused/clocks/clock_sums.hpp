/// What is kept on the device for strategies that follow clocks, beside runtimes: a ClockSummary in digits
/// that need no carries.
#pragma once

#include <cstdint>

#include "dsgd/arithmetic/portable_log.hpp"
#include "dsgd/arithmetic/wide_unsigned.hpp"
#include "dsgd/host_device.hpp"
#include "dsgd/summary/summary.hpp"

namespace dsgd::kernels {

/// Number of bins of stalenesses: that of 0, and 30 octaves from 1 on.
inline constexpr std::uint32_t staleness_bins = 1 + 30 * Histogram::bins_per_octave + 1;

/// The bin of Histogram before that of 1.
inline constexpr std::uint32_t before_first_staleness = 127 * Histogram::bins_per_octave - 1;

/// The bin of a staleness.
/// @param staleness  in updates, below 2^30
DSGD_HD std::uint32_t staleness_bin(std::uint32_t staleness) {
  if (staleness == 0) return 0;
  auto const bits = static_cast<std::uint32_t>(bits_from_float(static_cast<float>(staleness)));
  return (bits >> 15) - before_first_staleness;
}

/// Sums over fewer than 2^29 replications and 2^34 gradients. With all bytes 0 they are sums of nothing.
struct ClockSums {
  unsigned long long staleness;           ///< of all gradients, in updates
  unsigned long long squared_windows[8];  ///< sums of the squares' 32-bit digits, the least significant first
  unsigned long long stalenesses[staleness_bins];

  /// The sums as a summary.
  /// @param replications  number of replications that were added
  /// @param gradients     number of gradients that entered their measured updates
  ClockSummary summary(std::uint64_t replications, std::uint64_t gradients) const {
    ClockSummary result;
    result.replications = replications;
    result.gradients = gradients;
    result.staleness = staleness;
    for (int digit = 0; digit < 8; ++digit) {
      WideUnsigned<4> shifted;
      int const limb = digit / 2;
      shifted.limb[limb] = digit % 2 == 0 ? squared_windows[digit] : squared_windows[digit] << 32;
      if (digit % 2 == 1 && limb < 3) shifted.limb[limb + 1] = squared_windows[digit] >> 32;
      result.squared_windows += shifted;
    }
    for (std::uint32_t bin = 0; bin < staleness_bins; ++bin)
      if (stalenesses[bin] != 0)
        result.stalenesses.add_to_bin(bin == 0 ? 0 : bin + before_first_staleness, stalenesses[bin]);
    return result;
  }
};

}  // namespace dsgd::kernels
