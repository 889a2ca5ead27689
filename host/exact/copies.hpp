/// Workers with a copy that begins after a time: the first of both counts, min(X, after + X'). X' is a delay of
/// another worker, each equally likely.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "exact/fleet.hpp"

namespace dsgd::exact {

/// What is waited for.
struct CopiesOf {
  std::uint64_t rank;  ///< workers, in [1, all of them]
  double after;        ///< time units, >= 0
};

/// P(runtime <= x), P(runtime > x): a worker still runs where its copy does, too.
Tails copied_tails(std::span<Group const> fleet, CopiesOf const& of, double x);

/// Tail index of the runtime: a worker is long where its copy is, too.
double copied_tail_index(std::span<Group const> fleet, std::uint64_t rank);

/// Moments of the runtime, by quadrature of its tails. Relative error of the mean below 1e-11.
/// @return nothing where that would take longer than about a second
std::optional<Moments> copied_moments(std::span<Group const> fleet, CopiesOf const& of);

/// Mean times of all workers and copies in an update, time units.
struct CopiedWork {
  double entering;  ///< of the gradients that entered: each of the worker or the copy that was first
  double worked;    ///< all, until a gradient arrived or the update came
};

/// With Y = min(X, after + X') a worker and its copy work Y + max(Y - after, 0), and the copy that ends first
/// has begun later: it enters with Y - after.
/// @return nothing where copied_moments() gives nothing, or an infinite mean; where not all are waited for, nothing
///         for unequal workers either, nor where two may arrive at the same time
std::optional<CopiedWork> copied_work(std::span<Group const> fleet, CopiesOf const& of);

}  // namespace dsgd::exact
