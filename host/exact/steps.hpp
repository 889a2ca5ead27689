/// Laws with atoms: sums in place of integrals.
#pragma once

#include <cstdint>
#include <vector>

#include "exact/beta_tails.hpp"
#include "exact/law/discrete.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// A distribution on finitely many values.
struct Steps {
  std::vector<double> values;  ///< strictly ascending, at least one
  std::vector<Tails> tails;    ///< tails[i]: P(X <= values[i]), P(X > values[i]); one less than values
};

/// Mean and central second moment, as sums of positive terms around the median.
Moments moments_of(Steps const& steps);

/// Distribution of the K-th smallest of m values.
Steps order_statistic_steps(TwoPoint const& law, std::uint64_t workers, std::uint64_t rank);
Steps order_statistic_steps(Empirical const& law, std::uint64_t workers, std::uint64_t rank);

/// Distribution of the largest of m sums of n values.
Steps slowest_sum_steps(TwoPoint const& law, std::uint64_t workers, std::uint64_t n);

/// P(at most i of n trials succeed), for i = 0 .. n - 1; relative error below 1e-12 where above 1e-300.
std::vector<Tails> binomial_tails(std::uint64_t n, double probability);

}  // namespace dsgd::exact
