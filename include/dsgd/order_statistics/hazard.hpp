/// The K-th smallest of m unit exponential hazards, for any m, at the cost of a few draws. Every law's delay
/// is a function of the hazard, delay = F^-1(1 - e^-hazard), which keeps the order.
#pragma once

#include <cstdint>

#include "dsgd/order_statistics/address.hpp"
#include "dsgd/order_statistics/extremes.hpp"
#include "dsgd/order_statistics/middle.hpp"

namespace dsgd {

/// The hazard of the rank-th smallest in an iteration, as it is defined: engines may compute it in another
/// way, but to the same bits. Smallest and largest of an iteration are those of one sample; other ranks share
/// its draws without being ranks of that sample.
///
/// An iteration that rejected max_attempts proposals would take the last one as it is. A proposal is rejected
/// with probability below 0.32, so that this has a probability below 0.32^16384 < 1e-8000.
/// @param workers    in [1, max_sampled_workers]
/// @param rank       in [1, workers]; 1 = smallest
/// @param iteration  below 2^50
DSGD_HD double sampled_hazard(std::uint64_t seed, std::uint64_t workers, std::uint64_t rank,
                              std::uint64_t iteration) {
  BitPair bits = sampled_bits(seed, workers, iteration);
  if (rank == 1 || rank == workers) {
    ExtremeHazards const extremes(workers);
    double const smallest = extremes.smallest(bits.first);
    return rank == 1 ? smallest : smallest + extremes.gap(bits.second);
  }
  MiddleHazard const middle(workers, rank);
  MiddleHazard::Proposal proposal = middle.propose(bits);
  for (std::uint32_t attempt = 1; proposal.margin < 0 && attempt < max_attempts; ++attempt)
    proposal = middle.propose(sampled_bits(seed, workers, iteration, attempt));
  return middle.hazard(proposal.log_ratio);
}

}  // namespace dsgd
