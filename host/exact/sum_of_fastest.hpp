/// Mean of the sum of the K smallest delays: the time that the workers who arrive in time have worked.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "exact/fleet.hpp"
#include "exact/law/list.hpp"

namespace dsgd::exact {

/// E[X(1) + ... + X(K)] of m independent delays with one law: in closed form for (shifted) exponential,
/// uniform and constant laws and for K = 1 and K = m, as a sum for the other laws with atoms, by quadrature
/// otherwise. Absolute error below 1e-11 of m times the mean of the K-th smallest.
/// @param mean_of_slowest  E[X(K)], finite
/// @return nothing where a delay has no mean, unless K = 1, or a quadrature does not converge
/// @pre    1 <= rank <= workers < 2^62
std::optional<double> sum_of_fastest(Law const& law, std::uint64_t workers, std::uint64_t rank,
                                     double mean_of_slowest);

/// The same for workers that are not alike, by the integral of E[max(K - N(t), 0)], N(t) being the number of
/// delays up to t.
/// @return nothing where fleet_moments() gives nothing
std::optional<double> sum_of_fastest(std::span<Group const> fleet, std::uint64_t rank,
                                     double mean_of_slowest);

}  // namespace dsgd::exact
