#include "plan/planned_group.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>

namespace dsgd {

std::vector<PlannedGroup> planned_groups(std::span<Point const> points,
                                         std::span<Observable const> observables) {
  using Key = std::tuple<std::size_t, std::uint32_t, std::uint64_t, std::uint64_t>;
  std::map<Key, PlannedGroup> groups;
  for (std::size_t i = 0; i < points.size(); ++i) {
    Observable const& seen = observables[i];
    bool const sampled = std::holds_alternative<SampledOrderStatistic>(seen.runtime);
    std::uint64_t const units = work_units(points[i], seen);
    PlannedGroup& group =
        groups[{seen.runtime.index(), points[i].stream.id, sampled ? points[i].workers : 0, units}];
    group.form = seen.runtime.index();
    group.draws_per_unit = std::max(group.draws_per_unit, draws_per_unit(seen));
    group.units = units;
    group.points.push_back(i);
  }
  std::vector<PlannedGroup> ordered;
  ordered.reserve(groups.size());
  for (auto& [key, group] : groups) {
    std::stable_sort(group.points.begin(), group.points.end(),
                     [&](std::size_t a, std::size_t b) { return points[a].workers < points[b].workers; });
    ordered.push_back(std::move(group));
  }
  std::stable_sort(ordered.begin(), ordered.end(), [](PlannedGroup const& a, PlannedGroup const& b) {
    return std::tie(a.form, a.draws_per_unit) < std::tie(b.form, b.draws_per_unit);
  });
  return ordered;
}

}  // namespace dsgd
