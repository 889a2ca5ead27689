#pragma once

#include <span>
#include <vector>

#include "dsgd/point.hpp"

namespace dsgd {

/// Exact quantiles of the runtime of one iteration: for each probability p the least time t with
/// P(runtime <= t) >= p, where probabilities that differ by less than 1e-12 of the smaller tail are the same.
/// Known for order statistics, for the slowest sum of delays whose sum has a law, for sums of exponential gaps
/// (k-batch-sync, k-batch-async), and for the gap of async under a law without atoms.
/// @param probabilities  in (0, 1)
/// @return               one for each probability, time units, relative error below 1e-10 of what is beyond
///                       the law's origin; empty where they are not known
std::vector<double> exact_quantiles(Point const& point, std::span<double const> probabilities);

}  // namespace dsgd
