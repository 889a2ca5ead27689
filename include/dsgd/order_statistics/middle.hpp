#pragma once

#include <cmath>
#include <cstdint>

#include "dsgd/order_statistics/address.hpp"
#include "dsgd/order_statistics/uniform.hpp"

namespace dsgd {

/// The K-th smallest of m unit exponential hazards, 1 < K < m. Its survival probability is Beta(m - K + 1,
/// K), so that the hazard is log(1 + G_K / G_(m-K+1)) with a ratio of independent gamma variables.
/// Log-logistic proposals of the ratio are accepted with probability 0.80 (K = 2 of many) to 0.94 (K = 2 of
/// 3). Source: Cheng, "Generating beta variates with nonintegral shape parameters", CACM 21, 1978, algorithm
/// BB.
///
/// The logarithm of the acceptance probability has an absolute error of some 2^-50 sqrt(min(K, m - K + 1)):
/// 1e-9 at 2^40, above which the spread of the hazard is below the resolution of float32 runtimes.
class MiddleHazard {
 public:
  struct Proposal {
    double log_ratio;  ///< of the ratio to its centre; its numerator is the smaller shape's variable
    double margin;     ///< the proposal is accepted where this is >= 0
  };

  /// @param workers, rank  1 < rank < workers <= max_sampled_workers
  DSGD_HD MiddleHazard(std::uint64_t workers, std::uint64_t rank) {
    auto const early = static_cast<double>(rank);
    auto const late = static_cast<double>(workers - rank + 1);
    small_ = early < late ? early : late;
    double const large = early < late ? late : early;
    sum_ = small_ + large;
    share_ = small_ / sum_;
    scale_ = std::sqrt((sum_ - 2.0) / (2.0 * small_ * large - sum_));
    slope_ = small_ + 1.0 / scale_;
    sign_ = early > late ? -1.0 : 1.0;
    centre_ = early / late;
  }

  DSGD_HD Proposal propose(BitPair bits) const {
    double const log_u = log_uniform(bits.first);
    double const ratio = log_ratio(log_u, log_uniform(~bits.first));
    return {ratio, margin(log_u, log_uniform(bits.second), ratio, portable::expm1(ratio))};
  }

  /// The first step of a proposal, for loops over many: from log u and log(1 - u) to the log ratio.
  DSGD_HD double log_ratio(double log_u, double log_complement) const {
    return (log_u - log_complement) * scale_;
  }

  /// The second step of a proposal: to the margin, with log v of a second uniform v and
  /// growth = e^log_ratio - 1.
  DSGD_HD double margin(double log_u, double log_v, double log_ratio, double growth) const {
    double const log_density = slope_ * log_ratio - sum_ * portable::log1p(share_ * growth);
    return log_density - 0x1.62e42fefa39efp+0 - (log_u + log_u) - log_v;  // log 4
  }

  /// The hazard of an accepted proposal, in (0, 88.1).
  DSGD_HD double hazard(double log_ratio) const {
    return portable::log1p(centre_ * portable::exp(sign_ * log_ratio));
  }

  /// A bound that no hazard exceeds.
  DSGD_HD double bound() const {
    return portable::log1p(centre_ * portable::exp(scale_ * (log_uniform(~0ull) - log_uniform(0))));
  }

 private:
  double small_;   ///< the smaller of the shapes K and m - K + 1
  double sum_;     ///< of both shapes
  double share_;   ///< small / sum
  double scale_;   ///< of the logistic log ratio
  double slope_;   ///< small + 1 / scale
  double sign_;    ///< -1 where the hazard grows with the inverse ratio
  double centre_;  ///< K / (m - K + 1)
};

}  // namespace dsgd
