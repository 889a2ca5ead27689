#include "exact/steps.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace dsgd::exact {
namespace {

/// Cumulative hazard where i of n values are below.
double hazard_between(std::size_t i, std::size_t n) {
  auto const all = static_cast<double>(n);
  return i < n - i ? -std::log1p(-static_cast<double>(i) / all) : -std::log(static_cast<double>(n - i) / all);
}

/// Tails at each boundary between cells that have these masses, up to a common factor: added up from both ends.
std::vector<Tails> tails_of(std::vector<double> const& cells) {
  std::size_t const count = cells.size() - 1;
  std::vector<Tails> tails(count);
  double below = 0;
  double above = 0;
  for (std::size_t c = 0; c < count; ++c) {
    below += cells[c];
    above += cells[count - c];
    tails[c].below = below;
    tails[count - 1 - c].above = above;
  }
  double const all = below + cells.back();
  for (Tails& t : tails) t = {t.below / all, t.above / all};
  return tails;
}

/// P(B <= i/n) for boundaries i, from the integrals of the bell between them.
std::vector<Tails> tails_between(std::span<std::size_t const> boundaries, std::size_t n,
                                 LogitBeta const& beta) {
  std::size_t const count = boundaries.size();
  if (count == 0) return {};
  std::vector<double> delta(count);
  for (std::size_t c = 0; c < count; ++c) delta[c] = beta.delta(hazard_between(boundaries[c], n));
  std::vector<double> cells(count + 1);
  cells.front() = beta.integral(-infinite, delta.front());
  cells.back() = beta.integral(delta.back(), infinite);
  for (std::size_t c = 1; c < count; ++c) cells[c] = beta.integral(delta[c - 1], delta[c]);
  return tails_of(cells);
}

}  // namespace

Moments moments_of(Steps const& steps) {
  auto const& [values, tails] = steps;
  std::size_t median = 0;
  while (median < tails.size() && tails[median].below < 0.5) ++median;
  double mean = 0;
  for (std::size_t i = 0; i < tails.size(); ++i) {
    double const gap = values[i + 1] - values[i];
    mean += i < median ? -gap * tails[i].below : gap * tails[i].above;
  }
  mean += values[median];

  // E[(X - c)^2] is a sum over the gaps: the growth of (x - c)^2, away from c, times the probability beyond.
  double variance = 0;
  for (std::size_t i = 0; i < tails.size(); ++i) {
    double const left = values[i] - mean;
    double const right = values[i + 1] - mean;
    if (left >= 0) {
      variance += (right - left) * (right + left) * tails[i].above;
    } else if (right <= 0) {
      variance += (left - right) * (left + right) * tails[i].below;
    } else {
      variance += left * left * tails[i].below + right * right * tails[i].above;
    }
  }
  return {mean, variance};
}

Steps order_statistic_steps(TwoPoint const& law, std::uint64_t workers, std::uint64_t rank) {
  return {{law.low, law.high}, {BetaTails(workers, rank).at(law.cumulative_hazard(law.low))}};
}

Steps order_statistic_steps(Empirical const& law, std::uint64_t workers, std::uint64_t rank) {
  std::size_t const n = law.values.size();
  Steps steps{{law.values.front()}, {}};
  std::vector<std::size_t> boundaries;
  for (std::size_t i = 1; i < n; ++i) {
    if (law.values[i] == law.values[i - 1]) continue;
    boundaries.push_back(i);
    steps.values.push_back(law.values[i]);
  }
  // Only the part of a long trace that the bell covers costs time.
  constexpr double negligible = 1e-60;
  BetaTails const beta(workers, rank);
  auto const at = [&](std::size_t i) { return beta.at(hazard_between(i, n)); };
  auto const first = std::partition_point(boundaries.begin(), boundaries.end(),
                                          [&](std::size_t i) { return at(i).below < negligible; });
  auto const last =
      std::partition_point(first, boundaries.end(), [&](std::size_t i) { return at(i).above >= negligible; });
  steps.tails.assign(static_cast<std::size_t>(first - boundaries.begin()), {0, 1});
  if (rank == 1 || rank == workers) {
    for (auto i = first; i != last; ++i) steps.tails.push_back(at(*i));
  } else {
    std::vector<Tails> const inner = tails_between({first, last}, n, LogitBeta(workers, rank));
    steps.tails.insert(steps.tails.end(), inner.begin(), inner.end());
  }
  steps.tails.resize(boundaries.size(), {1, 0});
  return steps;
}

std::vector<Tails> binomial_tails(std::uint64_t n, double probability) {
  std::vector<double> mass(n + 1);
  double const odds = probability / (1 - probability);
  auto const trials = static_cast<double>(n);
  auto const mode = std::min(n, static_cast<std::uint64_t>((trials + 1) * probability));
  mass[mode] = 1;
  for (std::uint64_t i = mode; i < n; ++i) {
    mass[i + 1] = mass[i] * odds * static_cast<double>(n - i) / static_cast<double>(i + 1);
  }
  for (std::uint64_t i = mode; i > 0; --i) {
    mass[i - 1] = mass[i] / odds * static_cast<double>(i) / static_cast<double>(n - i + 1);
  }
  return tails_of(mass);
}

Steps slowest_sum_steps(TwoPoint const& law, std::uint64_t workers, std::uint64_t n) {
  Steps steps{{}, binomial_tails(n, law.probability)};
  for (std::uint64_t i = 0; i <= n; ++i) {
    steps.values.push_back(static_cast<double>(n - i) * law.low + static_cast<double>(i) * law.high);
  }
  auto const all = static_cast<double>(workers);
  for (Tails& t : steps.tails) {
    double const log_below = t.below < 0.5 ? std::log(t.below) : std::log1p(-t.above);
    t = {std::exp(all * log_below), -std::expm1(all * log_below)};
  }
  return steps;
}

}  // namespace dsgd::exact
