#include "exact/clocks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "exact/arrivals.hpp"
#include "exact/breaks.hpp"
#include "exact/order_statistic.hpp"
#include "exact/rests.hpp"
#include "exact/steps.hpp"
#include "exact/sums.hpp"
#include "exact/tails_integral.hpp"
#include "exact/without_memory.hpp"

namespace dsgd::exact {
namespace {

/// For more mini-batches an answer would take longer than some tens of milliseconds.
constexpr std::uint64_t most_batches = 64;

/// Moments of the sum of k gaps of a Poisson process.
Moments erlang(std::uint64_t k, double mean_gap) {
  auto const n = static_cast<double>(k);
  return {n * mean_gap, n * mean_gap * mean_gap};
}

/// Arrivals per unit of time in the long run.
double arrival_rate(std::span<Group const> fleet) {
  double rate = 0;
  for (Group const& group : fleet) rate += static_cast<double>(group.count) / mean(group.law);
  return rate;
}

/// Adds up steps: mini-batches can only arrive after sums of n delays, i of them long.
Moments k_batch_sync_by_steps(TwoPoint const& law, std::uint64_t workers, std::uint64_t k) {
  std::vector<std::vector<Tails>> binomials;  // [n]: tails for n trials
  Steps steps;
  for (std::uint64_t n = 0; n <= k; ++n) {
    binomials.push_back(binomial_tails(n, law.probability));
    for (std::uint64_t i = 0; i <= n && n > 0; ++i) {
      steps.values.push_back(static_cast<double>(n - i) * law.low + static_cast<double>(i) * law.high);
    }
  }
  steps.values = ascending(std::move(steps.values));
  for (std::size_t v = 1; v < steps.values.size(); ++v) {
    double const t = (steps.values[v - 1] + steps.values[v]) / 2;
    auto const sum = [&](std::uint64_t n) -> Tails {
      double const most_long = std::floor((t - static_cast<double>(n) * law.low) / (law.high - law.low));
      if (most_long < 0) return {0, 1};
      if (most_long >= static_cast<double>(n)) return {1, 0};
      return binomials[n][static_cast<std::size_t>(most_long)];
    };
    steps.tails.push_back(arrival_tails(sum, workers, k));
  }
  return moments_of(steps);
}

/// Moments of the sum of n independent times with the same law.
std::optional<Moments> sum_of(std::optional<Moments> one, double n) {
  if (!one) return std::nullopt;
  one->mean *= n;
  if (one->variance) *one->variance *= n;
  return one;
}

}  // namespace

Moments async_moments(std::span<Group const> fleet) {
  if (workers(fleet) == 1) return {mean(fleet.front().law), variance(fleet.front().law)};
  double const mean_gap = 1 / arrival_rate(fleet);
  if (mean_gap == infinite) return {infinite, infinite};
  if (without_memory(fleet)) return erlang(1, mean_gap);
  std::optional<double> const rest = mean_least_rest(fleet);
  if (!rest) return {mean_gap, std::nullopt};
  return {mean_gap, 2 * mean_gap * *rest - mean_gap * mean_gap};
}

Moments k_batch_async_moments(std::span<Group const> fleet, std::uint64_t k) {
  if (k == 1) return async_moments(fleet);
  double const mean_gap = 1 / arrival_rate(fleet);
  if (without_memory(fleet)) return erlang(k, mean_gap);
  return {static_cast<double>(k) * mean_gap, std::nullopt};
}

std::optional<Moments> k_batch_sync_moments(std::span<Group const> fleet, std::uint64_t k) {
  if (fleet.size() == 1) return k_batch_sync_moments(fleet.front().law, fleet.front().count, k);
  if (k == 1) return fleet_moments(fleet, 1);
  if (without_memory(fleet)) return erlang(k, 1 / arrival_rate(fleet));
  return std::nullopt;
}

std::optional<Moments> k_async_moments(std::span<Group const> fleet, std::uint64_t k) {
  if (k == workers(fleet) || without_memory(fleet)) return fleet_moments(fleet, k);
  if (k == 1) return async_moments(fleet);
  return std::nullopt;
}

Moments async_moments(Law const& law, std::uint64_t workers) {
  return async_moments(std::array{Group{workers, law}});
}

Moments k_batch_async_moments(Law const& law, std::uint64_t workers, std::uint64_t k) {
  return k_batch_async_moments(std::array{Group{workers, law}}, k);
}

std::optional<Moments> k_batch_sync_moments(Law const& law, std::uint64_t workers, std::uint64_t k) {
  if (k == 1) return order_statistic_moments(law, workers, 1);
  auto const rounds = (k - 1) / workers + 1;  // so many by each worker are enough
  if (auto const* constant = std::get_if<Constant>(&law)) {
    return Moments{constant->value * static_cast<double>(rounds), 0.0};
  }
  if (without_memory(law)) return k_batch_async_moments(law, workers, k);
  auto const without_quadrature = [&]() -> std::optional<Moments> {
    if (workers > 1) return std::nullopt;
    return sum_of(order_statistic_moments(law, 1, 1), static_cast<double>(k));
  };
  if (k > most_batches) return without_quadrature();
  if (auto const* two_point = std::get_if<TwoPoint>(&law))
    return k_batch_sync_by_steps(*two_point, workers, k);

  std::optional<SumTails> const sums = sum_tails(law, k);
  if (!sums) return without_quadrature();
  auto const at = [&](double t) {
    return arrival_tails([&](std::uint64_t n) { return sums->at(n, t); }, workers, k);
  };
  TailFunction tails{at, ascending(sums->breaks), 0, infinite};
  double const far = 40 + std::log(static_cast<double>(workers));
  if (auto const* uniform = std::get_if<Uniform>(&law))
    tails.reach = uniform->high * static_cast<double>(rounds);
  else
    tails.reach = std::get<Gamma>(*law_of_sum(law, std::max<std::uint64_t>(rounds, 2))).at_hazard(far);
  return moments_of(tails);
}

std::optional<Moments> k_async_moments(Law const& law, std::uint64_t workers, std::uint64_t k) {
  if (k == workers || without_memory(law)) return order_statistic_moments(law, workers, k);
  if (k == 1) return async_moments(law, workers);
  return std::nullopt;
}

}  // namespace dsgd::exact
