#include "store/resume.hpp"

#include "dsgd/error.hpp"
#include "dsgd/expects.hpp"

namespace dsgd {
namespace {

std::uint64_t count_of(Histogram const& histogram) {
  std::uint64_t count = 0;
  histogram.for_each([&](std::uint32_t, std::uint64_t of_bin) { count += of_bin; });
  return count;
}

/// No n numbers of this sum have a smaller sum of squares, by the inequality of Cauchy and Schwarz.
template <int Limbs>
bool may_be_squares(WideUnsigned<Limbs> const& squares, std::uint64_t n, uint128 sum) {
  WideUnsigned<2> const s1 = widen<2>(sum);
  return multiply(squares, WideUnsigned<1>{{n}}) >= widen<Limbs + 1>(multiply(s1, s1));
}

/// Can this be what some units of the work are? Estimates rest on it, and a checksum can be forged.
/// @pre units != 0
bool is_possible(Summary const& summary, Observable const& observable, std::uint64_t units) {
  DSGD_EXPECTS(units != 0);
  bool const clocked = std::holds_alternative<Clocks>(observable.runtime);
  ClockSummary const& clocks = summary.clocks;
  std::uint64_t const iterations = clocked ? units * observable.plan.updates : units;
  if (summary.iterations != iterations || summary.minimum > summary.maximum) return false;
  if (!may_be_squares(summary.squared_ticks, iterations, summary.ticks)) return false;
  if (count_of(summary.histogram) != (observable.histogram ? iterations : 0)) return false;
  if (!clocked) return clocks == ClockSummary{};
  return clocks.replications == units && clocks.gradients != 0 &&
         may_be_squares(clocks.squared_windows, units, summary.ticks);
}

}  // namespace

std::vector<PointWork> resume(Store const& store, std::span<PlannedPoint const> points, Shard shard,
                              ShardBy by) {
  std::vector<PointWork> work;
  work.reserve(points.size());
  for (PlannedPoint const& point : points) {
    PointWork& wanted = work.emplace_back();
    wanted.units = shard_units(shard, by, point.point(), work_units(point));
    std::string const text = point_text(point);
    std::optional<StoredRange> stored = store.find(text);
    if (!stored) continue;
    if (stored->units.first != wanted.units.first || stored->units.count > wanted.units.count)
      throw Error(
          ExitCode::damaged, "the store '" + store.path() + "' has more of " + text + " than is asked for",
          std::to_string(stored->units.count) + " units of work, not " + std::to_string(wanted.units.count),
          "give as many --iterations as before, or name another store");
    if (!is_possible(stored->summary, point.observable(), stored->units.count))
      throw Error(ExitCode::damaged, "the store '" + store.path() + "' is damaged",
                  "what it holds of " + text + " cannot be", "name another, or remove it and begin again");
    wanted.done = stored->units.count;
    wanted.summary = std::move(stored->summary);
  }
  return work;
}

void save(Store& store, std::span<PlannedPoint const> points, std::span<std::size_t const> numbers,
          std::span<PointWork const> work) {
  std::vector<NamedRange> ranges;
  ranges.reserve(numbers.size());
  for (std::size_t const number : numbers)
    ranges.emplace_back(point_text(points[number]),
                        StoredRange{{work[number].units.first, work[number].done}, work[number].summary});
  store.save(ranges);
}

}  // namespace dsgd
