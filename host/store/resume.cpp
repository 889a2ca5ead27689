#include "store/resume.hpp"

#include "dsgd/error.hpp"

namespace dsgd {

std::vector<PointWork> resume(Store const& store, std::span<Point const> points, Shard shard, ShardBy by) {
  std::vector<PointWork> work;
  work.reserve(points.size());
  for (Point const& point : points) {
    PointWork& wanted = work.emplace_back(whole_work(point));
    wanted.units = shard_units(shard, by, point, wanted.units.count);
    std::string const text = point_text(point);
    std::optional<StoredRange> stored = store.find(text);
    if (!stored) continue;
    if (stored->units.first != wanted.units.first || stored->units.count > wanted.units.count)
      throw Error(ExitCode::damaged, "the store '" + store.path() + "' has more of " + text +
                                         " than is asked for (" + std::to_string(stored->units.count) +
                                         " units of work, not " + std::to_string(wanted.units.count) +
                                         "): give as many --iterations as before, or name another store");
    wanted.done = stored->units.count;
    wanted.summary = std::move(stored->summary);
  }
  return work;
}

void save(Store& store, std::span<Point const> points, std::span<std::size_t const> numbers,
          std::span<PointWork const> work) {
  std::vector<NamedRange> ranges;
  ranges.reserve(numbers.size());
  for (std::size_t const number : numbers)
    ranges.emplace_back(point_text(points[number]),
                        StoredRange{{work[number].units.first, work[number].done}, work[number].summary});
  store.save(ranges);
}

}  // namespace dsgd
