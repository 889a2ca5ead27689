#include "exact/slowest_sum.hpp"

#include <cmath>
#include <vector>

#include "exact/order_statistic.hpp"
#include "exact/steps.hpp"
#include "exact/sums.hpp"
#include "exact/tails_integral.hpp"

namespace dsgd::exact {
namespace {

/// For more steps an answer would take longer than some tens of milliseconds.
constexpr std::uint64_t most_steps = 1'000'000;

}  // namespace

std::optional<Moments> slowest_sum_moments(std::span<Group const> fleet, std::uint64_t n) {
  std::vector<Group> sums;
  for (Group const& group : fleet) {
    std::optional<Law> const sum = law_of_sum(group.law, n);
    if (!sum) return std::nullopt;
    sums.push_back({group.count, *sum});
  }
  return fleet_moments(sums, workers(fleet));
}

std::optional<Moments> slowest_sum_moments(Law const& law, std::uint64_t workers, std::uint64_t n) {
  auto const count = static_cast<double>(n);
  if (workers == 1) return Moments{count * mean(law), count * variance(law)};
  if (tail_index(law) <= 1) return Moments{infinite, infinite};
  if (std::optional<Law> const sum = law_of_sum(law, n))
    return order_statistic_moments(*sum, workers, workers);
  if (auto const* two_point = std::get_if<TwoPoint>(&law)) {
    if (n > most_steps) return std::nullopt;
    return moments_of(slowest_sum_steps(*two_point, workers, n));
  }
  std::optional<SumTails> const sums = sum_tails(law, n);
  if (!sums) return std::nullopt;
  auto const at = [&](double x) -> Tails {
    Tails const one = sums->at(n, x);
    double const log_below = one.below < 0.5 ? std::log(one.below) : std::log1p(-one.above);
    double const log_all_below = static_cast<double>(workers) * log_below;
    return {std::exp(log_all_below), -std::expm1(log_all_below)};
  };
  auto const& uniform = std::get<Uniform>(law);
  TailFunction tails{at, {}, count * uniform.high, infinite};
  for (std::uint64_t i = 0; i <= n; ++i) {
    tails.breaks.push_back(count * uniform.low + static_cast<double>(i) * (uniform.high - uniform.low));
  }
  return moments_of(tails);
}

}  // namespace dsgd::exact
