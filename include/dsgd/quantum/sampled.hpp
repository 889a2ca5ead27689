#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/expects.hpp"
#include "dsgd/order_statistics/hazard.hpp"
#include "dsgd/quantum/range.hpp"

namespace dsgd {

/// The typical hazard of the K-th smallest of m: a delay exceeds it with probability (m - K + 1/2) / m.
/// @pre 1 <= rank <= workers <= max_sampled_workers
inline double typical_hazard(std::uint64_t workers, std::uint64_t rank) {
  DSGD_EXPECTS(1 <= rank && rank <= workers && workers <= max_sampled_workers);
  auto const all = static_cast<double>(2 * workers);
  auto const below = static_cast<double>(2 * rank - 1);  // in halves: no integer exceeds 2^63
  auto const above = static_cast<double>(2 * (workers - rank) + 1);
  return below < above ? -portable::log1p(-below / all) : -portable::log(above / all);
}

/// A bound that no sampled hazard of the rank exceeds. It is at most 88.2: a law has to be finite up to
/// there.
/// @pre 1 <= rank <= workers <= max_sampled_workers
inline double largest_hazard(std::uint64_t workers, std::uint64_t rank) {
  DSGD_EXPECTS(1 <= rank && rank <= workers && workers <= max_sampled_workers);
  if (rank != 1 && rank != workers) return MiddleHazard(workers, rank).bound();
  ExtremeHazards const extremes(workers);
  return extremes.smallest(0) + (rank == 1 ? 0.0 : extremes.gap(~0ull));
}

/// The range of the `rank`-th smallest of `workers` sampled delays.
/// @pre 1 <= rank <= workers <= max_sampled_workers, and the law is finite up to largest_hazard(workers,
///      rank) or rare_hazard(workers, rank), whichever is smaller
template <class Sampler>
RuntimeRange sampled_range(Sampler const& law, std::uint64_t workers, std::uint64_t rank) {
  double const rare = std::min(rare_hazard(workers, rank), largest_hazard(workers, rank));
  DSGD_EXPECTS(std::isfinite(law.excess_at(rare)));
  return {floor_log2(law.excess_at(typical_hazard(workers, rank))), ceil_log2(law.excess_at(rare))};
}

}  // namespace dsgd
