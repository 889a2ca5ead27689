#pragma once

#include <algorithm>
#include <cstdint>

#include "dsgd/arithmetic/portable_math.hpp"
#include "dsgd/order_statistics/hazard.hpp"
#include "dsgd/quantum/range.hpp"

namespace dsgd {

/// Hazard of a delay that is exceeded with probability (m - K + 1/2) / m: typical of the K-th smallest.
/// @pre 1 <= rank <= workers <= max_sampled_workers
inline double typical_hazard(std::uint64_t workers, std::uint64_t rank) {
  auto const all = static_cast<double>(2 * workers);
  auto const below = static_cast<double>(2 * rank - 1);  // in halves: no integer exceeds 2^63
  auto const above = static_cast<double>(2 * (workers - rank) + 1);
  return below < above ? -portable::log1p(-below / all) : -portable::log(above / all);
}

/// No sampled hazard of this rank is larger. At most 88.2: a law has to be finite up to there.
/// @pre 1 <= rank <= workers <= max_sampled_workers
inline double largest_hazard(std::uint64_t workers, std::uint64_t rank) {
  if (rank != 1 && rank != workers) return MiddleHazard(workers, rank).bound();
  ExtremeHazards const extremes(workers);
  return extremes.smallest(0) + (rank == 1 ? 0.0 : extremes.gap(~0ull));
}

/// Of the `rank`-th smallest of `workers` sampled delays.
/// @pre 1 <= rank <= workers <= max_sampled_workers, and the law is finite at largest_hazard(workers, rank)
template <class Sampler>
RuntimeRange sampled_range(Sampler const& law, std::uint64_t workers, std::uint64_t rank) {
  double const rare = std::min(rare_hazard(workers, rank), largest_hazard(workers, rank));
  return {floor_log2(law.excess_at(typical_hazard(workers, rank))), ceil_log2(law.excess_at(rare))};
}

}  // namespace dsgd
