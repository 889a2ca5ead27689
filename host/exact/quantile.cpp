#include "exact/quantile.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <variant>

#include "exact/exact_fleet.hpp"
#include "exact/point.hpp"
#include "exact/runtime_distribution.hpp"
#include "exact/sums.hpp"

namespace dsgd {
namespace {

/// Delay up to which the point comes with a probability.
using DelayAt = std::function<double(double probability)>;

/// Tails are right to about as much: a step of a discrete distribution that is meant to reach p does.
constexpr double same = 1e-12;

bool reaches(exact::Tails const& tails, double probability) {
  return probability <= 0.5 ? tails.below >= probability * (1 - same)
                            : tails.above <= (1 - probability) * (1 + same);
}

/// The least double at which the tails reach a probability, 0 or more: by bisection of the doubles themselves,
/// which stand in the order of their bits.
double least_delay(std::function<exact::Tails(double)> const& tails, double probability) {
  auto const reached = [&](double delay) { return reaches(tails(delay), probability); };
  if (reached(0)) return 0;
  constexpr double farthest = 1e150;
  double high = 1;
  while (high < farthest && !reached(high)) high *= 2;
  double low = high / 2;
  while (low > 1 / farthest && reached(low)) low /= 2;
  auto below = std::bit_cast<std::uint64_t>(low), above = std::bit_cast<std::uint64_t>(high);
  while (above - below > 1) {
    std::uint64_t const middle = below + (above - below) / 2;
    (reached(std::bit_cast<double>(middle)) ? above : below) = middle;
  }
  return std::bit_cast<double>(above);
}

/// The delay of one worker with a cumulative hazard.
double delay_at(exact::Law const& law, double hazard) {
  return std::visit(
      [&]<class L>(L const& l) {
        if constexpr (exact::Continuous<L>) {
          return l.at_hazard(hazard);
        } else {
          std::vector<double> const values = l.all_values();
          return *std::partition_point(values.begin(), values.end() - 1, [&](double value) {
            return l.cumulative_hazard(value) < hazard * (1 - same);
          });
        }
      },
      law);
}

/// Quantiles of the rank-th fastest of a fleet.
DelayAt order_statistic(std::span<exact::Group const> fleet, std::uint64_t rank) {
  if (fleet.size() == 1)
    return [law = fleet.front().law, nth = exact::BetaTails(fleet.front().count, rank)](double probability) {
      return delay_at(law, nth.hazard_at(probability));
    };
  if (!exact::has_quick_tails(fleet, rank)) return nullptr;
  return [fleet, rank](double probability) {
    return least_delay([&](double delay) { return exact::fleet_tails(fleet, rank, delay); }, probability);
  };
}

/// Quantiles of the gaps between the arrivals of equal workers who never wait:
/// P(gap > x) = P(X > x) P(R > x)^(m - 1), R the rest of a delay under way. Source: Cox, "Renewal Theory", 1962, 6.3.
DelayAt arrivals(exact::Group const& workers) {
  if (workers.count == 1) return order_statistic({&workers, 1}, 1);
  bool const known = std::visit(
      []<class L>(L const& l) { return exact::Continuous<L> && std::isfinite(l.mean()); }, workers.law);
  if (!known) return nullptr;
  auto const tails = [workers](double x) {
    return std::visit(
        [&]<class L>(L const& law) -> exact::Tails {
          if constexpr (!exact::Continuous<L>) {
            return {};  // such laws are not asked
          } else {
            double const ended = law.limited_mean(x) / law.mean();  // share of rests up to x
            double const log_rest =
                ended < 0.5 ? std::log1p(-ended) : std::log(law.excess_mean(x) / law.mean());
            double const log_above =
                static_cast<double>(workers.count - 1) * log_rest - law.cumulative_hazard(x);
            return {-std::expm1(log_above), std::exp(log_above)};
          }
        },
        workers.law);
  };
  return [tails](double probability) { return least_delay(tails, probability); };
}

/// Quantiles of runtimes that are known by their tails.
DelayAt of_tails(Point const& point, Runtime const& form) {
  std::optional<RuntimeDistribution> const known = exact_distribution(point);
  if (!known) return nullptr;
  TimeScale const time = scale_of_runtime(point, form);
  return [tails = known->tails, time](double probability) {
    return least_delay([&](double delay) { return tails(time(delay)); }, probability);
  };
}

bool is_memoryless(Point const& point) {
  std::span<FleetGroup const> const groups = point.drawn().groups();
  return std::all_of(groups.begin(), groups.end(),
                     [](FleetGroup const& group) { return memoryless(group.law); });
}

/// Quantiles of what a strategy makes of the delays, before it is scaled and communication is added; null where
/// they are not known.
/// @param sums  takes laws that the answer points to
DelayAt delays_of(Point const& point, std::span<exact::Group const> fleet, std::vector<exact::Group>& sums) {
  Runtime const form = runtime(point);
  if (auto const* const statistic = std::get_if<OrderStatistic>(&form))
    return order_statistic(fleet, statistic->rank);
  bool const depends_on_time =
      std::holds_alternative<Deadlined>(form) || std::holds_alternative<Copied>(form);
  if (depends_on_time) return of_tails(point, form);
  if (auto const* const slowest = std::get_if<SlowestSum>(&form)) {
    for (exact::Group const& group : fleet) {
      std::optional<exact::Law> const sum = exact::law_of_sum(group.law, slowest->steps);
      if (!sum) return nullptr;
      sums.push_back({group.count, *sum});
    }
    return order_statistic(sums, exact::workers(sums));
  }
  auto const* const clocks = std::get_if<Clocks>(&form);
  if (clocks == nullptr || point.fleet.replay() || clocks->served || clocks->straggles) return nullptr;
  std::uint64_t const k = clocks->gradients;
  bool const restarts = std::holds_alternative<clock_rule::Restart>(clocks->rule);
  if (restarts && k == 1) return order_statistic(fleet, 1);
  bool const arrive = restarts || std::holds_alternative<clock_rule::Arrivals>(clocks->rule);
  if (arrive && is_memoryless(point)) {
    double rate = 0;
    for (exact::Group const& group : fleet) rate += static_cast<double>(group.count) / mean(group.law);
    sums.push_back({1, exact::Gamma{static_cast<double>(k), rate}});
    return order_statistic(sums, 1);
  }
  if (arrive && !restarts && k == 1 && fleet.size() == 1) return arrivals(fleet.front());
  return nullptr;
}

}  // namespace

std::vector<double> exact_quantiles(Point const& point, std::span<double const> probabilities) {
  if (probabilities.empty()) return {};
  ExactFleet const fleet(point.drawn());
  std::vector<exact::Group> sums;
  DelayAt const delay = delays_of(point, fleet.groups(), sums);
  if (delay == nullptr) return {};
  TimeScale const time = scale_of_runtime(point, runtime(point));
  std::vector<double> quantiles;
  quantiles.reserve(probabilities.size());
  for (double const probability : probabilities) quantiles.push_back(time(delay(probability)));
  return quantiles;
}

}  // namespace dsgd
