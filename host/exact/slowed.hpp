/// Order statistics of workers that are slow for a while: of one update alone, each job is slow with the long-run share.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "dsgd/stragglers.hpp"
#include "exact/fleet.hpp"

namespace dsgd::exact {

/// Moments of the K-th smallest delay, a mixture of the law and the law times `factor`, by quadrature of its tails.
/// The states of workers differ from update to update, but all updates have this law.
/// @return nothing where that would take longer than about a second
std::optional<Moments> slowed_moments(std::span<Group const> fleet, std::uint64_t rank,
                                      Stragglers const& stragglers);

}  // namespace dsgd::exact
