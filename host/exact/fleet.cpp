#include "exact/fleet.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "dsgd/expects.hpp"
#include "exact/breaks.hpp"
#include "exact/tails_integral.hpp"

namespace dsgd::exact {
namespace {

/// Longest delay that integrals reach.
constexpr double farthest = 1e150;

/// Delay beyond which the upper tail of one of n delays is negligible, or where the law ends.
double reach(Law const& law, std::uint64_t n) {
  return std::visit(
      [n]<class L>(L const& l) {
        if constexpr (Continuous<L>)
          return std::min(l.upper(), l.at_hazard(40 + std::log(static_cast<double>(n))));
        else
          return l.upper();
      },
      law);
}

/// Moments of what has these tails and ends with the K-th smallest delay.
std::optional<Moments> moments_by_rank(std::span<Group const> fleet, std::uint64_t rank,
                                       std::function<Tails(double)> at) {
  TailFunction const tails{std::move(at), breaks_of(fleet), reach_of(fleet),
                           least_tail_index(fleet, workers(fleet) - rank + 1, false)};
  if (tails.breaks.size() > 4096 || !has_quick_tails(fleet, rank)) return std::nullopt;
  return moments_of(tails);
}

}  // namespace

std::uint64_t workers(std::span<Group const> fleet) {
  std::uint64_t sum = 0;
  for (Group const& group : fleet) sum += group.count;
  return sum;
}

std::vector<double> breaks_of(std::span<Group const> fleet) {
  std::vector<double> breaks;
  for (Group const& group : fleet) add_breaks(group.law, group.count, breaks);
  std::erase_if(breaks, [](double x) { return x > farthest; });
  return ascending(std::move(breaks));
}

double reach_of(std::span<Group const> fleet) {
  double farthest_delay = 0;
  for (Group const& group : fleet)
    farthest_delay = std::max(farthest_delay, std::min(farthest, reach(group.law, group.count)));
  return farthest_delay;
}

bool has_atoms_alone(std::span<Group const> fleet) {
  return std::ranges::all_of(fleet, [](Group const& group) {
    return std::visit([]<class L>(L const&) { return !Continuous<L>; }, group.law);
  });
}

std::vector<HazardGroup> hazards_at(std::span<Group const> fleet, double x) {
  std::vector<HazardGroup> hazards;
  hazards.reserve(fleet.size());
  for (Group const& group : fleet) hazards.push_back({group.count, cumulative_hazard(group.law, x)});
  return hazards;
}

Tails fleet_tails(std::span<Group const> fleet, std::uint64_t rank, double x) {
  return rank_tails(hazards_at(fleet, x), rank);
}

double tails_work(std::span<Group const> fleet, std::uint64_t rank) {
  if (rank == 1 || rank == workers(fleet)) return 0;
  double sum = 0;
  double width = 0;  // masses of the groups before
  for (Group const& group : fleet) {
    auto const count = static_cast<double>(group.count);
    double const own = std::min(count, 150 + 26 * std::sqrt(count));
    bool const last = &group == &fleet.back();
    sum += own + (last ? width : width * own);
    width += own;
  }
  return sum;
}

bool has_quick_tails(std::span<Group const> fleet, std::uint64_t rank) {
  return tails_work(fleet, rank) <= 2e5;
}

double least_sum(std::vector<CountedIndex> indices, std::uint64_t slow) {
  std::ranges::sort(indices, {}, &CountedIndex::index);
  double sum = 0;
  for (auto const& [index, count] : indices) {
    std::uint64_t const taken = std::min(count, slow);
    if (taken != 0) sum += index * static_cast<double>(taken);
    slow -= taken;
  }
  return sum;
}

double least_tail_index(std::span<Group const> fleet, std::uint64_t slow, bool rests) {
  std::vector<CountedIndex> indices;
  for (Group const& group : fleet) {
    double const index = tail_index(group.law);
    indices.push_back({rests ? std::max(index - 1, 0.0) : index, group.count});
  }
  return least_sum(std::move(indices), slow);
}

std::optional<Moments> fleet_moments(std::span<Group const> fleet, std::uint64_t rank) {
  DSGD_EXPECTS(rank >= 1 && rank <= workers(fleet) && workers(fleet) < std::uint64_t{1} << 53);
  DSGD_EXPECTS(std::ranges::count(fleet, 0u, &Group::count) == 0);
  return moments_by_rank(fleet, rank, [&](double x) { return fleet_tails(fleet, rank, x); });
}

std::optional<double> fleet_mean_of_fastest(std::span<Group const> fleet, std::uint64_t rank) {
  DSGD_EXPECTS(rank >= 1 && rank < workers(fleet) && workers(fleet) < std::uint64_t{1} << 53);
  auto const at = [&](double x) -> Tails {
    double const missing = mean_missing(hazards_at(fleet, x), rank) / static_cast<double>(rank);
    return {std::max(1 - missing, 0.0), std::min(missing, 1.0)};
  };
  std::optional<Moments> const moments = moments_by_rank(fleet, rank, at);
  if (!moments || moments->mean == infinite) return std::nullopt;
  return moments->mean;
}

}  // namespace dsgd::exact
