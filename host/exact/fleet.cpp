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

/// Masses of first, first + 1, ...; what is missing is below 1e-150 of the largest.
struct Masses {
  std::uint64_t first;
  std::vector<double> mass;
};

/// Binomial masses for a success of cumulative hazard -log(1 - p), from the mode outwards.
Masses binomial(std::uint64_t n, double hazard) {
  constexpr double negligible = 1e-150;
  if (hazard <= 0) return {0, {1}};
  if (hazard == infinite) return {n, {1}};
  auto const trials = static_cast<double>(n);
  double const odds = std::expm1(hazard);
  double const success = -std::expm1(-hazard);
  auto const mode = std::min(n, static_cast<std::uint64_t>((trials + 1) * success));
  std::vector<double> down;
  double mass = 1;
  for (std::uint64_t i = mode; i > 0 && mass > negligible; --i) {
    mass *= static_cast<double>(i) / (static_cast<double>(n - i + 1) * odds);
    down.push_back(mass);
  }
  Masses result{mode - down.size(), {down.rbegin(), down.rend()}};
  mass = 1;
  for (std::uint64_t i = mode; mass > negligible; ++i) {
    result.mass.push_back(mass);
    if (i == n) break;
    mass *= static_cast<double>(n - i) * odds / static_cast<double>(i + 1);
  }
  double sum = 0;
  for (double const m : result.mass) sum += m;
  for (double& m : result.mass) m /= sum;
  return result;
}

Masses sum_of(Masses const& a, Masses const& b) {
  Masses result{a.first + b.first, std::vector<double>(a.mass.size() + b.mass.size() - 1)};
  for (std::size_t i = 0; i < a.mass.size(); ++i) {
    for (std::size_t j = 0; j < b.mass.size(); ++j) result.mass[i + j] += a.mass[i] * b.mass[j];
  }
  return result;
}

/// P(A + B >= rank), P(A + B < rank). Takes as many steps as the two have masses.
Tails tails_of_sum(Masses const& a, Masses const& b, std::uint64_t rank) {
  std::size_t const n = b.mass.size();
  std::vector<double> up_to(n + 1);  // mass of the first i
  std::vector<double> from(n + 1);   // mass of all but the first i
  for (std::size_t i = 0; i < n; ++i) up_to[i + 1] = up_to[i] + b.mass[i];
  for (std::size_t i = n; i > 0; --i) from[i - 1] = from[i] + b.mass[i - 1];
  Tails tails{0, 0};
  for (std::size_t i = 0; i < a.mass.size(); ++i) {
    std::uint64_t const offset = a.first + i + b.first;
    std::size_t const short_of = rank > offset ? std::min<std::uint64_t>(rank - offset, n) : 0;
    tails.above += a.mass[i] * up_to[short_of];
    tails.below += a.mass[i] * from[short_of];
  }
  return tails;
}

/// Distribution of one of the `rank` smallest of A + B + ... ones, each equally likely, where A + B have
/// arrived: P = E[max(rank - A - B, 0)] / rank of not having arrived. Takes as many steps as the two have
/// masses.
Tails tails_of_fastest(Masses const& a, Masses const& b, std::uint64_t rank) {
  std::size_t const n = b.mass.size();
  std::vector<double> up_to(n + 1);     // mass of the first i
  std::vector<double> short_of(n + 1);  // E[max(i - B, 0)], B counted from its first mass
  for (std::size_t i = 0; i < n; ++i) {
    up_to[i + 1] = up_to[i] + b.mass[i];
    short_of[i + 1] = short_of[i] + up_to[i + 1];
  }
  double missing = 0;
  for (std::size_t i = 0; i < a.mass.size(); ++i) {
    std::uint64_t const offset = a.first + i + b.first;
    if (offset >= rank) break;
    std::uint64_t const wanted = rank - offset;
    double const beyond = wanted > n ? static_cast<double>(wanted - n) : 0;
    missing += a.mass[i] * (short_of[std::min<std::uint64_t>(wanted, n)] + beyond);
  }
  double const above = std::min(missing / static_cast<double>(rank), 1.0);
  return {1 - above, above};
}

Tails tails_of_extreme(std::span<Group const> fleet, bool smallest, double x) {
  double log_probability = 0;
  for (Group const& group : fleet) {
    double const hazard = cumulative_hazard(group.law, x);
    double const log_below = hazard < 1 ? std::log(-std::expm1(-hazard)) : std::log1p(-std::exp(-hazard));
    log_probability += static_cast<double>(group.count) * (smallest ? -hazard : log_below);
  }
  double const all = std::exp(log_probability);
  double const not_all = -std::expm1(log_probability);
  return smallest ? Tails{not_all, all} : Tails{all, not_all};
}

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

/// Approximate number of multiplications of one call of fleet_tails().
double work(std::span<Group const> fleet, std::uint64_t rank) {
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

/// Number of delays up to x of all groups but the last.
Masses all_but_last(std::span<Group const> fleet, double x) {
  Masses masses{0, {1}};
  for (Group const& group : fleet.first(fleet.size() - 1))
    masses = sum_of(masses, binomial(group.count, cumulative_hazard(group.law, x)));
  return masses;
}

Masses last(std::span<Group const> fleet, double x) {
  return binomial(fleet.back().count, cumulative_hazard(fleet.back().law, x));
}

/// Moments of what has these tails and ends with the K-th smallest delay.
std::optional<Moments> moments_by_rank(std::span<Group const> fleet, std::uint64_t rank,
                                       std::function<Tails(double)> at) {
  TailFunction tails{std::move(at), {}, 0, least_tail_index(fleet, workers(fleet) - rank + 1, false)};
  for (Group const& group : fleet) {
    add_breaks(group.law, group.count, tails.breaks);
    tails.reach = std::max(tails.reach, std::min(farthest, reach(group.law, group.count)));
  }
  tails.breaks = ascending(std::move(tails.breaks));
  std::erase_if(tails.breaks, [](double x) { return x > farthest; });
  if (tails.breaks.size() > 4096 || !has_quick_tails(fleet, rank)) return std::nullopt;
  return moments_of(tails);
}

}  // namespace

std::uint64_t workers(std::span<Group const> fleet) {
  std::uint64_t sum = 0;
  for (Group const& group : fleet) sum += group.count;
  return sum;
}

Tails fleet_tails(std::span<Group const> fleet, std::uint64_t rank, double x) {
  if (rank == 1 || rank == workers(fleet)) return tails_of_extreme(fleet, rank == 1, x);
  return tails_of_sum(all_but_last(fleet, x), last(fleet, x), rank);
}

bool has_quick_tails(std::span<Group const> fleet, std::uint64_t rank) { return work(fleet, rank) <= 2e5; }

double least_tail_index(std::span<Group const> fleet, std::uint64_t slow, bool rests) {
  std::vector<std::pair<double, std::uint64_t>> indices;
  for (Group const& group : fleet) {
    double const index = tail_index(group.law);
    indices.emplace_back(rests ? std::max(index - 1, 0.0) : index, group.count);
  }
  std::sort(indices.begin(), indices.end());
  double sum = 0;
  for (auto const& [index, count] : indices) {
    std::uint64_t const taken = std::min(count, slow);
    if (taken != 0) sum += index * static_cast<double>(taken);
    slow -= taken;
  }
  return sum;
}

std::optional<Moments> fleet_moments(std::span<Group const> fleet, std::uint64_t rank) {
  DSGD_EXPECTS(rank >= 1 && rank <= workers(fleet) && workers(fleet) < std::uint64_t{1} << 53);
  DSGD_EXPECTS(std::ranges::count(fleet, 0u, &Group::count) == 0);
  return moments_by_rank(fleet, rank, [&](double x) { return fleet_tails(fleet, rank, x); });
}

std::optional<double> fleet_mean_of_fastest(std::span<Group const> fleet, std::uint64_t rank) {
  DSGD_EXPECTS(rank >= 1 && rank < workers(fleet) && workers(fleet) < std::uint64_t{1} << 53);
  auto const at = [&](double x) { return tails_of_fastest(all_but_last(fleet, x), last(fleet, x), rank); };
  std::optional<Moments> const moments = moments_by_rank(fleet, rank, at);
  if (!moments || moments->mean == infinite) return std::nullopt;
  return moments->mean;
}

}  // namespace dsgd::exact
