/// Order statistics of fleets whose workers are not alike.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "exact/beta_tails.hpp"
#include "exact/fleet_counts.hpp"
#include "exact/law/list.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {

/// Workers with one law.
struct Group {
  std::uint64_t count;
  Law law;
};

/// Number of workers of a fleet.
std::uint64_t workers(std::span<Group const> fleet);

/// How likely the workers of each group still run at a time.
std::vector<HazardGroup> hazards_at(std::span<Group const> fleet, double x);

/// Places between which tails of order statistics are smooth, ascending; the first is the smallest delay.
std::vector<double> breaks_of(std::span<Group const> fleet);

/// Delay beyond which upper tails are negligible, or where the laws end.
double reach_of(std::span<Group const> fleet);

/// True where every delay is one of finitely many.
bool has_atoms_alone(std::span<Group const> fleet);

/// P(K-th smallest delay of the fleet <= x) and P(it is > x). The number of delays up to x is a sum of
/// binomials.
Tails fleet_tails(std::span<Group const> fleet, std::uint64_t rank, double x);

/// Approximate number of multiplications of one call of fleet_tails(), but for some for each group.
double tails_work(std::span<Group const> fleet, std::uint64_t rank);

/// True where one call of fleet_tails() takes less than about a millisecond.
bool has_quick_tails(std::span<Group const> fleet, std::uint64_t rank);

/// Workers whose delays have a tail index each.
struct CountedIndex {
  double index;
  std::uint64_t count;
};

/// The least sum of the indices of `slow` of these workers.
double least_sum(std::vector<CountedIndex> indices, std::uint64_t slow);

/// Tail index of the event that `slow` delays are long at once, most likely those with the heaviest tails: the
/// least sum of `slow` workers' indices. What lasts until then has a mean if this exceeds 1, a variance if it
/// exceeds 2. The K-th smallest of m delays is long when m - K + 1 are.
/// @param rests  takes rests of delays under way, whose index is one less, and 0 at least
double least_tail_index(std::span<Group const> fleet, std::uint64_t slow, bool rests);

/// Moments of the K-th smallest delay, by quadrature of the tails. Relative error of the mean below 1e-11, of
/// the variance below 1e-10; no variance where the standard deviation is below 1e-6 of the mean.
/// @return nothing where that would take longer than about a second: for empirical laws of more than some
///         thousand values, or ranks between 1 and m in fleets of three and more large groups
/// @pre    every count >= 1; 1 <= rank <= workers(fleet) < 2^53
std::optional<Moments> fleet_moments(std::span<Group const> fleet, std::uint64_t rank);

/// Mean of one of the `rank` smallest delays, each equally likely. Relative error below 1e-11.
/// @return nothing where fleet_moments() gives nothing
/// @pre    as there, and rank < workers(fleet)
std::optional<double> fleet_mean_of_fastest(std::span<Group const> fleet, std::uint64_t rank);

}  // namespace dsgd::exact
