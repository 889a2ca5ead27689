#include "exact/runtime_distribution.hpp"

#include <memory>
#include <utility>
#include <variant>

#include "dsgd/time_scale.hpp"
#include "exact/copies.hpp"
#include "exact/deadline.hpp"
#include "exact/exact_fleet.hpp"
#include "exact/fleet.hpp"
#include "exact/point.hpp"
#include "exact/steps.hpp"

namespace dsgd {
namespace {

/// All times that a runtime of equal workers can take; empty where they fill an interval.
/// @param add  adds to those of one worker, time units, ascending, what else there is
template <class Add>
std::vector<double> values_of(ExactFleet const& fleet, TimeScale const& scale, Add const& add) {
  if (fleet.groups().size() > 1) return {};
  std::vector<double> values = exact::values(fleet.groups().front().law);
  if (values.empty()) return {};
  add(values);
  values = exact::ascending(std::move(values));
  for (double& value : values) value = scale(value);
  return values;
}

}  // namespace

std::optional<RuntimeDistribution> exact_distribution(Point const& point) {
  Runtime const form = runtime(point);
  TimeScale const scale = scale_of_runtime(point, form);
  auto const fleet = std::make_shared<ExactFleet const>(point.drawn());  // the function keeps it
  auto const delay = [scale](double time) { return (time - scale.offset) / scale.scale; };
  RuntimeDistribution result;
  if (auto const* const until = std::get_if<Deadlined>(&form)) {
    result.tails = [fleet, delay, of = exact::DeadlineOf{until->rank, until->deadline}](double time) {
      return exact::deadline_tails(fleet->groups(), of, delay(time));
    };
    result.values = values_of(*fleet, scale, [&](std::vector<double>& values) {
      if (values.front() < until->deadline && until->deadline < values.back())
        values.push_back(until->deadline);
    });
    return result;
  }
  if (auto const* const copied = std::get_if<Copied>(&form);
      copied != nullptr && has_known_copies(point, *copied)) {
    result.tails = [fleet, delay, of = exact::CopiesOf{copied->rank, copied->after}](double time) {
      return exact::copied_tails(fleet->groups(), of, delay(time));
    };
    result.values = values_of(*fleet, scale, [&](std::vector<double>& values) {
      double const longest = values.back();
      for (std::size_t i = 0, own = values.size(); i < own; ++i)
        if (copied->after + values[i] < longest) values.push_back(copied->after + values[i]);
    });
    return result;
  }
  auto const* const statistic = std::get_if<OrderStatistic>(&form);
  if (statistic == nullptr) return std::nullopt;
  if (!point.drawn().equal()) {
    result.tails = [fleet, delay, rank = statistic->rank](double time) {
      return exact::fleet_tails(fleet->groups(), rank, delay(time));
    };
    return result;
  }
  exact::Law const& law = fleet->groups().front().law;
  exact::BetaTails const nth(point.drawn().workers(), statistic->rank);
  result.tails = [fleet, delay, nth, &law](double time) {
    return nth.at(cumulative_hazard(law, delay(time)));
  };
  for (double const value : exact::values(law)) result.values.push_back(scale.offset + scale.scale * value);
  return result;
}

}  // namespace dsgd
