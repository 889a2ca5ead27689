/// What the laws' samplers share. A sampler is trivially copyable and evaluates one law on host and device:
///
///     float excess(k, t)       delay beyond the law's origin, time units, of the draw with word k and tail
///                              word t; finite, 0 or normal; it never increases with survival_bits(k, t): a
///                              small word is a long delay
///     double at(hazard)        the same law as a function of E = -log P(longer delay)
///     float excess_at(hazard)  the same, rounded as delays are
///
/// Hazards are in [min_hazard, max_hazard). Samplers that read a table also have
///
///     std::span<... const> table()    the table; it lives as long as the law says
///     Sampler with_table(pointer)     the same sampler on a copy of it, such as one on a device
#pragma once

#include <cmath>
#include <cstdint>
#include <string>

#include "dsgd/arithmetic/portable_log.hpp"
#include "dsgd/draw/address.hpp"
#include "dsgd/host_device.hpp"

namespace dsgd {

inline constexpr double min_hazard = 0x1p-126;  ///< of 2^60 workers, the fastest has 2^-125 at least
inline constexpr double max_hazard = 128;       ///< of 2^60 workers, the slowest has 87 at most

/// A delay as float32, rounded once. What is below the normal floats becomes 0, so that machines which flush
/// subnormal numbers give the same bits.
DSGD_HD float to_excess(double delay) { return delay < 0x1p-126 ? 0.0f : static_cast<float>(delay); }

/// The sampler of a law whose delays are functions of E alone. @tparam Quantile  has at()
template <class Quantile>
struct HazardSampler : Quantile {
  DSGD_HD float excess_at(double hazard) const { return to_excess(this->at(hazard)); }
  DSGD_HD float excess(std::uint32_t k, std::uint32_t t) const {
    return excess_at(static_cast<double>(neg_log_uniform(k, t)));
  }
};

/// The probability u of a longer delay in units of 2^-64, rounded down: u 2^64 is the result + 1/2. A
/// word without tail word counts as the middle of those that it stands for.
DSGD_HD std::uint64_t survival_bits(std::uint32_t k, std::uint32_t t) {
  std::uint32_t const low = k < tail_cells ? t : ~k < tail_cells ? ~t : 0x80000000u;
  return std::uint64_t{k} << 32 | low;
}

/// What is wrong with a continuous law's delays as 32-bit numbers: one clause, empty when nothing is. The
/// longest delay that a draw can be must be finite, and sums of some must be; what the shortest of 2^24
/// delays typically is must be a normal number. Hazards above 45.2 have no draw, and there a delay may be
/// infinite.
template <class Sampler>
std::string range_problem(Sampler const& law) {
  if (!(law.at(45.2) <= 1e36)) return "its longest delays are above 1e36, too large for 32-bit numbers";
  if (!(law.at(0x1p-26) >= 0x1p-126))
    return "its shortest delays are below 1e-38, too small for 32-bit numbers";
  return {};
}

}  // namespace dsgd
