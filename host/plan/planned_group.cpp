#include "plan/planned_group.hpp"

#include <algorithm>
#include <tuple>

#include "draw_groups.hpp"
#include "dsgd/block_queue.hpp"

namespace dsgd {

std::vector<PlannedGroup> planned_groups(std::span<Point const> points) {
  std::vector<PointWork> work;
  work.reserve(points.size());
  for (Point const& point : points) work.push_back(whole_work(point));
  std::vector<PlannedGroup> planned;
  for (DrawGroup const& group : group_by_draws(points, work, std::vector<bool>(points.size())))
    planned.push_back({group.batch.observables.front().runtime.index(), draws_per_unit(group.batch),
                       group.end - group.next, group.points});
  std::stable_sort(planned.begin(), planned.end(), [](PlannedGroup const& a, PlannedGroup const& b) {
    return std::tie(a.form, a.draws_per_unit) < std::tie(b.form, b.draws_per_unit);
  });
  return planned;
}

}  // namespace dsgd
