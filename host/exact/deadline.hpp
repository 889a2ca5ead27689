/// Updates that take what has arrived at a deadline, with at least the first K gradients: the runtime is
/// min(max(X(K), time), X(m)).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "exact/fleet.hpp"

namespace dsgd::exact {

/// What is waited for.
struct DeadlineOf {
  std::uint64_t rank;  ///< K, in [1, workers]
  double time;         ///< time units, >= 0
};

/// P(runtime <= x), P(runtime > x): before the deadline all have to arrive, from there on the first K.
Tails deadline_tails(std::span<Group const> fleet, DeadlineOf const& of, double x);

/// Moments of the runtime, by quadrature of its tails. Relative error of the mean below 1e-11.
/// @return nothing where that would take longer than about a second
std::optional<Moments> deadline_moments(std::span<Group const> fleet, DeadlineOf const& of);

/// Mean gradients of an update: E[max(K, workers that have arrived at the deadline)].
double deadline_gradients(std::span<Group const> fleet, DeadlineOf const& of);

/// Mean times of all workers in an update, time units.
struct DeadlineWork {
  double worked;     ///< until their gradients arrived or were cancelled
  double cancelled;  ///< what they worked for those that were cancelled
};

/// @return nothing where deadline_moments() gives nothing, or an infinite mean
std::optional<DeadlineWork> deadline_work(std::span<Group const> fleet, DeadlineOf const& of);

}  // namespace dsgd::exact
