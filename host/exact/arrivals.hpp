#pragma once

#include <cstdint>
#include <functional>

#include "exact/beta_tails.hpp"

namespace dsgd::exact {

/// Time T until m workers that started together have made k mini-batches between them.
/// @param sum  sum(n) = P(sum of n delays <= t), P(sum > t) at the time t that is asked for, n = 1 .. k
/// @return     P(T <= t), P(T > t): the m-fold convolution of what one worker makes by t, counted up to k;
///             all terms are positive
Tails arrival_tails(std::function<Tails(std::uint64_t)> const& sum, std::uint64_t workers, std::uint64_t k);

}  // namespace dsgd::exact
