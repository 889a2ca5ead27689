#include "run/draw_groups.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "dsgd/engine/block_queue.hpp"
#include "dsgd/expects.hpp"

namespace dsgd {

PointWork whole_work(PlannedPoint const& point) { return {{0, work_units(point)}}; }

std::vector<PointWork> whole_work(std::span<PlannedPoint const> points) {
  std::vector<PointWork> work;
  work.reserve(points.size());
  for (PlannedPoint const& point : points) work.push_back(whole_work(point));
  return work;
}

double DrawGroup::draws_left() const { return draws_per_unit(batch) * static_cast<double>(end - next); }

void DrawGroup::erase(std::size_t observable) {
  auto const at = static_cast<std::ptrdiff_t>(observable);
  batch.observables.erase(batch.observables.begin() + at);
  batch.points.erase(batch.points.begin() + at);
  points.erase(points.begin() + at);
  summaries.erase(summaries.begin() + at);
}

std::vector<DrawGroup> group_by_draws(std::span<PlannedPoint const> points, std::span<PointWork const> work,
                                      std::vector<bool> const& finished) {
  DSGD_EXPECTS(work.size() == points.size() && finished.size() == points.size());
  using Key =
      std::tuple<std::uint64_t, std::uint32_t, std::size_t, std::uint64_t, std::uint64_t, std::uint64_t>;
  std::map<Key, DrawGroup> groups;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (finished[i]) continue;
    auto const& [units, done, summary] = work[i];
    Point const& point = points[i].point();
    Runtime const& form = points[i].observable().runtime;
    // Each number of workers has sampled order statistics of its own. Fleets of unequal workers are computed
    // one by one, which must not keep others from vector registers.
    bool const is_sampled = std::holds_alternative<SampledOrderStatistic>(form);
    std::uint64_t const apart = is_sampled              ? points[i].observable().workers()
                                : point.drawn().equal() ? 0
                                                        : ~std::uint64_t{0};
    std::uint64_t const next = units.first + done;
    std::uint64_t const end = units.first + units.count;
    DrawGroup& group = groups[{point.stream.seed, point.stream.id, form.index(), apart, end, next}];
    group.batch.stream = point.stream;
    group.next = next;
    group.end = end;
    group.points.push_back(i);
  }
  std::vector<DrawGroup> ordered;
  ordered.reserve(groups.size());
  for (auto& [key, group] : groups) {
    std::stable_sort(group.points.begin(), group.points.end(), [&](std::size_t a, std::size_t b) {
      return points[a].observable().workers() < points[b].observable().workers();
    });
    group.batch.observables.reserve(group.points.size());
    group.summaries.reserve(group.points.size());
    for (std::size_t const i : group.points) {
      group.batch.observables.push_back(points[i].observable());
      group.summaries.push_back(work[i].summary);
    }
    group.batch.points = group.points;
    ordered.push_back(std::move(group));
  }
  return ordered;
}

double draws_left(std::span<DrawGroup const> groups) {
  double draws = 0;
  for (DrawGroup const& group : groups) draws += group.draws_left();
  return draws;
}

}  // namespace dsgd
