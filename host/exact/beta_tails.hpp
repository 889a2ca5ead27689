#pragma once

#include <cstdint>

#include "exact/logit_beta.hpp"

namespace dsgd::exact {

/// Probabilities of the two sides of a point, each with its own relative accuracy.
struct Tails {
  double below, above;
};

/// Distribution of the K-th smallest of m values, in terms of the distribution function of one value.
class BetaTails {
 public:
  /// @pre 1 <= rank <= workers < 2^62
  BetaTails(std::uint64_t workers, std::uint64_t rank);

  /// @param hazard  -log P(one value > x)
  /// @return        P(K-th <= x), P(K-th > x), relative error below 1e-12
  Tails at(double hazard) const;

  /// Inverts at(): the hazard up to which the K-th comes with this probability.
  /// @param probability  in (0, 1)
  /// @return             relative error below 1e-11
  double hazard_at(double probability) const;

 private:
  std::uint64_t workers_, rank_;
  LogitBeta beta_;
  double mass_;
};

}  // namespace dsgd::exact
