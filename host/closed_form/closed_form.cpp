#include "closed_form/closed_form.hpp"

#include <variant>
#include <vector>

#include "closed_form/clocks.hpp"
#include "closed_form/exact_law.hpp"
#include "closed_form/fleet.hpp"
#include "closed_form/order_statistic.hpp"

namespace dsgd {
namespace {

std::optional<Moments> moments_in_fleet(Point const& point, Runtime const& form) {
  auto const* const statistic = std::get_if<OrderStatistic>(&form);
  if (statistic == nullptr) return std::nullopt;
  std::vector<ExactLaw> laws;  // which own what the groups point to
  std::vector<exact::Group> groups;
  laws.reserve(point.fleet.size());
  for (FleetGroup const& group : point.fleet) {
    laws.emplace_back(group.law);
    groups.push_back({group.workers, laws.back().get()});
  }
  return exact::fleet_moments(groups, statistic->rank);
}

std::optional<Moments> clock_moments(exact::Law const& law, std::uint64_t workers, Clocks const& clocks) {
  switch (clocks.rule) {
    case Clocks::Rule::arrivals:
      return exact::k_batch_async_moments(law, workers, clocks.gradients);
    case Clocks::Rule::workers:
      return exact::k_async_moments(law, workers, clocks.gradients);
    case Clocks::Rule::restart:
      return exact::k_batch_sync_moments(law, workers, clocks.gradients);
  }
  return std::nullopt;
}

/// Of what the strategy makes of the delays, before it is scaled and communication is added.
std::optional<Moments> moments_of_delays(Point const& point, Runtime const& form) {
  if (!point.fleet.empty()) return moments_in_fleet(point, form);
  ExactLaw const law(point.law);
  if (auto const* const statistic = std::get_if<OrderStatistic>(&form))
    return exact::order_statistic_moments(law.get(), point.workers, statistic->rank);
  if (auto const* const sum = std::get_if<SlowestSum>(&form))
    return exact::slowest_sum_moments(law.get(), point.workers, sum->steps);
  return clock_moments(law.get(), point.workers, std::get<Clocks>(form));
}

/// From there to the runtime: offset + scale * time.
TimeScale scale_of(Point const& point, Runtime const& form) {
  double const meeting = meets(point.strategy) ? point.communication : 0;
  if (auto const* const sum = std::get_if<SlowestSum>(&form))
    return {(meeting + communication(point.strategy)) / sum->steps, 1.0 / sum->steps};
  return {meeting, scale(point.strategy, point.workers)};
}

}  // namespace

std::optional<Moments> exact_runtime(Point const& point) {
  Runtime const form = runtime(point);
  std::optional<Moments> const moments = moments_of_delays(point, form);
  if (!moments) return std::nullopt;
  auto const [offset, factor] = scale_of(point, form);
  return transformed(*moments, offset, factor);
}

std::optional<double> exact_staleness(Point const& point) {
  Runtime const form = runtime(point);
  auto const* const clocks = std::get_if<Clocks>(&form);
  if (clocks == nullptr) return std::nullopt;
  switch (clocks->rule) {
    case Clocks::Rule::arrivals:
      return exact::k_batch_async_staleness(point.workers, clocks->gradients);
    case Clocks::Rule::workers:
      return exact::k_async_staleness(point.workers, clocks->gradients);
    case Clocks::Rule::restart:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<RuntimeDistribution> exact_distribution(Point const& point) {
  Runtime const form = runtime(point);
  auto const* const statistic = std::get_if<OrderStatistic>(&form);
  if (statistic == nullptr || !point.fleet.empty()) return std::nullopt;
  ExactLaw const law(point.law);
  exact::OrderStatistic const delay(law.get(), point.workers, statistic->rank);
  TimeScale const scale = scale_of(point, form);
  if (!delay.density(exact::lower(law.get()) + 1)) return std::nullopt;
  // Laws without atoms refer to nothing of the point: copies of `delay` live on.
  return RuntimeDistribution{
      [=](double time) { return delay.tails((time - scale.offset) / scale.scale).below; },
      [=](double time) { return *delay.density((time - scale.offset) / scale.scale) / scale.scale; },
  };
}

}  // namespace dsgd
