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

/// Sum of n uniform numbers on [0, 1]. @return P(sum <= x), P(sum > x), relative error below 1e-11. @pre n <=
/// 64
Tails irwin_hall(std::uint64_t n, double x);

/// P(sum of n delays <= x), P(> x) as a function of n = 1 .. most and x, and where it is not smooth in x (all
/// but where it has a dozen derivatives).
struct SumTails {
  std::function<Tails(std::uint64_t n, double x)> at;
  std::vector<double> breaks;  ///< of all sums, in no order
};

/// For the laws of law_of_sum and for uniform delays. @return nothing for others, and for uniform beyond n =
/// 64
std::optional<SumTails> sum_tails(Law const& law, std::uint64_t most);

}  // namespace dsgd::exact
