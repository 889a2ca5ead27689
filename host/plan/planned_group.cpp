#include "plan/planned_group.hpp"

#include <algorithm>
#include <tuple>

#include "dsgd/engine/block_queue.hpp"

namespace dsgd {

std::vector<PlannedGroup> planned_groups(std::span<PlannedPoint const> points,
                                         std::span<PointWork const> work) {
  std::vector<bool> finished;
  finished.reserve(work.size());
  for (PointWork const& one : work) finished.push_back(one.done == one.units.count);
  std::vector<PlannedGroup> planned;
  for (DrawGroup const& group : group_by_draws(points, work, finished))
    planned.push_back({group.batch.observables.front().runtime.index(), draws_per_unit(group.batch),
                       group.end - group.next, group.points});
  std::stable_sort(planned.begin(), planned.end(), [](PlannedGroup const& a, PlannedGroup const& b) {
    return std::tie(a.form, a.draws_per_unit) < std::tie(b.form, b.draws_per_unit);
  });
  return planned;
}

}  // namespace dsgd
