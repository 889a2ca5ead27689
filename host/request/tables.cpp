#include "request/tables.hpp"

#include <algorithm>
#include <cstdint>
#include <set>

#include "dsgd/observable.hpp"

namespace dsgd {
namespace {

/// Measured times that the workers' laws are made of; 0 where one of them is another law. Workers of one law
/// share its times.
std::uint64_t values_behind(Point const& point) {
  auto const size = [](Law const& law) -> std::uint64_t {
    auto const* const measured = std::get_if<Empirical>(&law);
    return measured == nullptr ? 0 : measured->sampler().size;
  };
  std::uint64_t all = 0;
  for (FleetGroup const& group : point.fleet.groups()) {
    if (size(group.law) == 0) return 0;
    all += size(group.law);
  }
  return all;
}

/// True where the runtime is about the largest of more than a tenth of the measured times there are: fewer than
/// ten of these are as long as it on average.
bool is_maximum_of_sample(Point const& point) {
  if (point.fleet.replay() || point.workers() == 1) return false;  // replayed steps are all there are
  std::uint64_t const values = values_behind(point);
  if (values == 0) return false;
  Runtime const form = runtime(point);
  auto const* const statistic = std::get_if<OrderStatistic>(&form);
  std::uint64_t rank = 0;
  if (statistic != nullptr) rank = statistic->rank;
  if (std::holds_alternative<SlowestSum>(form)) rank = point.workers();
  if (rank == 0) return false;
  auto const m = static_cast<double>(point.workers());
  double const not_waited_for = m - static_cast<double>(rank);
  return static_cast<double>(values) * (not_waited_for + 1) < 10 * m;
}

Point const& point_of(PlannedPoint const& planned) { return planned.point(); }
Point const& point_of(Point const& point) { return point; }

template <class AnyPoint>
std::string of_maximum(std::vector<AnyPoint> const& points) {
  auto const is_one = [](AnyPoint const& any) { return is_maximum_of_sample(point_of(any)); };
  auto const count = std::count_if(points.begin(), points.end(), is_one);
  if (count == 0) return {};
  Point const& first = point_of(*std::find_if(points.begin(), points.end(), is_one));
  return std::to_string(count) + " of " + std::to_string(points.size()) +
         " points wait for the slowest of more than a tenth of the measured times there are, first " +
         std::to_string(first.workers()) + " workers with " + std::to_string(values_behind(first)) +
         " times (no delay is longer than the longest measured one): give more times, fewer -m, or a --law "
         "with a tail";
}

template <class AnyPoint>
std::vector<std::string> warnings_of(Sweep const& sweep, std::vector<AnyPoint> const& points) {
  std::vector<std::string> warnings;
  std::set<std::string> seen{std::string()};
  for_each_table(sweep, [&](TableKeys const& table) {
    if (seen.insert(table.warning).second) warnings.push_back(table.warning);
  });
  warnings.push_back(of_maximum(points));
  return warnings;
}

}  // namespace

std::vector<std::string> table_warnings(Sweep const& sweep, std::vector<PlannedPoint> const& points) {
  return warnings_of(sweep, points);
}

std::vector<std::string> table_warnings(Sweep const& sweep, std::vector<Point> const& points) {
  return warnings_of(sweep, points);
}

}  // namespace dsgd
