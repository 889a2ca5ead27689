#pragma once

#include <cstdint>

#include "dsgd/law/excess.hpp"
#include "dsgd/order_statistics/uniform.hpp"

namespace dsgd {

/// Smallest and largest of m unit exponential hazards, jointly: the first of them arrives after an
/// exponential time of rate m, and what the other m - 1 need beyond it is exponential again and independent
/// of it, so that the largest is the smallest and the maximum of m - 1 fresh ones: -log(1 - V^(1/(m - 1))).
/// Source: Renyi, "On the theory of order statistics", 1953.
///
/// Relative errors are below 2^-50, but for an absolute one of 2^-53 in the gap, which would show in a
/// largest hazard below 1e-8: that has probability 1e-8^m, and m = 1 has no gap.
class ExtremeHazards {
 public:
  /// @param workers  m, in [1, max_sampled_workers]
  DSGD_HD explicit ExtremeHazards(std::uint64_t workers)
      : smallest_mean_(1.0 / static_cast<double>(workers)),
        // A single worker is both the smallest and the largest: so large a factor leaves a gap of 0.
        gap_exponent_(workers == 1 ? 1e30 : 1.0 / static_cast<double>(workers - 1)) {}

  /// @return  the smallest hazard, in [2.7e-20, 45.1] / m and at least min_hazard, where tables of delays
  ///          begin: from 2^61 workers on one draw in 2^64 is less; decreases with bits
  DSGD_HD double smallest(std::uint64_t bits) const {
    double const hazard = -log_uniform(bits) * smallest_mean_;
    return hazard < min_hazard ? min_hazard : hazard;
  }

  /// @param bits  independent of the smallest hazard's
  /// @return      largest hazard - smallest hazard, in [0, 88.1]; increases with bits
  DSGD_HD double gap(std::uint64_t bits) const { return -portable::log(-portable::expm1(log_power(bits))); }

  /// log V^(1 / (m - 1)), of which the gap is a function.
  DSGD_HD double log_power(std::uint64_t bits) const { return log_uniform(bits) * gap_exponent_; }

 private:
  double smallest_mean_;  ///< 1 / m
  double gap_exponent_;   ///< 1 / (m - 1)
};

}  // namespace dsgd
