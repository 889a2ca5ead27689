#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "exact/beta_tails.hpp"
#include "exact/law/list.hpp"

namespace dsgd::exact {

/// Law of the sum of n delays, where it is one of the list: constant, (shifted) exponential, gamma.
std::optional<Law> law_of_sum(Law const& law, std::uint64_t n);

/// Distribution of the sum of n uniform numbers on [0, 1].
/// @return P(sum <= x), P(sum > x), relative error below 1e-11
/// @pre    n <= 64
Tails irwin_hall(std::uint64_t n, double x);

/// P(sum of n delays <= x), P(sum > x) as a function of n = 1 .. most and x, and the places where it is not
/// smooth in x (has less than about a dozen derivatives).
struct SumTails {
  std::function<Tails(std::uint64_t n, double x)> at;
  std::vector<double> breaks;  ///< for all sums, in no order
};

/// Tails of sums of up to `most` delays, for the laws of law_of_sum() and for uniform delays.
/// @return nothing for other laws, and for more than 64 uniform delays
std::optional<SumTails> sum_tails(Law const& law, std::uint64_t most);

}  // namespace dsgd::exact
