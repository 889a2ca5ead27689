#include "exact/fleet_counts.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "dsgd/expects.hpp"
#include "exact/moments.hpp"

namespace dsgd::exact {
namespace {

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

/// E[max(rank - A - B, 0)]. Takes as many steps as the two have masses.
double missing_of_sum(Masses const& a, Masses const& b, std::uint64_t rank) {
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
  return missing;
}

Tails tails_of_extreme(std::span<HazardGroup const> fleet, bool smallest) {
  double log_probability = 0;
  for (auto const& [count, hazard] : fleet) {
    double const log_below = hazard < 1 ? std::log(-std::expm1(-hazard)) : std::log1p(-std::exp(-hazard));
    log_probability += static_cast<double>(count) * (smallest ? -hazard : log_below);
  }
  double const all = std::exp(log_probability);
  double const not_all = -std::expm1(log_probability);
  return smallest ? Tails{not_all, all} : Tails{all, not_all};
}

/// Number of workers of all groups but the last that have arrived.
Masses all_but_last(std::span<HazardGroup const> fleet) {
  Masses masses{0, {1}};
  for (HazardGroup const& group : fleet.first(fleet.size() - 1))
    masses = sum_of(masses, binomial(group.count, group.hazard));
  return masses;
}

Masses last(std::span<HazardGroup const> fleet) { return binomial(fleet.back().count, fleet.back().hazard); }

std::uint64_t workers(std::span<HazardGroup const> fleet) {
  std::uint64_t sum = 0;
  for (HazardGroup const& group : fleet) sum += group.count;
  return sum;
}

}  // namespace

Tails rank_tails(std::span<HazardGroup const> fleet, std::uint64_t rank) {
  std::uint64_t const all = workers(fleet);
  DSGD_EXPECTS(1 <= rank && rank <= all);
  if (rank == 1 || rank == all) return tails_of_extreme(fleet, rank == 1);
  return tails_of_sum(all_but_last(fleet), last(fleet), rank);
}

double mean_missing(std::span<HazardGroup const> fleet, std::uint64_t rank) {
  std::uint64_t const all = workers(fleet);
  DSGD_EXPECTS(1 <= rank && rank <= all);
  if (rank == 1) return tails_of_extreme(fleet, true).above;
  if (rank < all) return missing_of_sum(all_but_last(fleet), last(fleet), rank);
  double sum = 0;
  for (auto const& [count, hazard] : fleet) sum += static_cast<double>(count) * std::exp(-hazard);
  return sum;
}

double mean_running_before(std::span<HazardGroup const> fleet, std::uint64_t rank) {
  std::uint64_t const others = workers(fleet) - rank;
  double const missing = mean_missing(fleet, rank);
  return others == 0 ? missing : static_cast<double>(others) * rank_tails(fleet, rank).above + missing;
}

}  // namespace dsgd::exact
