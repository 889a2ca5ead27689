#pragma once

#include <cstdint>

namespace dsgd {

struct RankInterval {
  double low, high;
};

/// Ranks of the order statistics of n values, 1 = smallest, between which a quantile lies with at least 95 %
/// probability. They may be 0 and n + 1: then the values are too few to bound it.
/// @param probability  in (0, 1)
RankInterval binomial_interval_95(std::uint64_t n, double probability);

}  // namespace dsgd
