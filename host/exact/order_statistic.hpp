/// Moments of the K-th smallest of m independent delays with one law.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "exact/law/list.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// Moments of the K-th smallest, in closed form for (shifted) exponential, Pareto and uniform laws, the
/// fastest Weibull delay and laws with atoms; by quadrature over the quantile function otherwise. Relative
/// error below 1e-11 for every m and K.
/// Sources: Renyi 1953 (exponential); David and Nagaraja, "Order Statistics", 2003, 2.3.
/// @return nothing where a quadrature does not converge
/// @pre    1 <= rank <= workers < 2^62
std::optional<Moments> order_statistic_moments(Law const& law, std::uint64_t workers, std::uint64_t rank);

/// Moments of the K-th smallest by quadrature, whether or not there is a closed form.
/// @return nothing for laws with atoms or without variance
std::optional<Moments> order_statistic_quadrature(Law const& law, std::uint64_t workers, std::uint64_t rank);

/// Mean of a function of the K-th smallest, by quadrature.
/// @param value  >= 0, analytic where the law is, and bounded or growing more slowly than its argument
/// @return nothing for laws with atoms, and where the quadrature does not converge
std::optional<double> order_statistic_mean(Law const& law, std::uint64_t workers, std::uint64_t rank,
                                           std::function<double(double)> const& value);

/// Tail index of the K-th smallest: it has a mean if this exceeds 1, a variance if it exceeds 2.
inline double order_statistic_tail_index(Law const& law, std::uint64_t workers, std::uint64_t rank) {
  return tail_index(law) * static_cast<double>(workers - rank + 1);
}

}  // namespace dsgd::exact
